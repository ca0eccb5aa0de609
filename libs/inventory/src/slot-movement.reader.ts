import { Injectable } from '@nestjs/common';
import { Database } from '#platform/database';
import type { MovementKind } from './stock-movement.entity.js';
import type { SlotPlace } from './stock.rules.js';

/** What went in or out of a slot. */
export interface SlotMovement extends SlotPlace {
  readonly quantity: number;
  readonly movedAt: Date;
  /** Somebody has put goods in; no correction, and nothing that came back. */
  readonly isFilling: boolean;
}

export interface SlotUnits extends SlotPlace {
  readonly units: number;
}

const NO_FILLINGS: readonly MovementKind[] = ['COUNTED', 'RETURNED', 'SHIPPED'];

/** What lay in slots over a time: what lies there now, less what has moved since. */
@Injectable()
export class SlotMovementReader {
  constructor(private readonly database: Database) {}

  unitsNow(channelPointIds: readonly string[]): Promise<SlotUnits[]> {
    return this.sum(
      `SELECT p.channel_point_id AS channelPointId, p.slot_code AS slotCode, SUM(l.on_hand) AS units
       FROM stock_location p JOIN stock_level l ON l.location_id = p.id
       WHERE p.channel_point_id IN (?) AND p.slot_code <> '' AND l.on_hand > 0 GROUP BY p.channel_point_id, p.slot_code`,
      channelPointIds,
    );
  }

  /** From an instant until now, in their order. */
  async since(channelPointIds: readonly string[], fromAt: Date): Promise<SlotMovement[]> {
    if (channelPointIds.length === 0) return [];
    const rows = await this.database.query<Omit<SlotMovement, 'isFilling'> & { kind: MovementKind }>(
      `SELECT p.channel_point_id AS channelPointId, p.slot_code AS slotCode, m.kind, m.quantity, m.moved_at AS movedAt
       FROM stock_location p JOIN stock_level l ON l.location_id = p.id JOIN stock_movement m ON m.stock_level_id = l.id
       WHERE p.channel_point_id IN (?) AND p.slot_code <> '' AND m.moved_at >= ? ORDER BY m.moved_at, m.id`,
      [channelPointIds, fromAt],
    );
    return rows.map(({ kind, ...row }) => ({
      ...row,
      isFilling: row.quantity > 0 && !NO_FILLINGS.includes(kind),
    }));
  }

  /** When goods were last put into slots since then, by place; those where nothing was are not there. */
  async filledSince(fromAt: Date): Promise<{ readonly channelPointId: string; readonly lastAt: Date }[]> {
    return this.database.query(
      `SELECT p.channel_point_id AS channelPointId, MAX(m.moved_at) AS lastAt
       FROM stock_location p JOIN stock_level l ON l.location_id = p.id JOIN stock_movement m ON m.stock_level_id = l.id
       WHERE p.slot_code <> '' AND m.moved_at >= ? AND m.quantity > 0 AND m.kind NOT IN (?) GROUP BY p.channel_point_id`,
      [fromAt, NO_FILLINGS],
    );
  }

  /** Of these places those in whose slots anything lies. */
  async stockedPlaces(channelPointIds: readonly string[]): Promise<ReadonlySet<string>> {
    if (channelPointIds.length === 0) return new Set();
    const rows = await this.database.query<{ id: string }>(
      `SELECT DISTINCT p.channel_point_id AS id FROM stock_location p JOIN stock_level l ON l.location_id = p.id
       WHERE p.channel_point_id IN (?) AND p.slot_code <> '' AND l.on_hand > 0`,
      [channelPointIds],
    );
    return new Set(rows.map(({ id }) => id));
  }

  private async sum(sql: string, channelPointIds: readonly string[]): Promise<SlotUnits[]> {
    if (channelPointIds.length === 0) return [];
    const rows = await this.database.query<SlotPlace & { units: string }>(sql, [channelPointIds]);
    return rows.map(({ units, ...row }) => ({ ...row, units: Number(units) }));
  }
}
