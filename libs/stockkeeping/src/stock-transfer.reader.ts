import { Injectable } from '@nestjs/common';
import { type Page, type PageRequest, pageOf } from '#libs/kernel';
import { Database, type SqlValue } from '#platform/database';
import type { StockTransferState } from './stock-transfer.entity.js';
import type { StockTransferLineRow, StockTransferRow } from './stock-transfer.repository.js';

export type StockTransferView = Omit<StockTransferRow, 'causeKey' | 'contentHash'>;

/** Columns in a page's sort key, for `pageRequest`. */
export const STOCK_TRANSFER_KEY_PARTS = 1;

const SELECT = `SELECT id, merchant_id AS merchantId, from_point_id AS fromPointId, to_point_id AS toPointId, note, state,
  drafted_by AS draftedBy, drafted_at AS draftedAt, sent_by AS sentBy, sent_at AS sentAt, ended_at AS endedAt FROM stock_transfer`;

@Injectable()
export class StockTransferReader {
  constructor(private readonly database: Database) {}

  /** The latest first. */
  async page(
    merchantId: string,
    state: StockTransferState | null,
    { first, after }: PageRequest,
  ): Promise<Page<StockTransferView>> {
    const narrowed = [
      ['state = ?', state],
      ['id < ?', after?.[0] ?? null],
    ].filter((pair): pair is [string, string] => pair[1] !== null);
    const values: SqlValue[] = [merchantId, ...narrowed.map(([, value]) => value), first + 1];
    const where = ['merchant_id = ?', ...narrowed.map(([sql]) => sql)].join(' AND ');
    const rows = await this.database.query<StockTransferView>(
      `${SELECT} WHERE ${where} ORDER BY id DESC LIMIT ?`,
      values,
    );
    return pageOf(rows, first, ({ id }) => [id]);
  }

  /** Of these merchants, in any order. */
  async byIds(ids: readonly string[], merchantIds: readonly string[]): Promise<StockTransferView[]> {
    if (ids.length === 0 || merchantIds.length === 0) return [];
    return this.database.query<StockTransferView>(`${SELECT} WHERE id IN (?) AND merchant_id IN (?)`, [
      ids,
      merchantIds,
    ]);
  }

  /** Of transfers that were found within a scope. */
  async linesOf(ids: readonly string[]): Promise<StockTransferLineRow[]> {
    if (ids.length === 0) return [];
    return this.database.query<StockTransferLineRow>(
      `SELECT transfer_id AS transferId, variant_id AS variantId, batch_id AS batchId, best_before_on AS bestBeforeOn, quantity,
         received_units AS receivedUnits, lost_units AS lostUnits, returned_units AS returnedUnits
       FROM stock_transfer_line WHERE transfer_id IN (?) ORDER BY transfer_id, variant_id, batch_id`,
      [ids],
    );
  }
}
