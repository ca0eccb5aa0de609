import { Injectable } from '@nestjs/common';
import { type Fen, type FenText, type Page, type PageRequest, fen, pageOf } from '#libs/kernel';
import { Database, type SqlValue, jsonOf } from '#platform/database';
import type { SellThrough, SellThroughChunkId, SellThroughRow } from './sell-through.entity.js';

/** Columns in the sort keys of pages, for `pageRequest`. */
export const SELL_THROUGH_KEY_PARTS = 1;
export const SELL_THROUGH_ROW_KEY_PARTS = 1;
export const CONSIGNMENT_SALE_KEY_PARTS = 2;

export type SellThroughFileRow = Omit<
  SellThrough,
  'openMonth' | 'contentHash' | 'createdBy' | 'confirmedBy'
> & {
  /** Rows that were taken and that the register has not been told of yet, in parts. */
  readonly uncountedChunks: number;
  /** Rows that the register did not take. */
  readonly rejectedCount: number;
  /** Rows that have been taken so far. */
  readonly takenCount: number;
};

export type SellThroughRowRow = Pick<
  SellThroughRow,
  'rowNo' | 'cells' | 'faults' | 'outcome' | 'soldOn' | 'quantity' | 'amountFen'
>;

/** What was sold of one variant of a merchant at one place in a month, as its operator tells it. */
export interface ConsignmentSaleRow {
  readonly channelPointId: string;
  readonly variantId: string;
  readonly operatorId: string;
  readonly quantity: number;
  readonly amountFen: Fen;
  /** Units sold of which none lay there by the book. */
  readonly shortUnits: number;
}

type RawFile = Omit<SellThroughFileRow, 'amountFen' | 'uncountedChunks' | 'rejectedCount' | 'takenCount'> & {
  readonly amountFen: FenText;
  readonly uncountedChunks: string;
  readonly rejectedCount: string;
  readonly takenCount: string;
};

const SELECT_FILE = `SELECT s.id, s.operator_id AS operatorId, s.month, s.file_name AS fileName, s.state, s.row_count AS rowCount, s.faulty_count AS faultyCount,
  s.new_count AS newCount, s.changed_count AS changedCount, s.amount_fen AS amountFen, s.reason, s.taken_through AS takenThrough, s.created_at AS createdAt,
  s.confirmed_at AS confirmedAt, s.done_at AS doneAt,
  (SELECT COUNT(*) FROM sell_through_chunk c WHERE c.sell_through_id = s.id AND c.counted_at IS NULL) AS uncountedChunks,
  (SELECT COALESCE(SUM(c.rejected_count), 0) FROM sell_through_chunk c WHERE c.sell_through_id = s.id) AS rejectedCount,
  CASE s.state WHEN 'DONE' THEN s.row_count WHEN 'CONFIRMED' THEN
    (SELECT COUNT(*) FROM sell_through_row r WHERE r.sell_through_id = s.id AND r.row_no <= s.taken_through) ELSE 0 END AS takenCount
  FROM sell_through s`;

@Injectable()
export class SellThroughReader {
  constructor(private readonly database: Database) {}

  /** Null unless it is of one of these operators. */
  async byId(id: string, operatorIds: readonly string[]): Promise<SellThroughFileRow | null> {
    if (operatorIds.length === 0) return null;
    const [row] = await this.files(`${SELECT_FILE} WHERE s.id = ? AND s.operator_id IN (?)`, [
      id,
      operatorIds,
    ]);
    return row ?? null;
  }

  /** The latest first. */
  async page(operatorId: string, { first, after }: PageRequest): Promise<Page<SellThroughFileRow>> {
    const rows = await this.files(
      `${SELECT_FILE} WHERE s.operator_id = ? ${after ? 'AND s.id < ?' : ''} ORDER BY s.id DESC LIMIT ?`,
      [operatorId, ...(after?.[0] ? [after[0]] : []), first + 1],
    );
    return pageOf(rows, first, ({ id }) => [id]);
  }

  /** In the order of the file; whose it is, the caller has asked. */
  async rows(id: string, isFaulty: boolean, { first, after }: PageRequest): Promise<Page<SellThroughRowRow>> {
    const rows = await this.database.query<
      Omit<SellThroughRowRow, 'amountFen'> & { readonly amountFen: FenText }
    >(
      `SELECT row_no AS rowNo, cells, faults, outcome, sold_on AS soldOn, quantity, amount_fen AS amountFen FROM sell_through_row
       WHERE sell_through_id = ? ${isFaulty ? "AND outcome = 'FAULTY'" : ''} AND row_no > ? ORDER BY row_no LIMIT ?`,
      [id, Number(after?.[0] ?? 0) || 0, first + 1],
    );
    const read = rows.map((row) => ({
      ...row,
      cells: jsonOf(row.cells),
      faults: jsonOf(row.faults),
      amountFen: fen(row.amountFen),
    }));
    return pageOf(read, first, ({ rowNo }) => [String(rowNo)]);
  }

  /** What was sold of a merchant's goods at the tills of others in a month, by place and variant. */
  async salesOf(
    merchantId: string,
    month: string,
    { first, after }: PageRequest,
  ): Promise<Page<ConsignmentSaleRow>> {
    const [place = '', variant = ''] = after ?? [];
    const rows = await this.database.query<
      Omit<ConsignmentSaleRow, 'amountFen' | 'quantity' | 'shortUnits'> &
        Readonly<Record<'amountFen' | 'quantity' | 'shortUnits', string>>
    >(
      `SELECT channel_point_id AS channelPointId, variant_id AS variantId, operator_id AS operatorId, SUM(quantity) AS quantity,
         SUM(amount_fen) AS amountFen, SUM(short_units) AS shortUnits
       FROM sell_through_line WHERE merchant_id = ? AND month = ? AND quantity > 0
         AND (channel_point_id > ? OR (channel_point_id = ? AND variant_id > ?))
       GROUP BY channel_point_id, variant_id, operator_id ORDER BY channel_point_id, variant_id LIMIT ?`,
      [merchantId, month, place, place, variant, first + 1],
    );
    const read = rows.map((row) => ({
      ...row,
      quantity: Number(row.quantity),
      shortUnits: Number(row.shortUnits),
      amountFen: BigInt(row.amountFen),
    }));
    return pageOf(read, first, ({ channelPointId, variantId }) => [channelPointId, variantId]);
  }

  /** What the register is to be told next, the oldest first; null when it knows all. */
  async nextChunk(): Promise<{
    readonly id: SellThroughChunkId;
    readonly operatorId: string;
    readonly confirmedBy: string;
    readonly content: string;
  } | null> {
    const [row] = await this.database.query<{
      id: SellThroughChunkId;
      operatorId: string;
      confirmedBy: string;
      content: string;
    }>(
      `SELECT c.id, c.operator_id AS operatorId, s.confirmed_by AS confirmedBy, c.content FROM sell_through_chunk c
       JOIN sell_through s ON s.id = c.sell_through_id WHERE c.counted_at IS NULL ORDER BY c.id LIMIT 1`,
    );
    return row ?? null;
  }

  private async files(sql: string, values: readonly SqlValue[]): Promise<SellThroughFileRow[]> {
    const rows = await this.database.query<RawFile>(sql, values);
    return rows.map((row) => ({
      ...row,
      amountFen: fen(row.amountFen),
      uncountedChunks: Number(row.uncountedChunks),
      rejectedCount: Number(row.rejectedCount),
      takenCount: Number(row.takenCount),
    }));
  }
}
