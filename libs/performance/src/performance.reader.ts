import { Injectable } from '@nestjs/common';
import { type Bucket, firstDaySql } from '#libs/kernel';
import { Database } from '#platform/database';
import type { DayToMake } from './performance.repository.js';

/** What days are added up to; null for the whole period. */
export type PerformanceBucket = Bucket | null;

/** A day on which a counter operated and was meant to sell. */
const IS_COUNTER_DAY = 'd.is_operating = 1 AND d.due_minutes > 0';

const SUMS = {
  counterDays: IS_COUNTER_DAY,
  recognisedOnCounterDays: `IF(${IS_COUNTER_DAY}, d.recognised_fen, 0)`,
  dueMinutes: 'd.due_minutes',
  sellableMinutes: 'd.sellable_minutes',
  slotMinutes: 'd.slot_minutes',
  emptySlotMinutes: 'd.empty_slot_minutes',
  vends: 'd.vend_count',
  failedVends: 'd.failed_vend_count',
  disputes: 'd.dispute_count',
  expectedUnits: 'd.expected_units',
  countedUnits: 'd.counted_units',
  measuredMinutes: 'd.measured_minutes',
  inBandMinutes: 'd.in_band_minutes',
  lockedUnits: 'd.locked_units',
} as const;

export type PerformanceSums = Readonly<Record<keyof typeof SUMS, bigint>>;

export interface PerformanceSumsRow extends PerformanceSums {
  readonly channelPointId: string;
  /** Null for the whole period. */
  readonly firstDay: string | null;
}

/** When a counter last sold anything and was last filled, as of the end of a day. */
export interface LastActivity {
  readonly channelPointId: string;
  readonly cabinetId: string;
  readonly lastSoldOn: string | null;
  readonly lastFilledOn: string | null;
  /** Whether its place was open. */
  readonly isOpen: boolean;
  /** Whether its cabinet was heard at all on that day. */
  readonly isHeard: boolean;
  readonly dueMinutes: number;
  readonly sellableMinutes: number;
  readonly slotMinutes: number;
  readonly emptySlotMinutes: number;
}

@Injectable()
export class PerformanceReader {
  constructor(private readonly database: Database) {}

  /** Of counters whose cabinet had been heard by then; those that never were say nothing about how they did. */
  async sums(
    { from, to }: { readonly from: string; readonly to: string },
    bucket: PerformanceBucket,
  ): Promise<PerformanceSumsRow[]> {
    const names = Object.keys(SUMS) as (keyof PerformanceSums)[];
    const firstDay = bucket === null ? 'NULL' : firstDaySql(bucket, 'd.business_day');
    const rows = await this.database.query<
      { channelPointId: string; firstDay: string | null } & Record<keyof PerformanceSums, string>
    >(
      `SELECT d.channel_point_id AS channelPointId, ${firstDay} AS firstDay, ${names.map((name) => `SUM(${SUMS[name]}) AS ${name}`).join(', ')}
       FROM performance_day d WHERE d.business_day BETWEEN ? AND ? AND d.is_heard = 1 AND d.made_count > 0
       GROUP BY channelPointId, firstDay ORDER BY channelPointId, firstDay`,
      [from, to],
    );
    return rows.map(({ channelPointId, firstDay: first, ...sums }) => ({
      channelPointId,
      firstDay: first,
      ...(Object.fromEntries(names.map((name) => [name, BigInt(sums[name])])) as PerformanceSums),
    }));
  }

  /** Of which days of these counters we know ourselves, as `point day`. */
  async daysOf(
    channelPointIds: readonly string[],
    { from, to }: { readonly from: string; readonly to: string },
  ): Promise<ReadonlySet<string>> {
    if (channelPointIds.length === 0) return new Set();
    const rows = await this.database.query<{ id: string; day: string }>(
      `SELECT channel_point_id AS id, business_day AS day FROM performance_day
       WHERE channel_point_id IN (?) AND business_day BETWEEN ? AND ? AND is_heard = 1 AND made_count > 0`,
      [channelPointIds, from, to],
    );
    return new Set(rows.map(({ id, day }) => `${id} ${day}`));
  }

  /** The last day of which everything has been made; null before the first. */
  async through(): Promise<string | null> {
    const [row] = await this.database.query<{ day: string }>(
      `SELECT b.business_day AS day FROM performance_begun b WHERE NOT EXISTS (
         SELECT 1 FROM performance_day d WHERE d.business_day = b.business_day AND d.made_count = 0)
       ORDER BY b.business_day DESC LIMIT 1`,
    );
    return row?.day ?? null;
  }

  /** As of the end of a day, of the counters where a cabinet stood on it; of these alone where some are named. */
  async activityOn(day: string, channelPointIds: readonly string[] | null = null): Promise<LastActivity[]> {
    if (channelPointIds?.length === 0) return [];
    const rows = await this.database.query<
      Omit<LastActivity, 'isOpen' | 'isHeard'> & { isOpen: number; isHeard: number }
    >(
      `SELECT channel_point_id AS channelPointId, cabinet_id AS cabinetId, last_sold_on AS lastSoldOn, last_filled_on AS lastFilledOn,
         is_open AS isOpen, is_heard AS isHeard, due_minutes AS dueMinutes, sellable_minutes AS sellableMinutes, slot_minutes AS slotMinutes,
         empty_slot_minutes AS emptySlotMinutes FROM performance_day WHERE business_day = ?${channelPointIds === null ? '' : ' AND channel_point_id IN (?)'}`,
      channelPointIds === null ? [day] : [day, channelPointIds],
    );
    return rows.map((row) => ({
      ...row,
      isOpen: Number(row.isOpen) === 1,
      isHeard: Number(row.isHeard) === 1,
    }));
  }

  /** Counters that were filled in these days, as far as these are over. */
  async filledIn(from: string, to: string): Promise<string[]> {
    const rows = await this.database.query<{ id: string }>(
      'SELECT DISTINCT channel_point_id AS id FROM performance_day WHERE business_day BETWEEN ? AND ? AND filled_units > 0',
      [from, to],
    );
    return rows.map(({ id }) => id);
  }

  /** The last day that has been begun; null before the first. */
  async lastBegun(): Promise<string | null> {
    const [row] = await this.database.query<{ day: string | null }>(
      'SELECT MAX(business_day) AS day FROM performance_begun',
    );
    return row?.day ?? null;
  }

  /** Those that are to be made by now, all of one day: the earliest that waits. */
  async toMake(now: Date, limit: number): Promise<DayToMake[]> {
    const rows = await this.database.query<Omit<DayToMake, 'isOpen'> & { isOpen: number }>(
      `SELECT channel_point_id AS channelPointId, business_day AS businessDay, cabinet_id AS cabinetId, county_code AS countyCode,
         operator_id AS operatorId, opening_hours AS openingHours, is_open AS isOpen, slot_codes AS slotCodes, made_count AS madeCount
       FROM performance_day WHERE make_at <= ? ORDER BY make_at, business_day, channel_point_id LIMIT ?`,
      [now, limit],
    );
    return rows
      .filter(({ businessDay }) => businessDay === rows[0]?.businessDay)
      .map((row) => ({ ...row, isOpen: Number(row.isOpen) === 1 }));
  }
}
