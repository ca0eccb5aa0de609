import { Injectable } from '@nestjs/common';
import { StockPlaceReader, type StockSpot } from '#libs/inventory';
import { type FenText, type Page, type PageRequest, pageOf } from '#libs/kernel';
import { Database, type SqlValue } from '#platform/database';
import type { StockCountState } from './stock-count.entity.js';
import type { StockCountLineRow, StockCountRow } from './stock-count.repository.js';
import { differenceOf } from './stock-count.rules.js';
import { lineKey } from './stock-line.rules.js';

export type StockCountView = Omit<StockCountRow, 'openPlace' | 'approvalRequestId' | 'valueFen'> & {
  readonly valueFen: FenText;
};

/** A line with how far it is from the book: as it was handed in, or as it would be now. */
export interface StockCountLineView extends Omit<StockCountLineRow, 'difference'> {
  readonly difference: number;
}

/** Columns in a page's sort key, for `pageRequest`. */
export const STOCK_COUNT_KEY_PARTS = 1;

const SELECT = `SELECT id, merchant_id AS merchantId, channel_point_id AS channelPointId, note, value_fen AS valueFen, state,
  opened_by AS openedBy, opened_at AS openedAt, posted_by AS postedBy, ended_at AS endedAt FROM stock_count`;

@Injectable()
export class StockCountReader {
  constructor(
    private readonly database: Database,
    private readonly places: StockPlaceReader,
  ) {}

  /** The latest first. */
  async page(
    merchantId: string,
    state: StockCountState | null,
    { first, after }: PageRequest,
  ): Promise<Page<StockCountView>> {
    const narrowed = [
      ['state = ?', state],
      ['id < ?', after?.[0] ?? null],
    ].filter((pair): pair is [string, string] => pair[1] !== null);
    const values: SqlValue[] = [merchantId, ...narrowed.map(([, value]) => value), first + 1];
    const where = ['merchant_id = ?', ...narrowed.map(([sql]) => sql)].join(' AND ');
    const rows = await this.database.query<StockCountView>(
      `${SELECT} WHERE ${where} ORDER BY id DESC LIMIT ?`,
      values,
    );
    return pageOf(rows, first, ({ id }) => [id]);
  }

  /** The count that goes on in a merchant's warehouse, null where none does, and what has been entered of these variants, by `variant/batch`. One statement. */
  async goingOn(
    merchantId: string,
    variantIds: readonly string[],
  ): Promise<{ readonly countId: string | null; readonly units: ReadonlyMap<string, number> }> {
    const rows = await this.database.query<{
      id: string;
      variantId: string | null;
      batchId: string | null;
      units: number | null;
    }>(
      `SELECT c.id, n.variant_id AS variantId, n.batch_id AS batchId, n.counted_units AS units FROM stock_count c
         LEFT JOIN stock_count_line n ON n.count_id = c.id AND n.variant_id IN (?)
       WHERE c.open_place = ? AND c.state = 'OPEN'`,
      [['', ...variantIds], `${merchantId}/`],
    );
    const lines = rows.flatMap(({ variantId, batchId, units }) =>
      variantId === null || batchId === null || units === null
        ? []
        : [[lineKey({ variantId, batchId }), units] as const],
    );
    return { countId: rows[0]?.id ?? null, units: new Map(lines) };
  }

  /** Of these merchants, in any order. */
  async byIds(ids: readonly string[], merchantIds: readonly string[]): Promise<StockCountView[]> {
    if (ids.length === 0 || merchantIds.length === 0) return [];
    return this.database.query<StockCountView>(`${SELECT} WHERE id IN (?) AND merchant_id IN (?)`, [
      ids,
      merchantIds,
    ]);
  }

  /** Of counts that were found within a scope, what was counted last first. One statement, and two more where any of them goes on. */
  async linesOf(ids: readonly string[]): Promise<StockCountLineView[]> {
    if (ids.length === 0) return [];
    const lines = await this.database.query<StockCountLineRow & StockSpot>(
      `SELECT n.count_id AS countId, n.variant_id AS variantId, n.batch_id AS batchId, n.best_before_on AS bestBeforeOn,
         n.counted_units AS countedUnits, n.counted_at AS countedAt, n.counted_by AS countedBy, n.difference, n.adjusted,
         c.merchant_id AS merchantId, c.channel_point_id AS channelPointId
       FROM stock_count_line n JOIN stock_count c ON c.id = n.count_id
       WHERE n.count_id IN (?) ORDER BY n.counted_at DESC, n.variant_id, n.batch_id`,
      [ids],
    );
    const open = lines.filter(({ difference }) => difference === null);
    const standing = await this.places.standing(open.map((line) => ({ ...line, seenAt: line.countedAt })));
    const now = new Map(open.map((line, index) => [line, standing[index]]));
    return lines.map((line) => {
      const { onHand = 0, since = 0 } = now.get(line) ?? {};
      const { countedUnits } = line;
      return { ...line, difference: line.difference ?? differenceOf({ countedUnits, onHand, since }) };
    });
  }
}
