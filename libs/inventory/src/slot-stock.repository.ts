import { Injectable } from '@nestjs/common';
import { newId, present } from '#libs/kernel';
import type { Tx } from '#platform/database';
import type { StockLevelId } from './stock-level.entity.js';
import type { MovementKind } from './stock-movement.entity.js';
import type { SlotPlace } from './stock.rules.js';

export interface SlotLevel {
  readonly id: StockLevelId;
  readonly variantId: string;
  readonly batchId: string;
  readonly bestBeforeOn: string;
  readonly onHand: number;
  readonly reserved: number;
}

@Injectable()
export class SlotStockRepository {
  /** What lies in a slot, batch by batch, held until the end of the transaction; what is used up as well. In the order of their ids, as everywhere. */
  async lock(tx: Tx, { channelPointId, slotCode }: SlotPlace): Promise<SlotLevel[]> {
    return tx.query<SlotLevel>(
      `SELECT l.id, l.variant_id AS variantId, l.batch_id AS batchId, l.best_before_on AS bestBeforeOn, l.on_hand AS onHand, l.reserved
       FROM stock_level l JOIN stock_location p ON p.id = l.location_id
       WHERE p.channel_point_id = ? AND p.slot_code = ? ORDER BY l.id FOR UPDATE`,
      [channelPointId, slotCode],
    );
  }

  /** The level of a batch there; place and level are made when first needed. */
  async lockLevel(
    tx: Tx,
    slot: SlotPlace,
    { variantId, batchId, bestBeforeOn }: Pick<SlotLevel, 'variantId' | 'batchId' | 'bestBeforeOn'>,
  ): Promise<SlotLevel> {
    const locationId = await this.locationOf(tx, slot);
    await tx.write(
      `INSERT INTO stock_level (id, variant_id, location_id, batch_id, best_before_on, on_hand, reserved)
       VALUES (?, ?, ?, ?, ?, 0, 0) ON DUPLICATE KEY UPDATE on_hand = on_hand`,
      [newId('stk'), variantId, locationId, batchId, bestBeforeOn],
    );
    const level = (await this.lock(tx, slot)).find(
      (each) => each.batchId === batchId && each.variantId === variantId,
    );
    return present(level, 'the level that was just made');
  }

  async move(
    tx: Tx,
    levelId: StockLevelId,
    { kind, quantity, causeKey, at }: SlotMovement,
  ): Promise<boolean> {
    // What is promised stays: the guard is the same as that of whoever ships.
    const moved = await tx.write(
      'UPDATE stock_level SET on_hand = on_hand + ? WHERE id = ? AND on_hand + ? >= reserved',
      [quantity, levelId, quantity],
    );
    if (moved !== 1) return false;
    await tx.insert('stock_movement', [
      { id: newId('stm'), stockLevelId: levelId, kind, quantity, causeKey, movedAt: at },
    ]);
    return true;
  }

  private async locationOf(tx: Tx, { channelPointId, slotCode }: SlotPlace): Promise<string> {
    // A no-op for the second of two who are first at once.
    await tx.write(
      `INSERT INTO stock_location (id, kind, merchant_id, channel_point_id, slot_code, name)
       VALUES (?, 'SHELF', NULL, ?, ?, ?) ON DUPLICATE KEY UPDATE kind = kind`,
      [newId('loc'), channelPointId, slotCode, `货道 ${slotCode}`],
    );
    const [row] = await tx.query<{ id: string }>(
      'SELECT id FROM stock_location WHERE channel_point_id = ? AND slot_code = ?',
      [channelPointId, slotCode],
    );
    return present(row, 'the place that was just made').id;
  }
}

export interface SlotMovement {
  readonly kind: MovementKind;
  /** Signed. */
  readonly quantity: number;
  readonly causeKey: string;
  readonly at: Date;
}
