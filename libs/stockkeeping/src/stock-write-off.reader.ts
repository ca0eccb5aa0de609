import { Injectable } from '@nestjs/common';
import { type FenText, type Page, type PageRequest, pageOf } from '#libs/kernel';
import { Database, type SqlValue } from '#platform/database';
import type { StockWriteOffState } from './stock-write-off.entity.js';
import type { StockWriteOffLineRow, StockWriteOffRow } from './stock-write-off.repository.js';

export type StockWriteOffView = Omit<
  StockWriteOffRow,
  'causeKey' | 'contentHash' | 'approvalRequestId' | 'valueFen'
> & { readonly valueFen: FenText };

/** Columns in a page's sort key, for `pageRequest`. */
export const STOCK_WRITE_OFF_KEY_PARTS = 1;

const SELECT = `SELECT id, merchant_id AS merchantId, channel_point_id AS channelPointId, transfer_id AS transferId, why, note,
  value_fen AS valueFen, requested_by AS requestedBy, state, requested_at AS requestedAt, decided_at AS decidedAt FROM stock_write_off`;

@Injectable()
export class StockWriteOffReader {
  constructor(private readonly database: Database) {}

  /** The latest first. */
  async page(
    merchantId: string,
    state: StockWriteOffState | null,
    { first, after }: PageRequest,
  ): Promise<Page<StockWriteOffView>> {
    const narrowed = [
      ['state = ?', state],
      ['id < ?', after?.[0] ?? null],
    ].filter((pair): pair is [string, string] => pair[1] !== null);
    const values: SqlValue[] = [merchantId, ...narrowed.map(([, value]) => value), first + 1];
    const where = ['merchant_id = ?', ...narrowed.map(([sql]) => sql)].join(' AND ');
    const rows = await this.database.query<StockWriteOffView>(
      `${SELECT} WHERE ${where} ORDER BY id DESC LIMIT ?`,
      values,
    );
    return pageOf(rows, first, ({ id }) => [id]);
  }

  /** Of these merchants, in any order. */
  async byIds(ids: readonly string[], merchantIds: readonly string[]): Promise<StockWriteOffView[]> {
    if (ids.length === 0 || merchantIds.length === 0) return [];
    return this.database.query<StockWriteOffView>(`${SELECT} WHERE id IN (?) AND merchant_id IN (?)`, [
      ids,
      merchantIds,
    ]);
  }

  /** Of write-offs that were found within a scope. */
  async linesOf(ids: readonly string[]): Promise<StockWriteOffLineRow[]> {
    if (ids.length === 0) return [];
    return this.database.query<StockWriteOffLineRow>(
      `SELECT write_off_id AS writeOffId, variant_id AS variantId, batch_id AS batchId, best_before_on AS bestBeforeOn, quantity
       FROM stock_write_off_line WHERE write_off_id IN (?) ORDER BY write_off_id, variant_id, batch_id`,
      [ids],
    );
  }
}
