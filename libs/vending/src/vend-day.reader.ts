import { Injectable } from '@nestjs/common';
import { OrderReader } from '#libs/ordering';
import { Database } from '#platform/database';
import type { DoorOpeningState } from './door-opening.entity.js';
import type { VendItemState } from './vend.entity.js';
import { hasFailed, wasBegun } from './vend-day.rules.js';

interface Span {
  readonly fromAt: Date;
  readonly toAt: Date;
}

/** A line of a vend that was begun, or of what was billed of an opened door. */
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
  constructor(
    private readonly database: Database,
    private readonly orders: OrderReader,
  ) {}

  async begunIn(cabinetIds: readonly string[], { fromAt, toAt }: Span): Promise<BegunItem[]> {
    if (cabinetIds.length === 0) return [];
    const rows = await this.database.query<{ cabinetId: string; orderLineId: string; state: VendItemState }>(
      `SELECT v.cabinet_id AS cabinetId, i.order_line_id AS orderLineId, i.state FROM vend v JOIN vend_item i ON i.vend_id = v.id
       WHERE v.cabinet_id IN (?) AND v.begun_at >= ? AND v.begun_at < ?`,
      [cabinetIds, fromAt, toAt],
    );
    return [
      ...rows
        .filter(({ state }) => wasBegun(state))
        .map(({ state, ...item }) => ({ ...item, hasFailed: hasFailed(state) })),
      ...(await this.openedIn(cabinetIds, { fromAt, toAt })),
    ];
  }

  /** Of doors that were to open: each line that was billed, or the opening itself where nothing was. One that did not open has failed. */
  private async openedIn(cabinetIds: readonly string[], { fromAt, toAt }: Span): Promise<BegunItem[]> {
    const openings = await this.database.query<{
      cabinetId: string;
      orderId: string | null;
      state: DoorOpeningState;
    }>(
      `SELECT cabinet_id AS cabinetId, order_id AS orderId, state FROM door_opening
       WHERE cabinet_id IN (?) AND asked_at >= ? AND asked_at < ? AND state NOT IN ('OPENING', 'OPEN')`,
      [cabinetIds, fromAt, toAt],
    );
    const lines = await this.orders.linesOfOrders(openings.flatMap(({ orderId }) => orderId ?? []));
    return openings.flatMap(({ cabinetId, orderId, state }): BegunItem[] => {
      const billed = lines.filter((line) => line.orderId === orderId);
      if (billed.length === 0) return [{ cabinetId, orderLineId: '', hasFailed: state === 'NOT_OPENED' }];
      return billed.map(({ id }) => ({ cabinetId, orderLineId: id, hasFailed: false }));
    });
  }

  /** What counts found of what they should have, and what was taken out of open cabinets and nobody pays for. */
  async countedIn(cabinetIds: readonly string[], { fromAt, toAt }: Span): Promise<CountedSum[]> {
    if (cabinetIds.length === 0) return [];
    const rows = await this.database.query<Record<keyof CountedSum, string>>(
      `SELECT cabinetId, SUM(expectedUnits) AS expectedUnits, SUM(countedUnits) AS countedUnits FROM (
         SELECT cabinet_id AS cabinetId, expected_units AS expectedUnits, counted_units AS countedUnits FROM slot_count
         WHERE cabinet_id IN (?) AND counted_at >= ? AND counted_at < ?
         UNION ALL SELECT cabinet_id, units, 0 FROM slot_loss WHERE cabinet_id IN (?) AND lost_at >= ? AND lost_at < ?) found
       GROUP BY cabinetId`,
      [cabinetIds, fromAt, toAt, cabinetIds, fromAt, toAt],
    );
    return rows.map(({ cabinetId, expectedUnits, countedUnits }) => ({
      cabinetId,
      expectedUnits: Number(expectedUnits),
      countedUnits: Number(countedUnits),
    }));
  }

  /** The slots and trays that somebody has planned, in the order of their codes. */
  plannedIn(
    cabinetIds: readonly string[],
  ): Promise<{ readonly cabinetId: string; readonly slotCode: string }[]> {
    if (cabinetIds.length === 0) return Promise.resolve([]);
    return this.database.query(
      `SELECT cabinet_id AS cabinetId, slot_code AS slotCode FROM planogram_slot WHERE cabinet_id IN (?)
       UNION SELECT cabinet_id, slot_code FROM tray_good WHERE cabinet_id IN (?) ORDER BY cabinetId, slotCode`,
      [cabinetIds, cabinetIds],
    );
  }
}
