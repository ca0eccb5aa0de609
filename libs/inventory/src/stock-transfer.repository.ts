import { Injectable } from '@nestjs/common';
import { newId, present } from '#libs/kernel';
import type { Tx } from '#platform/database';
import type { StockLevelId } from './stock-level.entity.js';
import type { MovementKind } from './stock-movement.entity.js';
import type { SlotPlace } from './stock.rules.js';

export interface PlacedGoods {
  readonly locationId: string;
  readonly variantId: string;
  readonly batchId: string;
  /** 9999-12-31 for what does not perish. */
  readonly bestBeforeOn: string;
}

export interface PlacedLevel extends PlacedGoods {
  readonly id: StockLevelId;
  readonly onHand: number;
  readonly reserved: number;
}

export interface LevelMove {
  readonly levelId: StockLevelId;
  readonly kind: MovementKind;
  /** Signed. */
  readonly quantity: number;
  readonly causeKey: string;
  readonly at: Date;
  /** Nobody unless said. */
  readonly by?: string | null;
}

const LEVEL = `SELECT id, location_id AS locationId, variant_id AS variantId, batch_id AS batchId, best_before_on AS bestBeforeOn,
  on_hand AS onHand, reserved FROM stock_level`;

/** Levels of one statement: each of them is compared with all of them. */
const LEVELS_AT_ONCE = 200;

/** Goods that go from one place to another. Levels of all places are taken in the order of their ids, as everywhere. */
@Injectable()
export class StockTransferRepository {
  /** The van of a route; made when first needed. */
  async vanOf(tx: Tx, routeId: string): Promise<string> {
    // A no-op for the second of two who are first at once.
    await tx.write(
      `INSERT INTO stock_location (id, kind, merchant_id, channel_point_id, van_route_id, name)
       VALUES (?, 'VAN', NULL, NULL, ?, '补货车') ON DUPLICATE KEY UPDATE kind = kind`,
      [newId('loc'), routeId],
    );
    const [row] = await tx.query<{ id: string }>('SELECT id FROM stock_location WHERE van_route_id = ?', [
      routeId,
    ]);
    return present(row, 'the van that was just made').id;
  }

  /** Where goods lie that are on no shelf; made when first needed. */
  async heldFor(tx: Tx, id: string): Promise<string> {
    // A no-op for the second of two who are first at once.
    await tx.write(
      `INSERT INTO stock_location (id, kind, merchant_id, channel_point_id, held_for, name)
       VALUES (?, 'HELD', NULL, NULL, ?, '在途待处理') ON DUPLICATE KEY UPDATE kind = kind`,
      [newId('loc'), id],
    );
    const [row] = await tx.query<{ id: string }>('SELECT id FROM stock_location WHERE held_for = ?', [id]);
    return present(row, 'the place that was just made').id;
  }

  /** The places of slots, in the order asked for; made when first needed. */
  async slotsOf(tx: Tx, slots: readonly SlotPlace[]): Promise<string[]> {
    if (slots.length === 0) return [];
    // A no-op for those that are there.
    await tx.write(
      `INSERT INTO stock_location (id, kind, merchant_id, channel_point_id, slot_code, name) VALUES ?
       ON DUPLICATE KEY UPDATE kind = VALUES(kind)`,
      [
        slots.map(({ channelPointId, slotCode }) => [
          newId('loc'),
          'SHELF',
          null,
          channelPointId,
          slotCode,
          slotCode === '' ? '货架' : `货道 ${slotCode}`,
        ]),
      ],
    );
    const rows = await tx.query<SlotPlace & { readonly id: string }>(
      'SELECT id, channel_point_id AS channelPointId, slot_code AS slotCode FROM stock_location WHERE channel_point_id IN (?) AND slot_code IN (?)',
      [slots.map(({ channelPointId }) => channelPointId), slots.map(({ slotCode }) => slotCode)],
    );
    return slots.map(({ channelPointId, slotCode }) => {
      const row = rows.find((each) => each.channelPointId === channelPointId && each.slotCode === slotCode);
      return present(row, 'the place that was just made').id;
    });
  }

  /** Levels for what may never have lain there. */
  async ensure(tx: Tx, goods: readonly PlacedGoods[]): Promise<void> {
    if (goods.length === 0) return;
    await tx.write(
      `INSERT INTO stock_level (id, variant_id, location_id, batch_id, best_before_on, on_hand, reserved) VALUES ?
       ON DUPLICATE KEY UPDATE on_hand = stock_level.on_hand`,
      [
        goods.map(({ locationId, variantId, batchId, bestBeforeOn }) => [
          newId('stk'),
          variantId,
          locationId,
          batchId,
          bestBeforeOn,
          0,
          0,
        ]),
      ],
    );
  }

  /** These levels and all that lies at these places, held until the end of the transaction. */
  async lock(tx: Tx, goods: readonly PlacedGoods[], locationIds: readonly string[]): Promise<PlacedLevel[]> {
    const ids = await this.idsOf(tx, goods);
    const parts = [
      ...(ids.length > 0 ? ['id IN (?)'] : []),
      ...(locationIds.length > 0 ? ['location_id IN (?)'] : []),
    ];
    if (parts.length === 0) return [];
    return tx.query<PlacedLevel>(`${LEVEL} WHERE ${parts.join(' OR ')} ORDER BY id FOR UPDATE`, [
      ...(ids.length > 0 ? [ids] : []),
      ...(locationIds.length > 0 ? [locationIds] : []),
    ]);
  }

  /** By their index alone and without a lock: which level is of what never changes. MariaDB uses no index for triples, and would lock its way through all levels. */
  private async idsOf(tx: Tx, goods: readonly PlacedGoods[]): Promise<string[]> {
    if (goods.length === 0) return [];
    const keyOf = (each: Omit<PlacedGoods, 'bestBeforeOn'>) =>
      `${each.locationId}/${each.variantId}/${each.batchId}`;
    const wanted = new Set(goods.map(keyOf));
    const rows = await tx.query<Omit<PlacedGoods, 'bestBeforeOn'> & { readonly id: string }>(
      `SELECT id, location_id AS locationId, variant_id AS variantId, batch_id AS batchId FROM stock_level
       WHERE variant_id IN (?) AND location_id IN (?)`,
      [
        [...new Set(goods.map(({ variantId }) => variantId))],
        [...new Set(goods.map(({ locationId }) => locationId))],
      ],
    );
    return rows.filter((row) => wanted.has(keyOf(row))).map(({ id }) => id);
  }

  /** What this cause has moved already. */
  async moved(
    tx: Tx,
    levelIds: readonly string[],
    causeKey: string,
  ): Promise<{ readonly levelId: StockLevelId; readonly quantity: number }[]> {
    if (levelIds.length === 0) return [];
    return tx.query(
      'SELECT stock_level_id AS levelId, quantity FROM stock_movement WHERE stock_level_id IN (?) AND cause_key = ?',
      [levelIds, causeKey],
    );
  }

  /** What has moved since. */
  async since(
    tx: Tx,
    levelIds: readonly string[],
    at: Date,
  ): Promise<{ readonly levelId: StockLevelId; readonly quantity: number; readonly movedAt: Date }[]> {
    if (levelIds.length === 0) return [];
    return tx.query(
      'SELECT stock_level_id AS levelId, quantity, moved_at AS movedAt FROM stock_movement WHERE stock_level_id IN (?) AND moved_at > ?',
      [levelIds, at],
    );
  }

  /** Of levels that are locked, by whoever has seen that there is enough. */
  async apply(tx: Tx, moves: readonly LevelMove[]): Promise<void> {
    const real = moves.filter(({ quantity }) => quantity !== 0);
    if (real.length === 0) return;
    await tx.insert(
      'stock_movement',
      real.map(({ levelId, kind, quantity, causeKey, at, by = null }) => ({
        id: newId('stm'),
        stockLevelId: levelId,
        kind,
        quantity,
        causeKey,
        movedAt: at,
        movedBy: by,
      })),
    );
    const changes = new Map<string, number>();
    for (const { levelId, quantity } of real) changes.set(levelId, (changes.get(levelId) ?? 0) + quantity);
    const all = [...changes.keys()].toSorted();
    for (let at = 0; at < all.length; at += LEVELS_AT_ONCE) {
      const ids = all.slice(at, at + LEVELS_AT_ONCE);
      await tx.write(
        `UPDATE stock_level SET on_hand = on_hand + CASE id ${ids.map(() => 'WHEN ? THEN ?').join(' ')} ELSE 0 END WHERE id IN (?)`,
        [...ids.flatMap((id) => [id, changes.get(id) ?? 0]), ids],
      );
    }
  }
}
