import { Injectable } from '@nestjs/common';
import { withinScope } from '#libs/division';
import { type Bucket, firstDaySql } from '#libs/kernel';
import type { VolumeChannel } from '#libs/volume';
import { Database } from '#platform/database';

/** What days are added up to; null for the whole period. */
export type ToldBucket = Bucket | null;

export interface ToldPeriod {
  readonly from: string;
  readonly to: string;
  readonly bucket: ToldBucket;
}

const COUNTER_SUMS = {
  operatingMinutes: 'd.operating_minutes',
  offlineMinutes: 'd.offline_minutes',
  slotMinutes: 'd.slot_minutes',
  emptySlotMinutes: 'd.empty_slot_minutes',
  vends: 'd.vend_count',
  failedVends: 'd.failed_vend_count',
  disputes: 'd.dispute_count',
  expectedUnits: 'd.expected_units',
  countedUnits: 'd.counted_units',
  poweredMinutes: 'd.powered_minutes',
  inBandMinutes: 'd.in_band_minutes',
  lockedUnits: 'd.locked_units',
  /** Days on which it was meant to sell. */
  operatingDays: 'd.operating_minutes > 0',
} as const;

export type CounterSums = Readonly<Record<keyof typeof COUNTER_SUMS, bigint>>;

export interface CounterSumsRow extends CounterSums {
  readonly counterId: string;
  /** Null for the whole period. */
  readonly firstDay: string | null;
}

/** Days without a gap on which one counter was meant to sell. */
export interface OperatingSpan {
  readonly counterId: string;
  readonly from: string;
  readonly to: string;
}

/** Counters tell every day, so each has a few. */
export const SPANS_MAX = 3_000;

export interface ClaimSumsRow {
  readonly originCountyCode: string;
  readonly channelKind: VolumeChannel;
  readonly firstDay: string | null;
  /** Of claims that were handed in, whatever became of them. */
  readonly claimedFen: bigint;
  readonly approvedFen: bigint;
}

/** Which counters: these alone, or all but these. */
export interface ToldCounters {
  readonly only?: readonly string[];
  readonly except?: readonly string[];
}

/** Sums of what others have told, for reports. An answer costs the days and counters, or the claimed sales, of its period. */
@Injectable()
export class ToldSumReader {
  constructor(private readonly database: Database) {}

  async counters({ from, to, bucket }: ToldPeriod, which: ToldCounters = {}): Promise<CounterSumsRow[]> {
    if (which.only?.length === 0) return [];
    const among = amongOf(which);
    const names = Object.keys(COUNTER_SUMS) as (keyof CounterSums)[];
    const sums = names.map((name) => `SUM(${COUNTER_SUMS[name]}) AS ${name}`).join(', ');
    const rows = await this.database.query<
      { counterId: string; firstDay: string | null } & Record<keyof CounterSums, string>
    >(
      `SELECT d.counter_id AS counterId, ${firstDay(bucket, 'd.day')} AS firstDay, ${sums}
       FROM counter_day d WHERE d.day BETWEEN ? AND ?${among.sql} GROUP BY counterId, firstDay ORDER BY counterId, firstDay`,
      [from, to, ...among.values],
    );
    return rows.map(({ counterId, firstDay: first, ...told }) => ({
      counterId,
      firstDay: first,
      ...(Object.fromEntries(names.map((name) => [name, BigInt(told[name])])) as CounterSums),
    }));
  }

  /** On which days counters were meant to sell, as far as that has been told: one more than `SPANS_MAX` where there are too many. */
  operatingSpans(
    { from, to }: Pick<ToldPeriod, 'from' | 'to'>,
    which: ToldCounters = {},
  ): Promise<OperatingSpan[]> {
    const among = amongOf(which);
    // Days without a gap are the same distance from their number.
    return this.database.query<OperatingSpan>(
      `SELECT counterId, MIN(day) AS \`from\`, MAX(day) AS \`to\` FROM (
         SELECT d.counter_id AS counterId, d.day,
           DATE_SUB(d.day, INTERVAL ROW_NUMBER() OVER (PARTITION BY d.counter_id ORDER BY d.day) DAY) AS island
         FROM counter_day d WHERE d.day BETWEEN ? AND ? AND d.operating_minutes > 0${among.sql}) numbered
       GROUP BY counterId, island ORDER BY counterId, island LIMIT ?`,
      [from, to, ...among.values, SPANS_MAX + 1],
    );
  }

  /** By county of origin and channel, within divisions. */
  async claims({ from, to, bucket }: ToldPeriod, scope: readonly string[] | 'ALL'): Promise<ClaimSumsRow[]> {
    const { sql, values } = withinScope('l.origin_county_code', scope);
    const rows = await this.database.query<
      Omit<ClaimSumsRow, 'claimedFen' | 'approvedFen'> & { claimedFen: string; approvedFen: string }
    >(
      `SELECT l.origin_county_code AS originCountyCode, l.channel_kind AS channelKind, ${firstDay(bucket, 'l.sold_on')} AS firstDay,
         SUM(l.amount_fen) AS claimedFen, SUM(CASE WHEN c.state = 'APPROVED' THEN l.amount_fen ELSE 0 END) AS approvedFen
       FROM claim_line l JOIN claim c ON c.id = l.claim_id
       WHERE l.sold_on BETWEEN ? AND ? AND c.state <> 'DRAFT'
         AND ${sql}
       GROUP BY originCountyCode, channelKind, firstDay ORDER BY originCountyCode, channelKind, firstDay`,
      [from, to, ...values],
    );
    return rows.map((row) => ({
      ...row,
      claimedFen: BigInt(row.claimedFen),
      approvedFen: BigInt(row.approvedFen),
    }));
  }
}

function amongOf({ only, except = [] }: ToldCounters): { sql: string; values: (readonly string[])[] } {
  if (only) return { sql: ' AND d.counter_id IN (?)', values: [only] };
  return except.length > 0
    ? { sql: ' AND d.counter_id NOT IN (?)', values: [except] }
    : { sql: '', values: [] };
}

function firstDay(bucket: ToldBucket, column: string): string {
  return bucket === null ? 'NULL' : firstDaySql(bucket, column);
}
