import { Injectable } from '@nestjs/common';
import type { Tx } from '#platform/database';
import type { PerformanceDay } from './performance.entity.js';

/** What a day holds that is made again and again; the rest of a row stays as it was first written. */
const MADE = [
  'make_at',
  'made_count',
  'is_heard',
  'is_operating',
  'due_minutes',
  'unknown_minutes',
  'sellable_minutes',
  'slot_minutes',
  'empty_slot_minutes',
  'vend_count',
  'failed_vend_count',
  'dispute_count',
  'expected_units',
  'counted_units',
  'measured_minutes',
  'in_band_minutes',
  'locked_units',
  'sold_units',
  'recognised_fen',
  'filled_units',
  'last_sold_on',
  'last_filled_on',
] as const;

const ROWS_PER_STATEMENT = 500;

export type PerformanceRow = Pick<PerformanceDay, keyof PerformanceDay>;

/** What of it decides how it is made. */
export type DayToMake = Pick<
  PerformanceDay,
  | 'channelPointId'
  | 'businessDay'
  | 'cabinetId'
  | 'countyCode'
  | 'operatorId'
  | 'openingHours'
  | 'isOpen'
  | 'slotCodes'
  | 'madeCount'
>;

@Injectable()
export class PerformanceRepository {
  async isBegun(tx: Tx, day: string): Promise<boolean> {
    return (
      (await tx.query('SELECT business_day FROM performance_begun WHERE business_day = ?', [day])).length > 0
    );
  }

  /** Throws on the primary key where somebody else has begun the same day at the same moment. */
  async insertBegun(tx: Tx, day: string): Promise<void> {
    await tx.insert('performance_begun', [{ businessDay: day }]);
  }

  async insert(tx: Tx, rows: readonly PerformanceRow[]): Promise<void> {
    for (let start = 0; start < rows.length; start += ROWS_PER_STATEMENT)
      await tx.insert(
        'performance_day',
        rows.slice(start, start + ROWS_PER_STATEMENT).map((row) => ({ ...row })),
      );
  }

  /** Of these days only those that nobody else has made meanwhile, locked until the caller's transaction ends. */
  async lockUnmade(tx: Tx, day: string, expected: ReadonlyMap<string, number>): Promise<ReadonlySet<string>> {
    const rows = await tx.query<{ id: string; madeCount: number }>(
      `SELECT channel_point_id AS id, made_count AS madeCount FROM performance_day
       WHERE business_day = ? AND channel_point_id IN (?) ORDER BY channel_point_id FOR UPDATE`,
      [day, [...expected.keys()]],
    );
    return new Set(rows.filter(({ id, madeCount }) => expected.get(id) === madeCount).map(({ id }) => id));
  }

  async put(tx: Tx, rows: readonly PerformanceRow[]): Promise<void> {
    if (rows.length === 0) return;
    const columns = [
      'channel_point_id',
      'business_day',
      'cabinet_id',
      'county_code',
      'operator_id',
      'opening_hours',
      'is_open',
      'slot_codes',
      ...MADE,
    ];
    const values = rows.map((row) => [
      row.channelPointId,
      row.businessDay,
      row.cabinetId,
      row.countyCode,
      row.operatorId,
      row.openingHours,
      row.isOpen,
      row.slotCodes,
      row.makeAt,
      row.madeCount,
      row.isHeard,
      row.isOperating,
      row.dueMinutes,
      row.unknownMinutes,
      row.sellableMinutes,
      row.slotMinutes,
      row.emptySlotMinutes,
      row.vendCount,
      row.failedVendCount,
      row.disputeCount,
      row.expectedUnits,
      row.countedUnits,
      row.measuredMinutes,
      row.inBandMinutes,
      row.lockedUnits,
      row.soldUnits,
      row.recognisedFen,
      row.filledUnits,
      row.lastSoldOn,
      row.lastFilledOn,
    ]);
    await tx.write(
      `INSERT INTO performance_day (${columns.join(', ')}) VALUES ? ON DUPLICATE KEY UPDATE ${MADE.map((name) => `${name} = VALUES(${name})`).join(', ')}`,
      [values],
    );
  }

  /** A month in review keeps its days as they are. */
  async rest(tx: Tx, day: string, channelPointIds: readonly string[]): Promise<void> {
    await tx.write(
      'UPDATE performance_day SET make_at = NULL WHERE business_day = ? AND channel_point_id IN (?) AND made_count > 0',
      [day, channelPointIds],
    );
  }
}
