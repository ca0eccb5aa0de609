import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import type { Tx } from '#platform/database';
import { StockCount, type StockCountId, StockCountLine } from './stock-count.entity.js';
import { lineKey } from './stock-line.rules.js';

/** A count as plain values; and a line of it. */
export type StockCountRow = { readonly [Key in keyof StockCount]: StockCount[Key] };
export type StockCountLineRow = { readonly [Key in keyof StockCountLine]: StockCountLine[Key] };

/** Lines of one statement: some ten kilobytes. */
const LINES_AT_ONCE = 500;

@Injectable()
export class StockCountRepository {
  openAt(tx: Tx, openPlace: string): Promise<StockCountRow | null> {
    return tx.manager.findOneBy(StockCount, { openPlace });
  }

  /** Held until the end of the transaction; null outside the scope. */
  async lock(tx: Tx, id: string, merchantIds: readonly string[]): Promise<StockCountRow | null> {
    const row = await tx.manager.findOne(StockCount, {
      where: { id: id as StockCountId },
      lock: { mode: 'pessimistic_write' },
    });
    return row && merchantIds.includes(row.merchantId) ? row : null;
  }

  linesOf(tx: Tx, countId: StockCountId): Promise<StockCountLineRow[]> {
    return tx.manager.find(StockCountLine, {
      where: { countId },
      order: { variantId: 'ASC', batchId: 'ASC' },
    });
  }

  async insert(tx: Tx, count: StockCountRow): Promise<void> {
    await tx.insert('stock_count', [{ ...count }]);
  }

  /** Those of these that have been counted before. Behind the lock of the count, as what follows. */
  async among(
    tx: Tx,
    countId: StockCountId,
    lines: readonly StockCountLineRow[],
  ): Promise<StockCountLineRow[]> {
    const keys = new Set(lines.map(lineKey));
    const batchIds = lines.map(({ batchId }) => batchId);
    const known = await tx.manager.findBy(StockCountLine, { countId, batchId: In(batchIds) });
    return known.filter((line) => keys.has(lineKey(line)));
  }

  lineCount(tx: Tx, countId: StockCountId): Promise<number> {
    return tx.manager.countBy(StockCountLine, { countId });
  }

  /** What was counted later stands, whichever of two is told of first. */
  async enter(
    tx: Tx,
    lines: readonly StockCountLineRow[],
    known: readonly StockCountLineRow[],
  ): Promise<void> {
    const newer = lines.filter((line) => {
      const before = known.find((each) => lineKey(each) === lineKey(line));
      return !before || before.countedAt <= line.countedAt;
    });
    if (newer.length === 0) return;
    await tx.write(
      `INSERT INTO stock_count_line (count_id, variant_id, batch_id, best_before_on, counted_units, counted_at, counted_by) VALUES ?
       ON DUPLICATE KEY UPDATE counted_units = VALUES(counted_units), counted_at = VALUES(counted_at), counted_by = VALUES(counted_by)`,
      [
        newer.map((line) => [
          line.countId,
          line.variantId,
          line.batchId,
          line.bestBeforeOn,
          line.countedUnits,
          line.countedAt,
          line.countedBy,
        ]),
      ],
    );
  }

  async change(tx: Tx, { id, ...values }: Partial<StockCountRow> & Pick<StockCountRow, 'id'>): Promise<void> {
    await tx.manager.update(StockCount, { id }, values);
  }

  /** Of lines that are there; so many at once. */
  async noteLines(tx: Tx, lines: readonly StockCountLineRow[]): Promise<void> {
    for (let at = 0; at < lines.length; at += LINES_AT_ONCE)
      await tx.write(
        `INSERT INTO stock_count_line (count_id, variant_id, batch_id, best_before_on, counted_units, counted_at, counted_by, difference, adjusted) VALUES ?
         ON DUPLICATE KEY UPDATE difference = VALUES(difference), adjusted = VALUES(adjusted)`,
        [
          lines
            .slice(at, at + LINES_AT_ONCE)
            .map((line) => [
              line.countId,
              line.variantId,
              line.batchId,
              line.bestBeforeOn,
              line.countedUnits,
              line.countedAt,
              line.countedBy,
              line.difference,
              line.adjusted,
            ]),
        ],
      );
  }
}
