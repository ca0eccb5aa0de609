import { Injectable } from '@nestjs/common';
import { type FenText, fen } from '#libs/kernel';
import { type Tx, jsonOf } from '#platform/database';
import {
  SellThrough,
  type SellThroughId,
  type SellThroughLine,
  type SellThroughPart,
  type SellThroughRow,
} from './sell-through.entity.js';

const ROWS_PER_STATEMENT = 500;

type RawLine = Omit<SellThroughLine, 'amountFen'> & { readonly amountFen: FenText };
type RawRow = Omit<SellThroughRow, 'amountFen'> & { readonly amountFen: FenText };
type RawPart = Omit<SellThroughPart, 'amountFen'> & { readonly amountFen: FenText };

/** A row's columns, to be copied. */
type RowFacts = Pick<SellThroughRow, keyof SellThroughRow>;
type PartFacts = Pick<SellThroughPart, keyof SellThroughPart>;

const SELECT_LINE = `SELECT id, operator_id AS operatorId, month, row_key AS rowKey, revision, channel_point_id AS channelPointId, variant_id AS variantId,
  merchant_id AS merchantId, sold_on AS soldOn, quantity, amount_fen AS amountFen, short_units AS shortUnits FROM sell_through_line`;

@Injectable()
export class SellThroughRepository {
  /** The file of this month that waits, locked; null where none does. */
  async lockOpen(tx: Tx, operatorId: string, month: string): Promise<SellThrough | null> {
    const [found] = await tx.query<{ id: SellThroughId }>(
      'SELECT id FROM sell_through WHERE operator_id = ? AND open_month = ? FOR UPDATE',
      [operatorId, month],
    );
    return found ? tx.manager.findOneBy(SellThrough, { id: found.id }) : null;
  }

  async lock(tx: Tx, id: string, operatorIds: readonly string[] | 'ALL'): Promise<SellThrough | null> {
    const own = operatorIds === 'ALL' ? 'TRUE' : operatorIds.length === 0 ? 'FALSE' : 'operator_id IN (?)';
    const [found] = await tx.query<{ id: SellThroughId }>(
      `SELECT id FROM sell_through WHERE id = ? AND ${own} FOR UPDATE`,
      [id, ...(Array.isArray(operatorIds) && operatorIds.length > 0 ? [operatorIds] : [])],
    );
    return found ? tx.manager.findOneBy(SellThrough, { id: found.id }) : null;
  }

  /** Throws on the unique key when another file of the month came at the same time. */
  async insert(tx: Tx, file: SellThrough, rows: readonly RowFacts[]): Promise<void> {
    await tx.manager.insert(SellThrough, file);
    for (let start = 0; start < rows.length; start += ROWS_PER_STATEMENT)
      await tx.insert(
        'sell_through_row',
        rows.slice(start, start + ROWS_PER_STATEMENT).map((row) => ({
          ...row,
          cells: JSON.stringify(row.cells),
          faults: JSON.stringify(row.faults),
        })),
      );
  }

  /** What was only checked, and is no more. */
  async remove(tx: Tx, id: SellThroughId): Promise<void> {
    await tx.write('DELETE FROM sell_through_row WHERE sell_through_id = ?', [id]);
    await tx.write("DELETE FROM sell_through WHERE id = ? AND state = 'CHECKED'", [id]);
  }

  async update(tx: Tx, id: SellThroughId, changes: Partial<SellThrough>): Promise<void> {
    await tx.manager.update(SellThrough, { id }, changes);
  }

  /** The next rows of a file to be taken. */
  async rowsAfter(tx: Tx, id: SellThroughId, rowNo: number, limit: number): Promise<SellThroughRow[]> {
    const rows = await tx.query<RawRow>(
      `SELECT sell_through_id AS sellThroughId, row_no AS rowNo, cells, faults, outcome, row_key AS rowKey, channel_point_id AS channelPointId,
         variant_id AS variantId, sold_on AS soldOn, quantity, amount_fen AS amountFen
       FROM sell_through_row WHERE sell_through_id = ? AND row_no > ? ORDER BY row_no LIMIT ?`,
      [id, rowNo, limit],
    );
    return rows.map((row) => ({
      ...row,
      cells: jsonOf(row.cells),
      faults: jsonOf(row.faults),
      amountFen: fen(row.amountFen),
    }));
  }

  /** What was told under these keys; locked where they are about to be told anew. */
  async lines(
    tx: Tx,
    operatorId: string,
    month: string,
    keys: readonly string[],
    isLocking: boolean,
  ): Promise<SellThroughLine[]> {
    const lines: SellThroughLine[] = [];
    for (let start = 0; start < keys.length; start += ROWS_PER_STATEMENT) {
      const rows = await tx.query<RawLine>(
        `${SELECT_LINE} WHERE operator_id = ? AND month = ? AND row_key IN (?) ORDER BY id ${isLocking ? 'FOR UPDATE' : ''}`,
        [operatorId, month, keys.slice(start, start + ROWS_PER_STATEMENT)],
      );
      lines.push(...rows.map((row) => ({ ...row, amountFen: fen(row.amountFen) })));
    }
    return lines;
  }

  /** What the last revisions of these lines took of which batch. */
  async parts(
    tx: Tx,
    lines: readonly Pick<SellThroughLine, 'id' | 'revision'>[],
  ): Promise<SellThroughPart[]> {
    if (lines.length === 0) return [];
    const rows = await tx.query<RawPart>(
      `SELECT line_id AS lineId, revision, part_no AS partNo, batch_id AS batchId, quantity, amount_fen AS amountFen
       FROM sell_through_part WHERE (line_id, revision) IN (?) ORDER BY line_id, part_no`,
      [lines.map(({ id, revision }) => [id, revision])],
    );
    return rows.map((row) => ({ ...row, amountFen: fen(row.amountFen) }));
  }

  async putLines(tx: Tx, lines: readonly SellThroughLine[], parts: readonly PartFacts[]): Promise<void> {
    if (lines.length > 0)
      await tx.write(
        `INSERT INTO sell_through_line (id, operator_id, month, row_key, revision, channel_point_id, variant_id, merchant_id, sold_on, quantity, amount_fen, short_units)
         VALUES ? ON DUPLICATE KEY UPDATE revision = VALUES(revision), channel_point_id = VALUES(channel_point_id), variant_id = VALUES(variant_id),
           merchant_id = VALUES(merchant_id), sold_on = VALUES(sold_on), quantity = VALUES(quantity), amount_fen = VALUES(amount_fen), short_units = VALUES(short_units)`,
        [
          lines.map((line) => [
            line.id,
            line.operatorId,
            line.month,
            line.rowKey,
            line.revision,
            line.channelPointId,
            line.variantId,
            line.merchantId,
            line.soldOn,
            line.quantity,
            line.amountFen,
            line.shortUnits,
          ]),
        ],
      );
    await tx.insert(
      'sell_through_part',
      parts.map((part) => ({ ...part })),
    );
  }

  async insertChunk(
    tx: Tx,
    chunk: { id: string; sellThroughId: string; operatorId: string; content: string },
  ): Promise<void> {
    await tx.insert('sell_through_chunk', [{ ...chunk, countedAt: null, rejectedCount: 0 }]);
  }

  /** Once: whoever hands it over again finds it handed over. */
  async markCounted(tx: Tx, id: string, rejectedCount: number, at: Date): Promise<void> {
    await tx.write(
      'UPDATE sell_through_chunk SET counted_at = ?, rejected_count = ? WHERE id = ? AND counted_at IS NULL',
      [at, rejectedCount, id],
    );
  }

  /** The file at which work is to be done next: one at a time for an operator, the oldest first. Whoever comes second waits or finds it done. */
  async lockNextConfirmed(tx: Tx): Promise<SellThrough | null> {
    const [found] = await tx.query<{ id: SellThroughId }>(
      "SELECT id FROM sell_through WHERE state = 'CONFIRMED' ORDER BY id LIMIT 1 FOR UPDATE",
    );
    return found ? tx.manager.findOneBy(SellThrough, { id: found.id }) : null;
  }
}
