import { Injectable } from '@nestjs/common';
import { commonDivisionOf } from '#libs/division';
import { type FenText, fen, present } from '#libs/kernel';
import type { SqlValue, Tx } from '#platform/database';
import {
  type CloseState,
  VolumeClose,
  VolumeCloseStep,
  type VolumeMonthFrozen,
} from './month-close.entity.js';
import { CLOSED_STATES, type CloseBook, type CloseTotals, duesOf, lastDayOf } from './month-close.rules.js';
import { ROLLUPS, ROLLUP_MEASURES, type Rollup, addFacts } from './volume-rollup.rules.js';

const FROZEN: Rollup = {
  table: 'volume_month_frozen',
  keys: ['month', 'origin_county_code', 'product_id', 'channel_kind', 'is_certified'],
};

const MEASURES = Object.keys(ROLLUP_MEASURES);
const SUMS = MEASURES.map((measure) => `COALESCE(SUM(${measure}), 0) AS ${measure}`).join(', ');

type Sums = Readonly<Record<string, string>>;

@Injectable()
export class MonthCloseRepository {
  /** Shared among those who record facts; held until they commit. */
  async passFactsGate(tx: Tx): Promise<void> {
    present(
      (await tx.query("SELECT name FROM volume_gate WHERE name = 'FACTS' LOCK IN SHARE MODE"))[0],
      'the gate of facts',
    );
  }

  /** Waits until whatever is being recorded has committed, and keeps what follows waiting. */
  async closeFactsGate(tx: Tx): Promise<void> {
    present(
      (await tx.query("SELECT name FROM volume_gate WHERE name = 'FACTS' FOR UPDATE"))[0],
      'the gate of facts',
    );
  }

  /** Behind the gate, so that no month closes between this answer and the commit. */
  async book(on: Pick<Tx, 'query'>, months: readonly string[]): Promise<CloseBook> {
    const rows = await on.query<{
      month: string | null;
      state: CloseState;
      cutOffAt: Date | null;
      lastClosed: string | null;
    }>(
      `SELECT c.month, c.state, c.cut_off_at AS cutOffAt, l.month AS lastClosed
       FROM (SELECT MAX(month) AS month FROM volume_close WHERE state IN (?)) l
       LEFT JOIN volume_close c ON c.month IN (?)`,
      [CLOSED_STATES, months],
    );
    return {
      months: new Map(
        rows.flatMap(({ month, state, cutOffAt }) => (month === null ? [] : [[month, { state, cutOffAt }]])),
      ),
      lastClosed: rows[0]?.lastClosed ?? null,
    };
  }

  /** Whose register it is. */
  async registerDivision(tx: Tx): Promise<string | null> {
    const rows = await tx.query<{ code: string }>('SELECT division_code AS code FROM volume_register');
    return commonDivisionOf(rows.map(({ code }) => code));
  }

  /** The last month of the book; null before it is begun. */
  async lastMonth(tx: Tx): Promise<string | null> {
    const [row] = await tx.query<{ month: string | null }>('SELECT MAX(month) AS month FROM volume_close');
    return row?.month ?? null;
  }

  /** Of these, the months that are not in the book. */
  async missing(tx: Tx, months: readonly string[]): Promise<string[]> {
    const rows = await tx.query<{ month: string }>('SELECT month FROM volume_close WHERE month IN (?)', [
      months,
    ]);
    return months.filter((month) => !rows.some((row) => row.month === month));
  }

  /** A month that is in the book already stays as it is. */
  async ensure(tx: Tx, month: string): Promise<void> {
    const { cutOffOn, reviewUntil } = duesOf(month);
    await tx.write(
      `INSERT INTO volume_close (month, state, cut_off_on, review_until) VALUES (?, 'OPEN', ?, ?)
       ON DUPLICATE KEY UPDATE month = volume_close.month`,
      [month, cutOffOn, reviewUntil],
    );
  }

  async lock(tx: Tx, month: string): Promise<VolumeClose | null> {
    return tx.manager.findOne(VolumeClose, { where: { month }, lock: { mode: 'pessimistic_write' } });
  }

  /** The oldest month that is being locked, unless somebody else is at it. */
  async lockLocking(tx: Tx): Promise<VolumeClose | null> {
    const [row] = await tx.query<{ month: string }>(
      `SELECT month FROM volume_close WHERE state = 'LOCKING' ORDER BY month LIMIT 1 FOR UPDATE SKIP LOCKED`,
    );
    return row ? this.lock(tx, row.month) : null;
  }

  async dueForCutOff(tx: Tx, today: string): Promise<string[]> {
    const rows = await tx.query<{ month: string }>(
      `SELECT month FROM volume_close WHERE state = 'OPEN' AND cut_off_on < ? ORDER BY month FOR UPDATE SKIP LOCKED`,
      [today],
    );
    return rows.map(({ month }) => month);
  }

  /** The month is in the next state, with whatever belongs to it, and a step says who brought it there. */
  async move(
    tx: Tx,
    month: string,
    state: CloseState,
    step: Pick<VolumeCloseStep, 'actorId' | 'at'>,
    more: Partial<
      Pick<VolumeClose, 'cutOffAt' | 'recognisedFen' | 'certifiedFen' | 'contentHash' | 'disagreeing'>
    > = {},
  ): Promise<void> {
    await tx.manager.update(VolumeClose, { month }, { state, ...more });
    await tx.manager.insert(VolumeCloseStep, { month, state, ...step });
  }

  /** Why it is not locked, for whoever looks at it. */
  async noteDisagreeing(tx: Tx, month: string, disagreeing: string): Promise<void> {
    await tx.manager.update(VolumeClose, { month }, { disagreeing });
  }

  /** The month's sums as the rollup has them. */
  async totals(tx: Tx, month: string): Promise<CloseTotals> {
    const sums = await this.sumsOf(tx, 'volume_county_month', 'month = ?', [month]);
    return {
      recognisedFen: fen(sums['recognised_fen'] ?? ''),
      certifiedFen: fen(sums['certified_fen'] ?? ''),
      factCount: BigInt(sums['fact_count'] ?? ''),
    };
  }

  async waitingCount(tx: Pick<Tx, 'query'>, month: string): Promise<number> {
    const [row] = await tx.query<{ waiting: string }>(
      `SELECT COUNT(*) AS waiting FROM volume_fact_waiting w JOIN volume_fact f ON f.id = w.fact_id
       WHERE f.event_day BETWEEN ? AND ?`,
      [month, lastDayOf(month)],
    );
    return Number(present(row, 'a count').waiting);
  }

  /** One more day of a month: into its figures, and beside them into a count and a sum to compare them with. */
  async freezeDay(tx: Tx, month: string, day: string): Promise<void> {
    await tx.write(addFacts(FROZEN, 'volume_fact f WHERE f.event_day = ?'), [day]);
    await tx.write(
      `UPDATE volume_close c JOIN (
         SELECT COUNT(*) AS fact_count, COALESCE(SUM(recognised_fen), 0) AS recognised_fen FROM volume_fact WHERE event_day = ?
       ) d ON TRUE
       SET c.frozen_through = ?, c.frozen_count = c.frozen_count + d.fact_count,
         c.frozen_recognised_fen = c.frozen_recognised_fen + d.recognised_fen
       WHERE c.month = ?`,
      [day, day, month],
    );
  }

  async frozenTotals(tx: Tx, month: string): Promise<CloseTotals> {
    const sums = await this.sumsOf(tx, FROZEN.table, 'month = ?', [month]);
    return {
      recognisedFen: fen(sums['recognised_fen'] ?? ''),
      certifiedFen: fen(sums['certified_fen'] ?? ''),
      factCount: BigInt(sums['fact_count'] ?? ''),
    };
  }

  /** The rollups that do not add up to the frozen figures, in any measure; the one with the same keys is compared cell by cell. */
  async disagreeing(tx: Tx, month: string): Promise<string[]> {
    const frozen = await this.sumsOf(tx, FROZEN.table, 'month = ?', [month]);
    const found: string[] = [];
    for (const { table, keys } of ROLLUPS) {
      const isDaily = keys[0] === 'day';
      const sums = await this.sumsOf(tx, table, isDaily ? 'day BETWEEN ? AND ?' : 'month = ?', [
        month,
        ...(isDaily ? [lastDayOf(month)] : []),
      ]);
      if (MEASURES.some((measure) => sums[measure] !== frozen[measure])) found.push(table);
    }
    return (await this.cellsDiffer(tx, month)) ? [...new Set([...found, 'volume_month'])] : found;
  }

  /** A frozen month's cells of one county, in the one order in which they are hashed. */
  cells(
    tx: Pick<Tx, 'query'>,
    month: string,
    county: string,
  ): Promise<Readonly<Record<string, string | number>>[]> {
    const columns = [...FROZEN.keys.slice(1), ...MEASURES].join(', ');
    return tx.query(
      `SELECT ${columns} FROM volume_month_frozen WHERE month = ? AND origin_county_code = ?
       ORDER BY product_id, channel_kind, is_certified`,
      [month, county],
    );
  }

  async frozenCounties(tx: Pick<Tx, 'query'>, month: string): Promise<string[]> {
    const rows = await tx.query<{ code: VolumeMonthFrozen['originCountyCode'] }>(
      `SELECT DISTINCT origin_county_code AS code FROM volume_month_frozen WHERE month = ? ORDER BY origin_county_code`,
      [month],
    );
    return rows.map(({ code }) => code);
  }

  private async cellsDiffer(tx: Tx, month: string): Promise<boolean> {
    const keys = FROZEN.keys.join(', ');
    const select = (table: string, sign: string) =>
      `SELECT ${keys}, ${MEASURES.map((measure) => `${sign}${measure} AS ${measure}`).join(', ')} FROM ${table} WHERE month = ?`;
    const rows = await tx.query(
      `SELECT ${keys} FROM (${select(FROZEN.table, '')} UNION ALL ${select('volume_month', '-')}) both_sides
       GROUP BY ${keys} HAVING ${MEASURES.map((measure) => `SUM(${measure}) <> 0`).join(' OR ')} LIMIT 1`,
      [month, month],
    );
    return rows.length > 0;
  }

  private async sumsOf(tx: Tx, table: string, where: string, values: readonly SqlValue[]): Promise<Sums> {
    const [row] = await tx.query<Record<string, FenText>>(
      `SELECT ${SUMS} FROM ${table} WHERE ${where}`,
      values,
    );
    return present(row, 'sums');
  }
}
