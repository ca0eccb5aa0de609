import { Injectable } from '@nestjs/common';
import { type Page, type PageRequest, pageOf } from '#libs/kernel';
import { Database } from '#platform/database';
import type { FulfillmentId } from './fulfillment.entity.js';
import { CARRIER_NAMES, type Carrier } from './waybill.rules.js';
import {
  PARCEL_EVENTS_READ_MAX,
  type ParcelEventKind,
  type ParcelTrouble,
  inTheirOrder,
} from './parcel-track.rules.js';

export interface ParcelEventRow {
  readonly fulfillmentId: FulfillmentId;
  readonly kind: ParcelEventKind;
  readonly place: string;
  readonly at: Date;
}

/** A parcel of which somebody has to do something. */
export interface TroubledParcelRow {
  readonly fulfillmentId: FulfillmentId;
  readonly merchantOrderId: string;
  /** As buyers know it. */
  readonly carrier: string;
  readonly trackingNo: string;
  readonly trouble: ParcelTrouble;
}

/** After every id of a parcel, in the order of text. */
const BEHIND_ALL = 'ful~';

@Injectable()
export class ParcelTrackReader {
  constructor(private readonly database: Database) {}

  /** In the order in which it happened; the caller has checked whose parcels they are. */
  async eventsOf(fulfillmentIds: readonly string[]): Promise<ParcelEventRow[]> {
    if (fulfillmentIds.length === 0) return [];
    const rows = await this.database.query<ParcelEventRow>(
      `SELECT fulfillment_id AS fulfillmentId, kind, place, occurred_at AS at FROM parcel_event
       WHERE fulfillment_id IN (?) ORDER BY fulfillment_id, occurred_at, ref LIMIT ?`,
      [fulfillmentIds, fulfillmentIds.length * PARCEL_EVENTS_READ_MAX],
    );
    return inTheirOrder(rows);
  }

  /** The latest first. */
  async troubledOf(merchantId: string, { first, after }: PageRequest): Promise<Page<TroubledParcelRow>> {
    const rows = await this.database.query<Omit<TroubledParcelRow, 'carrier'> & { readonly code: Carrier }>(
      `SELECT t.fulfillment_id AS fulfillmentId, t.merchant_order_id AS merchantOrderId, t.carrier AS code, t.tracking_no AS trackingNo, t.trouble
       FROM parcel_track t JOIN fulfillment f ON f.id = t.fulfillment_id AND f.received_at IS NULL
       WHERE t.merchant_id = ? AND t.trouble IS NOT NULL AND t.fulfillment_id < ? ORDER BY t.fulfillment_id DESC LIMIT ?`,
      [merchantId, after?.[0] ?? BEHIND_ALL, first + 1],
    );
    const page = pageOf(rows, first, ({ fulfillmentId }) => [fulfillmentId]);
    return {
      ...page,
      nodes: page.nodes.map(({ code, ...row }) => ({ ...row, carrier: CARRIER_NAMES[code] })),
    };
  }
}
