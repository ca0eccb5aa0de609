import { Injectable } from '@nestjs/common';
import { type Tx, isDuplicate } from '#platform/database';
import type {
  Statement,
  StatementBalance,
  StatementDocument,
  StatementFile,
  StatementLine,
  StatementRevision,
  StatementRun,
  StatementTotal,
} from './statement.entity.js';
import type { Difference } from './statement.rules.js';

/** A row as statements write it. */
type Row<T> = Pick<T, keyof T>;

/** Rows of one statement: small enough for the smallest max_allowed_packet (1 MB). */
const LINES_PER_INSERT = 1_000;

/** An edition that somebody has taken on. */
export type ClaimedRevision = Pick<
  StatementRevision,
  'statementId' | 'rev' | 'number' | 'reason' | 'tries' | 'requestedAt'
>;

/** True where it was written, false where it is there already: written by somebody who did the same at the same time. */
async function once(write: () => Promise<void>): Promise<boolean> {
  try {
    await write();
    return true;
  } catch (error) {
    if (isDuplicate(error)) return false;
    throw error;
  }
}

@Injectable()
export class StatementRepository {
  /** False where there is one of these days already. */
  insert(tx: Tx, statement: Row<Statement>): Promise<boolean> {
    return once(() => tx.insert('statement', [{ ...statement }]));
  }

  async insertRevision(tx: Tx, revision: Row<StatementRevision>): Promise<void> {
    await tx.insert('statement_revision', [{ ...revision }]);
  }

  /** One edition at a time is asked for: the row of the statement is what they queue for. */
  async lock(tx: Tx, id: string): Promise<boolean> {
    // Not its own row, which nobody may change: MySQL locks for update only what one may update.
    const rows = await tx.query(
      'SELECT 1 FROM statement_revision WHERE statement_id = ? AND rev = 1 FOR UPDATE',
      [id],
    );
    return rows.length > 0;
  }

  /** The longest due, and it is not due again before `until`: whoever dies over it leaves it to the next. */
  async claim(tx: Tx, now: Date, until: Date): Promise<ClaimedRevision | null> {
    // SKIP LOCKED: of many workers each takes another, and none waits.
    const [revision] = await tx.query<ClaimedRevision>(
      `SELECT statement_id AS statementId, rev, number, reason, tries, requested_at AS requestedAt FROM statement_revision
       WHERE next_try_at <= ? ORDER BY next_try_at, statement_id LIMIT 1 FOR UPDATE SKIP LOCKED`,
      [now],
    );
    if (!revision) return null;
    await tx.write(
      'UPDATE statement_revision SET next_try_at = ?, tries = tries + 1 WHERE statement_id = ? AND rev = ?',
      [until, revision.statementId, revision.rev],
    );
    return revision;
  }

  /** False where another worker has collected the same. */
  insertLines(tx: Tx, lines: readonly Row<StatementLine>[]): Promise<boolean> {
    return once(async () => {
      for (let start = 0; start < lines.length; start += LINES_PER_INSERT) {
        const rows = lines.slice(start, start + LINES_PER_INSERT).map((line) => ({ ...line }));
        await tx.insert('statement_line', rows);
      }
    });
  }

  insertBalance(tx: Tx, balance: Row<StatementBalance>): Promise<boolean> {
    return once(() => tx.insert('statement_balance', [{ ...balance }]));
  }

  /** Whoever calls has written the balance, so nobody else writes these. */
  async insertTotals(tx: Tx, totals: readonly Row<StatementTotal>[]): Promise<void> {
    await tx.insert(
      'statement_total',
      totals.map((total) => ({ ...total })),
    );
  }

  insertDocument(tx: Tx, document: Row<StatementDocument>): Promise<boolean> {
    return once(() => tx.insert('statement_document', [{ ...document }]));
  }

  /** False where it has been issued already. */
  async issue(
    tx: Tx,
    { statementId, rev }: Pick<StatementRevision, 'statementId' | 'rev'>,
    files: readonly Row<StatementFile>[],
    at: Date,
  ): Promise<boolean> {
    const isNew = await tx.write(
      `UPDATE statement_revision SET state = 'ISSUED', next_try_at = NULL, issued_at = ?, fault_account = NULL, fault_fen = NULL
       WHERE statement_id = ? AND rev = ? AND state <> 'ISSUED'`,
      [at, statementId, rev],
    );
    if (isNew === 0) return false;
    await tx.insert(
      'statement_file',
      files.map((file) => ({ ...file })),
    );
    return true;
  }

  async refuse(
    tx: Tx,
    { statementId, rev }: Pick<StatementRevision, 'statementId' | 'rev'>,
    { account, fen }: Difference,
    nextTryAt: Date,
  ): Promise<void> {
    await tx.write(
      `UPDATE statement_revision SET state = 'REFUSED', fault_account = ?, fault_fen = ?, next_try_at = ?
       WHERE statement_id = ? AND rev = ? AND state <> 'ISSUED'`,
      [account, fen, nextTryAt, statementId, rev],
    );
  }

  async postpone(
    tx: Tx,
    { statementId, rev }: Pick<StatementRevision, 'statementId' | 'rev'>,
    nextTryAt: Date,
  ): Promise<void> {
    await tx.write(
      `UPDATE statement_revision SET next_try_at = ? WHERE statement_id = ? AND rev = ? AND state <> 'ISSUED'`,
      [nextTryAt, statementId, rev],
    );
  }

  /** False where the month's run was begun already. */
  insertRun(tx: Tx, run: Row<StatementRun>): Promise<boolean> {
    return once(() => tx.insert('statement_run', [{ ...run }]));
  }

  /** The oldest run that has not looked at every account; whoever holds it does the step alone, the others go on without waiting. */
  async holdRun(tx: Tx): Promise<Pick<StatementRun, 'month' | 'reachedCode'> | null> {
    const [run] = await tx.query<Pick<StatementRun, 'month' | 'reachedCode'>>(
      `SELECT month, reached_code AS reachedCode FROM statement_run WHERE finished_at IS NULL
       ORDER BY month LIMIT 1 FOR UPDATE SKIP LOCKED`,
    );
    return run ?? null;
  }

  async advanceRun(tx: Tx, month: string, reachedCode: string, statements: number): Promise<void> {
    await tx.write(
      'UPDATE statement_run SET reached_code = ?, statement_count = statement_count + ? WHERE month = ?',
      [reachedCode, statements, month],
    );
  }

  async finishRun(tx: Tx, month: string, at: Date): Promise<void> {
    await tx.write('UPDATE statement_run SET finished_at = ? WHERE month = ?', [at, month]);
  }

  async revisionByKey(
    tx: Tx,
    statementId: string,
    idempotencyKey: string,
  ): Promise<Pick<StatementRevision, 'rev' | 'reason'> | null> {
    const [row] = await tx.query<Pick<StatementRevision, 'rev' | 'reason'>>(
      'SELECT rev, reason FROM statement_revision WHERE statement_id = ? AND idempotency_key = ?',
      [statementId, idempotencyKey],
    );
    return row ?? null;
  }

  async latestRevision(
    tx: Tx,
    statementId: string,
  ): Promise<Pick<StatementRevision, 'rev' | 'state' | 'number'> | null> {
    const [row] = await tx.query<Pick<StatementRevision, 'rev' | 'state' | 'number'>>(
      'SELECT rev, state, number FROM statement_revision WHERE statement_id = ? ORDER BY rev DESC LIMIT 1',
      [statementId],
    );
    return row ?? null;
  }
}
