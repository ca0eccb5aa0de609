import { Injectable } from '@nestjs/common';
import type { Tx } from '#platform/database';
import type { FulfillmentId } from './fulfillment.entity.js';
import type { ParcelEvent, ParcelTrack } from './parcel-track.entity.js';
import { PARCEL_EVENTS_READ_MAX, type Standing } from './parcel-track.rules.js';
import type { Carrier } from './waybill.rules.js';

type Row<Entity> = Pick<Entity, keyof Entity>;
export type TrackRow = Row<ParcelTrack>;

const SELECT = `SELECT fulfillment_id AS fulfillmentId, merchant_order_id AS merchantOrderId, merchant_id AS merchantId, carrier,
  tracking_no AS trackingNo, live_no AS liveNo, shipped_at AS shippedAt, kind, trouble, look_at AS lookAt FROM parcel_track`;

const liveNoOf = (carrier: Carrier, trackingNo: string) => `${carrier}:${trackingNo}`;

@Injectable()
export class ParcelTrackRepository {
  /**
   * Carriers use numbers again, and of a parcel whose end is known nothing more is told. While another one travels under the number, this one is not
   * followed: nobody's parcel arrives by somebody else's signature.
   */
  async begin(tx: Tx, track: Omit<TrackRow, 'liveNo' | 'kind' | 'trouble'>): Promise<void> {
    const liveNo = liveNoOf(track.carrier, track.trackingNo);
    await tx.write('UPDATE parcel_track SET live_no = NULL WHERE live_no = ? AND look_at IS NULL', [liveNo]);
    await tx.write(
      `INSERT IGNORE INTO parcel_track (fulfillment_id, merchant_order_id, merchant_id, carrier, tracking_no, live_no, shipped_at, look_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
      [
        track.fulfillmentId,
        track.merchantOrderId,
        track.merchantId,
        track.carrier,
        track.trackingNo,
        liveNo,
        track.shippedAt,
        track.lookAt,
      ],
    );
  }

  /** Of what is told under it; null for what is of nobody here. */
  async byNumber(tx: Tx, carrier: Carrier, trackingNo: string): Promise<TrackRow | null> {
    const [row] = await tx.query<TrackRow>(`${SELECT} WHERE live_no = ?`, [liveNoOf(carrier, trackingNo)]);
    return row ?? null;
  }

  /** Whoever's turn it is to be asked about; SKIP LOCKED, so that two clocks share the work. */
  async claimDue(tx: Tx, now: Date, until: Date, limit: number): Promise<TrackRow[]> {
    const due = await tx.query<TrackRow>(
      `${SELECT} WHERE look_at <= ? ORDER BY look_at, fulfillment_id LIMIT ? FOR UPDATE SKIP LOCKED`,
      [now, limit],
    );
    if (due.length > 0)
      await tx.write('UPDATE parcel_track SET look_at = ? WHERE fulfillment_id IN (?)', [
        until,
        due.map(({ fulfillmentId }) => fulfillmentId),
      ]);
    return due;
  }

  /** Told again it is there already, whoever tells it at the same moment. Returns how many were new. */
  async addEvents(tx: Tx, events: readonly Row<ParcelEvent>[]): Promise<number> {
    if (events.length === 0) return 0;
    return tx.write(
      'INSERT IGNORE INTO parcel_event (fulfillment_id, ref, kind, place, occurred_at, told_at) VALUES ?',
      [
        events.map(({ fulfillmentId, ref, kind, place, occurredAt, toldAt }) => [
          fulfillmentId,
          ref,
          kind,
          place,
          occurredAt,
          toldAt,
        ]),
      ],
    );
  }

  eventsOf(
    tx: Tx,
    fulfillmentId: FulfillmentId,
  ): Promise<{ readonly kind: ParcelEvent['kind']; readonly at: Date }[]> {
    return tx.query(
      'SELECT kind, occurred_at AS at FROM parcel_event WHERE fulfillment_id = ? ORDER BY occurred_at, ref LIMIT ?',
      [fulfillmentId, PARCEL_EVENTS_READ_MAX],
    );
  }

  async stand(
    tx: Tx,
    fulfillmentId: FulfillmentId,
    { kind, trouble }: Standing,
    lookAt: Date | null,
  ): Promise<void> {
    await tx.write('UPDATE parcel_track SET kind = ?, trouble = ?, look_at = ? WHERE fulfillment_id = ?', [
      kind,
      trouble,
      lookAt,
      fulfillmentId,
    ]);
  }
}
