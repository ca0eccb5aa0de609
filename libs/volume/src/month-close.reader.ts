import { Injectable } from '@nestjs/common';
import { withinScope } from '#libs/division';
import { type Fen, type FenText, type Page, type PageRequest, fen, pageOf, present } from '#libs/kernel';
import { Database, type SqlValue, type Tx } from '#platform/database';
import type { VolumeClose, VolumeCloseStep } from './month-close.entity.js';
import { type BlockerCounts, type BlockerKind, CLOSED_STATES, lastDayOf } from './month-close.rules.js';

export interface MonthCloseRow extends Pick<
  VolumeClose,
  'month' | 'state' | 'cutOffOn' | 'reviewUntil' | 'frozenThrough' | 'contentHash' | 'disagreeing'
> {
  readonly recognisedFen: Fen | null;
  readonly certifiedFen: Fen | null;
}

export const MONTH_CLOSE_KEY_PARTS = 1;

const MONTHS_MAX = 1_000;

/** A register is one division's, or some that keep it together. */
const KEEPERS_MAX = 100;

type Raw = Omit<MonthCloseRow, 'recognisedFen' | 'certifiedFen'> & {
  readonly recognisedFen: FenText | null;
  readonly certifiedFen: FenText | null;
};

const SELECT = `SELECT month, state, cut_off_on AS cutOffOn, review_until AS reviewUntil, frozen_through AS frozenThrough,
  recognised_fen AS recognisedFen, certified_fen AS certifiedFen, content_hash AS contentHash, disagreeing FROM volume_close`;

/** A published month along one county. */
export interface PublishedCounty {
  readonly originCountyCode: string;
  readonly recognisedFen: Fen;
  readonly certifiedFen: Fen;
}

@Injectable()
export class MonthCloseReader {
  constructor(private readonly database: Database) {}

  /** Whose register this is, in order of code. */
  async keepers(): Promise<string[]> {
    const rows = await this.database.query<{ code: string }>(
      'SELECT division_code AS code FROM volume_register ORDER BY division_code LIMIT ?',
      [KEEPERS_MAX],
    );
    return rows.map(({ code }) => code);
  }

  /** True for who answers for all that the register covers: its own division or a wider one, no county of it and no other city. */
  async isKeptBy(scope: readonly string[] | 'ALL'): Promise<boolean> {
    const { sql, values } = withinScope('division_code', scope);
    const kept = await this.database.query(
      `SELECT COUNT(*) FROM volume_register HAVING COUNT(*) > 0 AND COUNT(*) = SUM(CASE WHEN ${sql} THEN 1 ELSE 0 END)`,
      values,
    );
    return kept.length > 0;
  }

  async byMonth(month: string): Promise<MonthCloseRow | null> {
    const [close] = await this.read(`${SELECT} WHERE month = ?`, [month]);
    return close ?? null;
  }

  /** Of these, those that are in the book. */
  byMonths(months: readonly string[]): Promise<MonthCloseRow[]> {
    return months.length === 0 ? Promise.resolve([]) : this.read(`${SELECT} WHERE month IN (?)`, [months]);
  }

  /** Every month that has been locked, the earliest first: some hundreds in thirty years. */
  async lockedMonths(): Promise<string[]> {
    const rows = await this.database.query<{ month: string }>(
      `SELECT month FROM volume_close WHERE state IN ('LOCKED', 'PUBLISHED') ORDER BY month LIMIT ?`,
      [MONTHS_MAX],
    );
    return rows.map(({ month }) => month);
  }

  /** The latest month first. */
  async page({ first, after }: PageRequest): Promise<Page<MonthCloseRow>> {
    const rows = await this.read(`${SELECT} WHERE month < ? ORDER BY month DESC LIMIT ?`, [
      after?.[0] ?? '9999-12-01',
      first + 1,
    ]);
    return pageOf(rows, first, ({ month }) => [month]);
  }

  /** In the order in which they were taken; a month has one for each of its states at most. */
  steps(months: readonly string[]): Promise<VolumeCloseStep[]> {
    if (months.length === 0) return Promise.resolve([]);
    return this.database.query<VolumeCloseStep>(
      `SELECT month, state, actor_id AS actorId, at FROM volume_close_step WHERE month IN (?) ORDER BY month, at, state`,
      [months],
    );
  }

  /** What the register itself knows to be in the way of a month. */
  async blockerCounts(month: string, on: Pick<Tx, 'query'>): Promise<BlockerCounts> {
    const days = [month, lastDayOf(month)];
    const [counts] = await on.query<Record<BlockerKind, string>>(
      `SELECT
        (SELECT COUNT(*) FROM volume_fact_waiting w JOIN volume_fact f ON f.id = w.fact_id
         WHERE f.event_day BETWEEN ? AND ?) AS FACTS_WAITING,
        (SELECT COUNT(*) FROM volume_difference WHERE day BETWEEN ? AND ?) AS ROLLUP_DIFFERS,
        (SELECT LENGTH(disagreeing) - LENGTH(REPLACE(disagreeing, ',', '')) + (disagreeing <> '')
         FROM volume_close WHERE month = ?) AS FROZEN_DIFFERS,
        (SELECT COUNT(*) FROM volume_close WHERE month < ? AND state NOT IN (?)) AS PREVIOUS_MONTH_OPEN`,
      [...days, ...days, month, month, CLOSED_STATES],
    );
    return Object.fromEntries(
      Object.entries(present(counts, 'counts')).map(([kind, n]) => [kind, Number(n)]),
    );
  }

  /**
   * True unless every month of the period is locked. Months from before the book was begun are history, which moves only while
   * facts of it wait to be counted.
   */
  async isProvisional(from: string, to: string, hasWaiting: boolean): Promise<boolean> {
    const [row] = await this.database.query<{ begun: string | null; closed: string }>(
      `SELECT (SELECT MIN(month) FROM volume_close) AS begun,
        (SELECT COUNT(*) FROM volume_close WHERE month BETWEEN ? AND ? AND state IN ('LOCKED', 'PUBLISHED')) AS closed`,
      [`${from.slice(0, 7)}-01`, to],
    );
    const { begun, closed } = present(row, 'the book');
    if (begun === null || (hasWaiting && from < begun)) return true;
    return Number(closed) < monthsBetween(begun > from ? begun : from, to);
  }

  /** Published months only: what everybody may see. By county of origin. */
  async published(month: string): Promise<PublishedCounty[]> {
    const rows = await this.database.query<{
      originCountyCode: string;
      recognisedFen: FenText;
      certifiedFen: FenText;
    }>(
      `SELECT f.origin_county_code AS originCountyCode, SUM(f.recognised_fen) AS recognisedFen, SUM(f.certified_fen) AS certifiedFen
       FROM volume_close c JOIN volume_month_frozen f ON f.month = c.month
       WHERE c.month = ? AND c.state = 'PUBLISHED' GROUP BY f.origin_county_code ORDER BY f.origin_county_code`,
      [month],
    );
    return rows.map((row) => ({
      ...row,
      recognisedFen: fen(row.recognisedFen),
      certifiedFen: fen(row.certifiedFen),
    }));
  }

  private async read(sql: string, values: readonly SqlValue[]): Promise<MonthCloseRow[]> {
    const rows = await this.database.query<Raw>(sql, values);
    return rows.map((row) => ({
      ...row,
      recognisedFen: row.recognisedFen === null ? null : fen(row.recognisedFen),
      certifiedFen: row.certifiedFen === null ? null : fen(row.certifiedFen),
    }));
  }
}

/** Months that a period touches, none if it ends before it begins. */
function monthsBetween(from: string, to: string): number {
  const ordinal = (day: string) => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7));
  return Math.max(0, ordinal(to) - ordinal(from) + 1);
}
