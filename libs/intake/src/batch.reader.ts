import { Injectable } from '@nestjs/common';
import { type FenText, type Page, type PageRequest, pageOf, present } from '#libs/kernel';
import { Database, type SqlValue, type Tx, jsonOf } from '#platform/database';
import type { FeedKind, IntakeBatchId, IntakeRowId, RowKind, RowState } from './batch.entity.js';
import { ROWS_MAX } from './batch.rules.js';
import type { PartnerId } from './partner.entity.js';
import type { RowFault } from './row-field.rules.js';

export interface BatchRowCounts {
  readonly acceptedCount: number;
  readonly heldCount: number;
  readonly rejectedCount: number;
  readonly repeatedCount: number;
}

export interface IntakeBatchRow extends BatchRowCounts {
  readonly id: IntakeBatchId;
  readonly partnerId: PartnerId;
  readonly batchNo: string;
  readonly kind: FeedKind;
  readonly contentHash: Buffer;
  readonly completeThrough: string | null;
  readonly rowCount: number;
  readonly lateCount: number;
  readonly receivedAt: Date;
}

export interface IntakeRowRow {
  readonly id: IntakeRowId;
  readonly rowNo: number;
  readonly kind: RowKind;
  readonly state: RowState;
  readonly orderNo: string;
  readonly lineNo: string;
  readonly amountFen: FenText;
  readonly faults: readonly RowFault[];
}

type RawBatch = Omit<IntakeBatchRow, keyof BatchRowCounts> & Readonly<Record<keyof BatchRowCounts, string>>;
type RawRow = Omit<IntakeRowRow, 'faults'> & { readonly faults: readonly RowFault[] | string | null };

/** Columns in a page's sort key, for `pageRequest`. */
export const BATCH_KEY_PARTS = 1;
export const ROW_KEY_PARTS = 1;

const countOf = (state: RowState) =>
  `(SELECT COUNT(*) FROM intake_row r WHERE r.batch_id = b.id AND r.state = '${state}')`;

const SELECT_BATCH = `SELECT b.id, b.partner_id AS partnerId, b.batch_no AS batchNo, b.kind, b.content_hash AS contentHash,
  b.complete_through AS completeThrough, b.row_count AS rowCount, b.late_count AS lateCount, b.received_at AS receivedAt,
  ${countOf('ACCEPTED')} AS acceptedCount, ${countOf('HELD')} AS heldCount, ${countOf('REJECTED')} AS rejectedCount,
  ${countOf('REPEATED')} AS repeatedCount FROM intake_batch b`;

const SELECT_ROW = `SELECT id, row_no AS rowNo, kind, state, order_no AS orderNo, line_no AS lineNo, amount_fen AS amountFen,
  faults FROM intake_row`;

function batchOf(raw: RawBatch): IntakeBatchRow {
  return {
    ...raw,
    acceptedCount: Number(raw.acceptedCount),
    heldCount: Number(raw.heldCount),
    rejectedCount: Number(raw.rejectedCount),
    repeatedCount: Number(raw.repeatedCount),
  };
}

function rowOf(raw: RawRow): IntakeRowRow {
  const { faults } = raw;
  return { ...raw, faults: jsonOf(faults) ?? [] };
}

@Injectable()
export class IntakeBatchReader {
  constructor(private readonly database: Database) {}

  async byNo(partnerId: PartnerId, batchNo: string): Promise<IntakeBatchRow | null> {
    const [row] = await this.database.query<RawBatch>(
      `${SELECT_BATCH} WHERE b.partner_id = ? AND b.batch_no = ?`,
      [partnerId, batchNo],
    );
    return row ? batchOf(row) : null;
  }

  /** How long these counters were meant to sell in these days, and could not be reached. */
  async counterSpans(
    on: Pick<Tx, 'query'>,
    counterIds: readonly string[],
    days: readonly string[],
  ): Promise<{ counterId: string; day: string; operatingMinutes: number; offlineMinutes: number }[]> {
    if (counterIds.length === 0 || days.length === 0) return [];
    return on.query(
      `SELECT counter_id AS counterId, day, operating_minutes AS operatingMinutes, offline_minutes AS offlineMinutes
       FROM counter_day WHERE counter_id IN (?) AND day IN (?)`,
      [counterIds, days],
    );
  }

  /** Newest first. */
  async page(partnerId: string, { first, after }: PageRequest): Promise<Page<IntakeBatchRow>> {
    const values: SqlValue[] = [partnerId, ...(after ? [present(after[0], 'an id')] : []), first + 1];
    const rows = await this.database.query<RawBatch>(
      `${SELECT_BATCH} WHERE b.partner_id = ?${after ? ' AND b.id < ?' : ''} ORDER BY b.id DESC LIMIT ?`,
      values,
    );
    const { nodes, pageInfo } = pageOf(rows, first, ({ id }) => [id]);
    return { nodes: nodes.map(batchOf), pageInfo };
  }

  /** What was not simply taken, in the order of the batch. */
  async notAccepted(batchId: IntakeBatchId): Promise<IntakeRowRow[]> {
    const rows = await this.database.query<RawRow>(
      `${SELECT_ROW} WHERE batch_id = ? AND state <> 'ACCEPTED' ORDER BY row_no LIMIT ?`,
      [batchId, ROWS_MAX],
    );
    return rows.map(rowOf);
  }

  async rowsPage(
    batchId: string,
    state: RowState | null,
    { first, after }: PageRequest,
  ): Promise<Page<IntakeRowRow>> {
    const where = ['batch_id = ?'];
    const values: SqlValue[] = [batchId];
    if (state) {
      where.push('state = ?');
      values.push(state);
    }
    if (after) {
      where.push('row_no > ?');
      values.push(Number(present(after[0], 'a row number')) || 0);
    }
    const rows = await this.database.query<RawRow>(
      `${SELECT_ROW} WHERE ${where.join(' AND ')} ORDER BY row_no LIMIT ?`,
      [...values, first + 1],
    );
    const { nodes, pageInfo } = pageOf(rows, first, ({ rowNo }) => [String(rowNo)]);
    return { nodes: nodes.map(rowOf), pageInfo };
  }
}
