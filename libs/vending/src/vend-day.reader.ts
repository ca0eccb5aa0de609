import { Injectable } from '@nestjs/common';
import { Database } from '#platform/database';
import type { VendItemState } from './vend.entity.js';
import { hasFailed, wasBegun } from './vend-day.rules.js';

interface Span {
  readonly fromAt: Date;
  readonly toAt: Date;
}

/** A line of a vend that was begun. */
export interface BegunItem {
  readonly cabinetId: string;
  readonly orderLineId: string;
  readonly hasFailed: boolean;
}

export interface CountedSum {
  readonly cabinetId: string;
  readonly expectedUnits: number;
  readonly countedUnits: number;
}

/** What cabinets handed out, and what was found in them, over a time: for whoever sums it up. */
@Injectable()
export class VendDayReader {
  constructor(private readonly database: Database) {}

  async begunIn(cabinetIds: readonly string[], { fromAt, toAt }: Span): Promise<BegunItem[]> {
    if (cabinetIds.length === 0) return [];
    const rows = await this.database.query<{ cabinetId: string; orderLineId: string; state: VendItemState }>(
      `SELECT v.cabinet_id AS cabinetId, i.order_line_id AS orderLineId, i.state FROM vend v JOIN vend_item i ON i.vend_id = v.id
       WHERE v.cabinet_id IN (?) AND v.begun_at >= ? AND v.begun_at < ?`,
      [cabinetIds, fromAt, toAt],
    );
    return rows
      .filter(({ state }) => wasBegun(state))
      .map(({ state, ...item }) => ({ ...item, hasFailed: hasFailed(state) }));
  }

  async countedIn(cabinetIds: readonly string[], { fromAt, toAt }: Span): Promise<CountedSum[]> {
    if (cabinetIds.length === 0) return [];
    const rows = await this.database.query<Record<keyof CountedSum, string>>(
      `SELECT cabinet_id AS cabinetId, SUM(expected_units) AS expectedUnits, SUM(counted_units) AS countedUnits FROM slot_count
       WHERE cabinet_id IN (?) AND counted_at >= ? AND counted_at < ? GROUP BY cabinet_id`,
      [cabinetIds, fromAt, toAt],
    );
    return rows.map(({ cabinetId, expectedUnits, countedUnits }) => ({
      cabinetId,
      expectedUnits: Number(expectedUnits),
      countedUnits: Number(countedUnits),
    }));
  }

  /** The slots that somebody has planned, in the order of their codes. */
  plannedIn(
    cabinetIds: readonly string[],
  ): Promise<{ readonly cabinetId: string; readonly slotCode: string }[]> {
    if (cabinetIds.length === 0) return Promise.resolve([]);
    return this.database.query(
      'SELECT cabinet_id AS cabinetId, slot_code AS slotCode FROM planogram_slot WHERE cabinet_id IN (?) ORDER BY cabinet_id, slot_code',
      [cabinetIds],
    );
  }
}
