import { Injectable } from '@nestjs/common';
import { newId, present } from '#libs/kernel';
import type { Tx } from '#platform/database';
import type { AdoptionObjectId } from './adoption-offer.entity.js';
import type { PresaleDayId } from './presale.entity.js';
import type { StockLevelId } from './stock-level.entity.js';
import type { FreeLevel, SlotPlace, Taking } from './stock.rules.js';
import { notStopped } from './batch-stop.rules.js';

export interface HeldReservation {
  readonly id: string;
  readonly orderLineId: string;
  readonly levelId: StockLevelId | PresaleDayId | AdoptionObjectId;
  /** Of the level units, of a day of a harvest grams. */
  readonly quantity: number;
}

/** Whether it is a day of a harvest, of which grams are taken, and no level. */
export function isHarvestDay(levelId: string): levelId is PresaleDayId {
  return levelId.startsWith('psd_');
}

/** Whether it is an object that is adopted, of which portions are taken. */
export function isAdoptedObject(levelId: string): levelId is AdoptionObjectId {
  return levelId.startsWith('aob_');
}

/** What has `reserved` and `shipped`, the one written down and the other up when something leaves. */
function growing(
  levelId: string,
): { readonly table: string; readonly reserved: string; readonly shipped: string } | null {
  if (isHarvestDay(levelId)) return { table: 'presale_day', reserved: 'reserved_g', shipped: 'shipped_g' };
  if (isAdoptedObject(levelId)) return { table: 'adoption_object', reserved: 'reserved', shipped: 'shipped' };
  return null;
}

/** Whether it is a stock level, of which units are taken. */
export function isLevel(levelId: string): levelId is StockLevelId {
  return !isHarvestDay(levelId) && !isAdoptedObject(levelId);
}

export interface Goods {
  readonly merchantId: string;
  readonly variantId: string;
  readonly batchId: string;
  readonly bestBeforeOn: string;
}

export interface LevelRow {
  readonly id: StockLevelId;
  readonly onHand: number;
  readonly reserved: number;
}

const FREE = `SELECT l.id, l.variant_id AS variantId, l.batch_id AS batchId, l.best_before_on AS bestBeforeOn,
  l.on_hand - l.reserved AS free FROM stock_level l JOIN stock_location p ON p.id = l.location_id
  WHERE l.variant_id IN (?) AND p.kind = 'WAREHOUSE' AND l.best_before_on >= ? AND l.on_hand > l.reserved AND ${notStopped('l.batch_id')}`;

/** The place as `placeKey` says it. */
const FREE_IN_SLOTS = `SELECT l.id, l.variant_id AS variantId, l.batch_id AS batchId, l.best_before_on AS bestBeforeOn,
  l.on_hand - l.reserved AS free, CONCAT(p.channel_point_id, '/', p.slot_code) AS place
  FROM stock_location p JOIN stock_level l ON l.location_id = p.id
  WHERE p.channel_point_id IN (?) AND p.slot_code IN (?) AND l.best_before_on >= ? AND l.on_hand > l.reserved AND ${notStopped('l.batch_id')}`;

@Injectable()
export class StockRepository {
  /** What could be sold on `day`, unlocked: good enough to plan with, never to promise. */
  freeLevels(tx: Tx, variantIds: readonly string[], day: string): Promise<FreeLevel[]> {
    return tx.query<FreeLevel>(FREE, [variantIds, day]);
  }

  /** The same in slots: of several places perhaps too many, which nobody has asked for. */
  freeInSlots(tx: Tx, slots: readonly SlotPlace[], day: string): Promise<FreeLevel[]> {
    const [points, codes] = [
      slots.map(({ channelPointId }) => channelPointId),
      slots.map(({ slotCode }) => slotCode),
    ];
    return tx.query<FreeLevel>(FREE_IN_SLOTS, [points, codes, day]);
  }

  /** The same rows, held until the end of the transaction; locked in order of id, like everywhere. */
  async lockLevels(tx: Tx, seen: readonly FreeLevel[]): Promise<FreeLevel[]> {
    const rows = await tx.query<FreeLevel>(
      `SELECT id, variant_id AS variantId, batch_id AS batchId, best_before_on AS bestBeforeOn,
         on_hand - reserved AS free FROM stock_level WHERE id IN (?) AND ${notStopped('stock_level.batch_id')} ORDER BY id FOR UPDATE`,
      [seen.map(({ id }) => id)],
    );
    // Where they lie never changes.
    const placeOf = new Map(seen.map(({ id, place }) => [id, place]));
    return rows.map((row) => ({ ...row, place: placeOf.get(row.id) ?? '' }));
  }

  /** The same of several levels with one statement, which takes them in the order of their ids; false where one of them has not enough, and then the transaction is to be undone. */
  async takeLevels(tx: Tx, takings: readonly Taking[]): Promise<boolean> {
    const matched = await tx.write(
      `UPDATE stock_level SET reserved = reserved + CASE id ${takings.map(() => 'WHEN ? THEN ?').join(' ')} END
       WHERE (${takings.map(() => '(id = ? AND on_hand - reserved >= ?)').join(' OR ')}) AND ${notStopped('stock_level.batch_id')}`,
      [...takings, ...takings].flatMap(({ levelId, quantity }) => [levelId, quantity]),
    );
    return matched === takings.length;
  }

  /** The check and the take are one statement, so two buyers cannot both get the last one. */
  async take(tx: Tx, levelId: string, quantity: number): Promise<boolean> {
    // An object is taken whole, and only while nobody has adopted it.
    if (isAdoptedObject(levelId)) return this.adopt(tx, levelId, quantity);
    const sql = isHarvestDay(levelId)
      ? 'UPDATE presale_day SET reserved_g = reserved_g + ? WHERE id = ? AND capacity_g - reserved_g - shipped_g >= ?'
      : `UPDATE stock_level SET reserved = reserved + ? WHERE id = ? AND on_hand - reserved >= ? AND ${notStopped('stock_level.batch_id')}`;
    return (await tx.write(sql, [quantity, levelId, quantity])) === 1;
  }

  private async adopt(tx: Tx, objectId: AdoptionObjectId, portions: number): Promise<boolean> {
    const matched = await tx.write(
      `UPDATE adoption_object SET reserved = ? WHERE id = ? AND state = 'STANDING' AND reserved = 0 AND shipped = 0
         AND portions = ?`,
      [portions, objectId, portions],
    );
    return matched === 1;
  }

  async giveBack(tx: Tx, levelId: string, quantity: number): Promise<boolean> {
    const { table, reserved } = growing(levelId) ?? { table: 'stock_level', reserved: 'reserved' };
    const sql = `UPDATE ${table} SET ${reserved} = ${reserved} - ? WHERE id = ? AND ${reserved} >= ?`;
    return (await tx.write(sql, [quantity, levelId, quantity])) === 1;
  }

  async carryOut(tx: Tx, levelId: string, quantity: number): Promise<boolean> {
    const { table, reserved, shipped } = growing(levelId) ?? {};
    if (table) {
      const moved = await tx.write(
        `UPDATE ${table} SET ${reserved} = ${reserved} - ?, ${shipped} = ${shipped} + ? WHERE id = ? AND ${reserved} >= ?`,
        [quantity, quantity, levelId, quantity],
      );
      return moved === 1;
    }
    const matched = await tx.write(
      `UPDATE stock_level SET on_hand = on_hand - ?, reserved = reserved - ?
       WHERE id = ? AND reserved >= ? AND on_hand >= ?`,
      [quantity, quantity, levelId, quantity, quantity],
    );
    return matched === 1;
  }

  /** Locked, so that the sums read here are the sums that are written. */
  lockHeldOfOrders(tx: Tx, orderIds: readonly string[]): Promise<HeldReservation[]> {
    return tx.query<HeldReservation>(
      `SELECT id, order_line_id AS orderLineId, stock_level_id AS levelId, quantity FROM stock_reservation
       WHERE order_id IN (?) AND state = 'HELD' ORDER BY id FOR UPDATE`,
      [orderIds],
    );
  }

  lockHeldOfLines(tx: Tx, orderLineIds: readonly string[]): Promise<HeldReservation[]> {
    return tx.query<HeldReservation>(
      `SELECT id, order_line_id AS orderLineId, stock_level_id AS levelId, quantity FROM stock_reservation
       WHERE order_line_id IN (?) AND state = 'HELD' ORDER BY id FOR UPDATE`,
      [orderLineIds],
    );
  }

  /** What is left of a reservation of which some units leave: never nothing, which is SHIPPED. */
  async keepHeld(tx: Tx, id: string, left: number): Promise<boolean> {
    if (left <= 0) return false;
    const matched = await tx.write(
      "UPDATE stock_reservation SET quantity = ? WHERE id = ? AND state = 'HELD' AND quantity > ?",
      [left, id, left],
    );
    return matched === 1;
  }

  async moveReservations(tx: Tx, ids: readonly string[], to: 'SHIPPED' | 'RELEASED'): Promise<void> {
    await tx.write("UPDATE stock_reservation SET state = ? WHERE id IN (?) AND state = 'HELD'", [to, ids]);
  }

  /** The level of a batch in its merchant's warehouse; both are made when first needed. Locked, so that receipts follow each other. */
  async lockLevel(tx: Tx, goods: Goods): Promise<LevelRow> {
    const { variantId, batchId, bestBeforeOn } = goods;
    const locationId = await this.warehouseOf(tx, goods.merchantId);
    await tx.write(
      `INSERT INTO stock_level (id, variant_id, location_id, batch_id, best_before_on, on_hand, reserved)
       VALUES (?, ?, ?, ?, ?, 0, 0) ON DUPLICATE KEY UPDATE on_hand = on_hand`,
      [newId('stk'), variantId, locationId, batchId, bestBeforeOn],
    );
    const [level] = await tx.query<LevelRow>(
      `SELECT id, on_hand AS onHand, reserved FROM stock_level
       WHERE variant_id = ? AND location_id = ? AND batch_id = ? FOR UPDATE`,
      [variantId, locationId, batchId],
    );
    return present(level, 'the level that was just made');
  }

  async movementQuantity(tx: Tx, levelId: string, causeKey: string): Promise<number | null> {
    const [movement] = await tx.query<{ quantity: number }>(
      'SELECT quantity FROM stock_movement WHERE stock_level_id = ? AND cause_key = ?',
      [levelId, causeKey],
    );
    return movement?.quantity ?? null;
  }

  /** All that has come in of a batch, in grams, whatever it was packed as. */
  async receivedG(tx: Tx, batchId: string): Promise<bigint> {
    const [row] = await tx.query<{ receivedG: string }>(
      `SELECT COALESCE(SUM(m.quantity * v.net_weight_g), 0) AS receivedG FROM stock_level l
       JOIN stock_movement m ON m.stock_level_id = l.id AND m.kind = 'RECEIVED'
       JOIN product_variant v ON v.id = l.variant_id WHERE l.batch_id = ?`,
      [batchId],
    );
    return BigInt(row?.receivedG ?? 0);
  }

  async addOnHand(tx: Tx, levelId: string, quantity: number): Promise<void> {
    await tx.write('UPDATE stock_level SET on_hand = on_hand + ? WHERE id = ?', [quantity, levelId]);
  }

  /** A merchant's one warehouse; made when first needed. */
  async warehouseOf(tx: Tx, merchantId: string): Promise<string> {
    // A no-op for the second of two who are first at once.
    await tx.write(
      `INSERT INTO stock_location (id, kind, merchant_id, channel_point_id, name)
       VALUES (?, 'WAREHOUSE', ?, NULL, '仓库') ON DUPLICATE KEY UPDATE kind = kind`,
      [newId('loc'), merchantId],
    );
    const [row] = await tx.query<{ id: string }>('SELECT id FROM stock_location WHERE merchant_id = ?', [
      merchantId,
    ]);
    return present(row, 'the warehouse that was just made').id;
  }
}
