import { Injectable } from '@nestjs/common';
import { type Page, type PageRequest, pageOf } from '#libs/kernel';
import { Database, type SqlValue } from '#platform/database';
import type { RangeOffer, RangeOfferState } from './range-offer.entity.js';
import type { RangeSide } from './range-offer.rules.js';

/** Columns in a page's sort key, for `pageRequest`. */
export const RANGE_KEY_PARTS = 1;

export type RangeOfferRow = Omit<RangeOffer, 'openProductId' | 'proposedBy' | 'decidedBy'>;

export interface RangeFilter {
  readonly side: RangeSide;
  readonly channelPointId?: string | null;
  readonly state?: RangeOfferState | null;
}

const SELECT = `SELECT id, channel_point_id AS channelPointId, operator_id AS operatorId, product_id AS productId, merchant_id AS merchantId, state,
  proposed_at AS proposedAt, decided_at AS decidedAt, reason FROM range_offer`;

@Injectable()
export class RangeOfferReader {
  constructor(private readonly database: Database) {}

  /** As they were proposed, the latest first: those that a merchant has proposed as an operator, or those that are asked of it as a seller. */
  async page(
    merchantId: string,
    filter: RangeFilter,
    { first, after }: PageRequest,
  ): Promise<Page<RangeOfferRow>> {
    const where = [filter.side === 'OPERATOR' ? 'operator_id = ?' : 'merchant_id = ?'];
    const values: SqlValue[] = [merchantId];
    const narrow = (sql: string, value: SqlValue | undefined) => {
      if (value === null || value === undefined) return;
      where.push(sql);
      values.push(value);
    };
    narrow('channel_point_id = ?', filter.channelPointId);
    narrow('state = ?', filter.state);
    narrow('id < ?', after?.[0]);
    const rows = await this.database.query<RangeOfferRow>(
      `${SELECT} WHERE ${where.join(' AND ')} ORDER BY id DESC LIMIT ?`,
      [...values, first + 1],
    );
    return pageOf(rows, first, (row) => [row.id]);
  }

  /** What of these products is asked for or agreed to at a place. */
  async openAt(channelPointId: string, productIds: readonly string[]): Promise<RangeOfferRow[]> {
    if (productIds.length === 0) return [];
    return this.database.query<RangeOfferRow>(
      `${SELECT} WHERE channel_point_id = ? AND open_product_id IN (?)`,
      [channelPointId, productIds],
    );
  }

  /** In the order of their ids; of these merchants only, on whichever side. */
  async byIds(ids: readonly string[], merchantIds: readonly string[]): Promise<RangeOfferRow[]> {
    if (ids.length === 0 || merchantIds.length === 0) return [];
    return this.database.query<RangeOfferRow>(
      `${SELECT} WHERE id IN (?) AND (merchant_id IN (?) OR operator_id IN (?)) ORDER BY id`,
      [ids, merchantIds, merchantIds],
    );
  }
}
