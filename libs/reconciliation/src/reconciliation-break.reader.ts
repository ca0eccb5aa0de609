import { Injectable } from '@nestjs/common';
import { type Fen, type FenText, type IdOf, type Page, type PageRequest, fen, pageOf } from '#libs/kernel';
import { Database, type SqlValue, type Tx, jsonOf } from '#platform/database';
import type { BreakAct, BreakClass, BreakId, BreakState } from './reconciliation-break.entity.js';
import type { Closing } from './reconciliation-break.repository.js';
import type { ReconciliationCheckName } from './reconciliation.entity.js';

export interface BreakRow {
  readonly id: BreakId;
  readonly checkName: ReconciliationCheckName;
  readonly breakClass: BreakClass;
  readonly subject: string;
  readonly expectedFen: Fen | null;
  readonly actualFen: Fen | null;
  readonly detail: Readonly<Record<string, string>>;
  readonly happenedAt: Date;
  readonly firstSeenAt: Date;
  readonly lastSeenAt: Date;
  /** Null while it is seen. */
  readonly vanishedAt: Date | null;
  readonly state: BreakState;
  readonly ownerId: IdOf<'usr'> | null;
  readonly closedAt: Date | null;
  readonly reason: string | null;
  readonly journalId: string | null;
  readonly refundId: string | null;
}

export interface BreakStepRow {
  readonly id: string;
  readonly breakId: BreakId;
  readonly act: BreakAct;
  /** Null where a check acts. */
  readonly actorId: IdOf<'usr'> | null;
  readonly note: string;
  readonly at: Date;
}

export interface BreakFilter {
  readonly states?: readonly BreakState[] | null;
  readonly check?: ReconciliationCheckName | null;
  readonly breakClass?: BreakClass | null;
  readonly ownerId?: string | null;
  readonly subject?: string | null;
}

/** Breaks of one check and class that nobody has closed. */
export interface OpenBreaks {
  readonly check: ReconciliationCheckName;
  readonly breakClass: BreakClass;
  readonly count: number;
  readonly oldestAt: Date;
}

type Raw = Omit<BreakRow, 'expectedFen' | 'actualFen' | 'detail'> & {
  readonly expected: FenText | null;
  readonly actual: FenText | null;
  readonly detail: string | Readonly<Record<string, string>>;
};

const SELECT = `SELECT id, check_name AS checkName, break_class AS breakClass, subject, expected_fen AS expected, actual_fen AS actual,
  detail, happened_at AS happenedAt, first_seen_at AS firstSeenAt, last_seen_at AS lastSeenAt, vanished_at AS vanishedAt, state,
  owner_id AS ownerId, closed_at AS closedAt, reason, journal_id AS journalId, refund_id AS refundId FROM reconciliation_break`;

const SELECT_STEPS = `SELECT id, break_id AS breakId, act, actor_id AS actorId, note, at FROM reconciliation_break_step`;

/** After every id of a break, in the order of text. */
const BEHIND_ALL = 'brk~';

/** A break that is told more often than this says nothing new. */
export const BREAK_STEPS_MAX = 200;

function rowOf({ expected, actual, detail, ...rest }: Raw): BreakRow {
  return {
    ...rest,
    expectedFen: expected === null ? null : fen(expected),
    actualFen: actual === null ? null : fen(actual),
    detail: jsonOf(detail),
  };
}

@Injectable()
export class ReconciliationBreakReader {
  constructor(private readonly database: Database) {}

  async byId(id: string): Promise<BreakRow | null> {
    const [row] = await this.database.query<Raw>(`${SELECT} WHERE id = ?`, [id]);
    return row ? rowOf(row) : null;
  }

  /** Newest first. */
  async page(filter: BreakFilter, { first, after }: PageRequest): Promise<Page<BreakRow>> {
    const [last = BEHIND_ALL] = after ?? [];
    const where = ['id < ?'];
    const values: SqlValue[] = [last];
    const add = (condition: string, value: SqlValue | undefined) => {
      if (value === null || value === undefined) return;
      where.push(condition);
      values.push(value);
    };
    if (filter.states)
      add(
        filter.states.length > 0 ? 'state IN (?)' : 'state = ?',
        filter.states.length > 0 ? filter.states : '',
      );
    add('check_name = ?', filter.check);
    add('break_class = ?', filter.breakClass);
    add('owner_id = ?', filter.ownerId);
    add('subject = ?', filter.subject);
    const rows = await this.database.query<Raw>(
      `${SELECT} WHERE ${where.join(' AND ')} ORDER BY id DESC LIMIT ?`,
      [...values, first + 1],
    );
    return pageOf(rows.map(rowOf), first, (row) => [row.id]);
  }

  /** What happened to breaks, in order; of each the latest. */
  async stepsOf(breakIds: readonly string[]): Promise<BreakStepRow[]> {
    if (breakIds.length === 0) return [];
    return this.database.query<BreakStepRow>(
      `SELECT id, breakId, act, actorId, note, at FROM (
         SELECT s.id, s.break_id AS breakId, s.act, s.actor_id AS actorId, s.note, s.at,
           ROW_NUMBER() OVER (PARTITION BY s.break_id ORDER BY s.id DESC) AS place
         FROM reconciliation_break_step s WHERE s.break_id IN (?)) AS told
       WHERE place <= ? ORDER BY breakId, id`,
      [breakIds, BREAK_STEPS_MAX],
    );
  }

  async lastStepOf(breakId: string, on: Pick<Tx, 'query'> = this.database): Promise<BreakStepRow | null> {
    const [row] = await on.query<BreakStepRow>(
      `${SELECT_STEPS} WHERE break_id = ? ORDER BY id DESC LIMIT 1`,
      [breakId],
    );
    return row ?? null;
  }

  async isClosedAs(
    id: string,
    { state, reason, journalId, refundId }: Closing,
    on: Pick<Tx, 'query'> = this.database,
  ): Promise<boolean> {
    const rows = await on.query(
      'SELECT 1 FROM reconciliation_break WHERE id = ? AND state = ? AND reason = ? AND journal_id <=> ? AND refund_id <=> ?',
      [id, state, reason, journalId, refundId],
    );
    return rows.length === 1;
  }

  async open(): Promise<OpenBreaks[]> {
    const rows = await this.database.query<Omit<OpenBreaks, 'count'> & { readonly count: string }>(
      `SELECT check_name AS \`check\`, break_class AS breakClass, COUNT(*) AS count, MIN(first_seen_at) AS oldestAt
       FROM reconciliation_break WHERE state IN ('OPEN', 'ASSIGNED') GROUP BY check_name, break_class
       ORDER BY check_name, break_class`,
    );
    return rows.map((row) => ({ ...row, count: Number(row.count) }));
  }
}
