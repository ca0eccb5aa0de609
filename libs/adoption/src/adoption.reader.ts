import { Injectable } from '@nestjs/common';
import { FulfillmentReader } from '#libs/fulfillment';
import { type InvalidInputError, type Page, type PageRequest, pageOf } from '#libs/kernel';
import {
  type AdoptionInstalmentRow,
  AdoptionOrderReader,
  MerchantOrderReader,
  type Recipient,
} from '#libs/ordering';
import { Database, type Tx } from '#platform/database';
import type { AdoptionHarvest, AdoptionUpdate } from './adoption.entity.js';
import { refuseParcel } from './adoption.rules.js';

export type AdoptionUpdateRow = Omit<
  Pick<AdoptionUpdate, keyof AdoptionUpdate>,
  'idempotencyKey' | 'publishedBy'
>;
export type AdoptionHarvestRow = Omit<Pick<AdoptionHarvest, keyof AdoptionHarvest>, 'declaredBy'>;

/** An instalment with what has become of its portions. */
export interface AdoptionProgressRow extends AdoptionInstalmentRow {
  readonly shippedPortions: number;
  readonly calledOffPortions: number;
  /** Neither sent nor called off. */
  readonly leftPortions: number;
}

/** Columns in a page's sort key, for `pageRequest`. */
export const ADOPTION_UPDATE_KEY_PARTS = 1;

/** What is kept of adoptions besides their orders. The caller has checked whose they are. */
@Injectable()
export class AdoptionReader {
  constructor(
    private readonly database: Database,
    private readonly orders: AdoptionOrderReader,
    private readonly merchantOrders: MerchantOrderReader,
    private readonly fulfillments: FulfillmentReader,
  ) {}

  /** Of many adoptions at once, with a number of statements that does not depend on how many they are. */
  async progressOf(adoptionIds: readonly string[]): Promise<AdoptionProgressRow[]> {
    return this.progress(await this.orders.instalmentsOf(adoptionIds));
  }

  /** Joins. */
  async progressOfLines(tx: Tx, orderLineIds: readonly string[]): Promise<AdoptionProgressRow[]> {
    return this.progress(await this.orders.instalmentsByLine(orderLineIds, tx), tx);
  }

  async platesOf(adoptionIds: readonly string[]): Promise<{ adoptionId: string; name: string }[]> {
    return adoptionIds.length === 0
      ? []
      : this.database.query(
          'SELECT adoption_id AS adoptionId, name FROM adoption_plate WHERE adoption_id IN (?)',
          [adoptionIds],
        );
  }

  /** Joins: why these lines are not sent in one parcel, or null; lines that adopt nothing have no rule of ours. */
  async refuseParcel(
    tx: Tx,
    orderLineIds: readonly string[],
    isNamed: boolean,
  ): Promise<InvalidInputError | null> {
    const adopted = await this.orders.instalmentsByLine(orderLineIds, tx);
    const ids = adopted.map(({ orderLineId }) => orderLineId);
    return ids.length === 0 ? null : refuseParcel(ids, await this.recipientsOf(ids, tx), isNamed);
  }

  /** Where an instalment goes elsewhere than its order. */
  async recipientsOf(
    orderLineIds: readonly string[],
    on: Pick<Tx, 'query'> = this.database,
  ): Promise<(Recipient & { readonly orderLineId: string })[]> {
    return orderLineIds.length === 0
      ? []
      : on.query(
          `SELECT order_line_id AS orderLineId, name, phone, county_code AS countyCode, address FROM adoption_recipient
           WHERE order_line_id IN (?)`,
          [orderLineIds],
        );
  }

  harvestsOf(objectIds: readonly string[]): Promise<AdoptionHarvestRow[]> {
    return objectIds.length === 0
      ? Promise.resolve([])
      : this.database.query<AdoptionHarvestRow>(
          `SELECT object_id AS objectId, season, harvested_g AS harvestedG, promised_portions AS promisedPortions,
             short_portions AS shortPortions, note, declared_at AS declaredAt, corrected_at AS correctedAt
           FROM adoption_harvest WHERE object_id IN (?) ORDER BY object_id, season`,
          [objectIds],
        );
  }

  /** The latest first: of all objects, and of this one where it is named. */
  async updatesOf(
    offerId: string,
    objectId: string | null,
    { first, after }: PageRequest,
  ): Promise<Page<AdoptionUpdateRow>> {
    const about = objectId === null ? '' : ' AND (object_id IS NULL OR object_id = ?)';
    const beyond = after?.[0] === undefined ? '' : ' AND id < ?';
    const rows = await this.database.query<AdoptionUpdateRow>(
      `SELECT id, offer_id AS offerId, object_id AS objectId, text, photo_id AS photoId, published_at AS publishedAt
       FROM adoption_update WHERE offer_id = ?${about}${beyond} ORDER BY id DESC LIMIT ?`,
      [
        offerId,
        ...(objectId === null ? [] : [objectId]),
        ...(after?.[0] === undefined ? [] : [after[0]]),
        first + 1,
      ],
    );
    return pageOf(rows, first, ({ id }) => [id]);
  }

  async updateById(id: string): Promise<AdoptionUpdateRow | null> {
    const [row] = await this.database.query<AdoptionUpdateRow>(
      `SELECT id, offer_id AS offerId, object_id AS objectId, text, photo_id AS photoId, published_at AS publishedAt
       FROM adoption_update WHERE id = ?`,
      [id],
    );
    return row ?? null;
  }

  /** Whether an update of the offer shows this photo: then it is anybody's. */
  async showsPhoto(offerId: string, photoId: string): Promise<boolean> {
    const rows = await this.database.query(
      'SELECT 1 FROM adoption_update WHERE offer_id = ? AND photo_id = ? LIMIT 1',
      [offerId, photoId],
    );
    return rows.length > 0;
  }

  private async progress(
    instalments: readonly AdoptionInstalmentRow[],
    on: Pick<Tx, 'query'> = this.database,
  ): Promise<AdoptionProgressRow[]> {
    const partIds = [...new Set(instalments.map(({ merchantOrderId }) => merchantOrderId))];
    const [carried, calledOff] = await Promise.all([
      this.fulfillments.linesOf(partIds, on),
      this.merchantOrders.callOffsOf(partIds, on),
    ]);
    const sent = carried.filter(({ replacesRef }) => replacesRef === null);
    return instalments.map((instalment) => {
      const shippedPortions = unitsOf(sent, instalment.orderLineId);
      const calledOffPortions = unitsOf(calledOff, instalment.orderLineId);
      const leftPortions = instalment.quantity - shippedPortions - calledOffPortions;
      return { ...instalment, shippedPortions, calledOffPortions, leftPortions };
    });
  }
}

function unitsOf(
  units: readonly { readonly orderLineId: string; readonly quantity: number }[],
  orderLineId: string,
): number {
  return units
    .filter((each) => each.orderLineId === orderLineId)
    .reduce((sum, { quantity }) => sum + quantity, 0);
}
