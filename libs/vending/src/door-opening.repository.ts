import { Injectable } from '@nestjs/common';
import { type FenText, fen } from '#libs/kernel';
import type { Tx } from '#platform/database';
import {
  DoorOpening,
  type DoorOpeningGood,
  type DoorOpeningId,
  type DoorOpeningItem,
  type DoorOpeningTray,
} from './door-opening.entity.js';

/** A row to be written: what the entity holds, without being one. */
type RowOf<Entity> = Pick<Entity, keyof Entity>;
export type OpeningRow = RowOf<DoorOpening>;
export type OpeningGood = Omit<RowOf<DoorOpeningGood>, 'openingId'>;
export type OpeningItem = Omit<RowOf<DoorOpeningItem>, 'openingId'>;
export type OpeningTray = Omit<RowOf<DoorOpeningTray>, 'openingId'>;

interface Within {
  readonly sql: string;
  readonly values: readonly (string | readonly string[])[];
}

/** One whose weights are known. */
export interface WeighedOpening {
  readonly id: DoorOpeningId;
  readonly askedAt: Date;
  readonly closedAt: Date;
}

type Priced<Row> = Omit<Row, 'priceFen'> & { readonly price: FenText };

@Injectable()
export class DoorOpeningRepository {
  async insert(tx: Tx, opening: OpeningRow): Promise<void> {
    await tx.insert('door_opening', [{ ...opening }]);
  }

  /** Everything about one opening follows one after the other by this lock; before that of its hold and of its order. */
  lock(tx: Tx, id: string): Promise<DoorOpening | null> {
    return this.lockBy(tx, { id: id as DoorOpeningId });
  }

  lockByHold(tx: Tx, holdId: string): Promise<DoorOpening | null> {
    return this.lockBy(tx, { holdId: holdId as DoorOpening['holdId'] });
  }

  lockByOrder(tx: Tx, orderId: string): Promise<DoorOpening | null> {
    return this.lockBy(tx, { orderId: orderId as NonNullable<DoorOpening['orderId']> });
  }

  /** Of that cabinet: nobody answers for another. */
  async lockByCommand(tx: Tx, cabinetId: string, commandId: string): Promise<DoorOpening | null> {
    return this.lockBy(tx, {
      commandId: commandId as DoorOpening['commandId'],
      cabinetId: cabinetId as DoorOpening['cabinetId'],
    });
  }

  private lockBy(tx: Tx, where: Partial<OpeningRow>): Promise<DoorOpening | null> {
    return tx.manager.findOne(DoorOpening, {
      where: where as Record<string, string>,
      lock: { mode: 'pessimistic_write' },
    });
  }

  /** Null outside the scope; locked. */
  async lockWithin(tx: Tx, id: string, within: Within): Promise<DoorOpening | null> {
    const [row] = await tx.query<{ id: string }>(
      `SELECT d.id FROM door_opening d WHERE d.id = ? AND ${within.sql} FOR UPDATE`,
      [id, ...within.values],
    );
    return row ? this.lock(tx, row.id) : null;
  }

  async byKey(
    tx: Pick<Tx, 'query'>,
    buyerId: string,
    idempotencyKey: string,
  ): Promise<Pick<OpeningRow, 'id' | 'cabinetId'> | null> {
    const [row] = await tx.query<Pick<OpeningRow, 'id' | 'cabinetId'>>(
      'SELECT id, cabinet_id AS cabinetId FROM door_opening WHERE buyer_id = ? AND idempotency_key = ?',
      [buyerId, idempotencyKey],
    );
    return row ?? null;
  }

  /** What somebody owes for what they have taken before; the first of it. */
  async debtOf(tx: Tx, buyerId: string): Promise<{ readonly orderId: string } | null> {
    const [row] = await tx.query<{ orderId: string }>(
      "SELECT order_id AS orderId FROM door_opening WHERE buyer_id = ? AND state = 'DEBT' ORDER BY id LIMIT 1",
      [buyerId],
    );
    return row ?? null;
  }

  async change(tx: Tx, id: DoorOpeningId, changes: Partial<OpeningRow>): Promise<void> {
    await tx.manager.update(DoorOpening, { id }, changes);
  }

  /** What stands there now stays written down as it is. */
  async keepGoods(tx: Tx, id: DoorOpeningId, goods: readonly OpeningGood[]): Promise<void> {
    if (goods.length > 0)
      await tx.insert(
        'door_opening_good',
        goods.map((good) => ({ openingId: id, ...good })),
      );
  }

  async goodsOf(tx: Pick<Tx, 'query'>, id: string): Promise<OpeningGood[]> {
    const rows = await tx.query<Priced<OpeningGood>>(
      `SELECT slot_code AS slotCode, variant_id AS variantId, price_fen AS price, unit_g AS unitG, tolerance_g AS toleranceG
       FROM door_opening_good WHERE opening_id = ? ORDER BY slot_code, variant_id`,
      [id],
    );
    return rows.map(({ price, ...row }) => ({ ...row, priceFen: fen(price) }));
  }

  /** The first weights are the evidence; there are no others. */
  async keepTrays(tx: Tx, id: DoorOpeningId, trays: readonly OpeningTray[]): Promise<void> {
    await tx.insert(
      'door_opening_tray',
      trays.map((tray) => ({ openingId: id, ...tray })),
    );
  }

  async replaceItems(tx: Tx, id: DoorOpeningId, items: readonly OpeningItem[]): Promise<void> {
    await tx.write('DELETE FROM door_opening_item WHERE opening_id = ?', [id]);
    if (items.length > 0)
      await tx.insert(
        'door_opening_item',
        items.map((item) => ({ openingId: id, ...item })),
      );
  }

  async itemsOf(tx: Pick<Tx, 'query'>, id: string): Promise<OpeningItem[]> {
    const rows = await tx.query<Priced<OpeningItem>>(
      `SELECT slot_code AS slotCode, variant_id AS variantId, quantity, price_fen AS price
       FROM door_opening_item WHERE opening_id = ? ORDER BY slot_code, variant_id`,
      [id],
    );
    return rows.map(({ price, ...row }) => ({ ...row, priceFen: fen(price) }));
  }

  /** Of one cabinet, in their order: the last one before an instant's, that one, and the next. */
  async weighedAround(tx: Tx, cabinetId: string, askedAt: Date): Promise<WeighedOpening[]> {
    const rows = await tx.query<WeighedOpening>(
      `(SELECT id, asked_at AS askedAt, closed_at AS closedAt FROM door_opening WHERE cabinet_id = ? AND asked_at <= ? AND message_id IS NOT NULL
         ORDER BY asked_at DESC LIMIT 2)
       UNION ALL (SELECT id, asked_at, closed_at FROM door_opening WHERE cabinet_id = ? AND asked_at > ? AND message_id IS NOT NULL ORDER BY asked_at LIMIT 1)`,
      [cabinetId, askedAt, cabinetId, askedAt],
    );
    return rows.toSorted((a, b) => a.askedAt.getTime() - b.askedAt.getTime());
  }

  /** Whether somebody opened it between these two of whom it is not known what they took. */
  async isUnweighedBetween(
    tx: Tx,
    cabinetId: string,
    earlier: Pick<WeighedOpening, 'askedAt'>,
    later: Pick<WeighedOpening, 'askedAt'>,
  ): Promise<boolean> {
    const rows = await tx.query(
      `SELECT id FROM door_opening WHERE cabinet_id = ? AND asked_at > ? AND asked_at < ? AND message_id IS NULL AND state <> 'NOT_OPENED' LIMIT 1`,
      [cabinetId, earlier.askedAt, later.askedAt],
    );
    return rows.length > 0;
  }

  /** What trays weighed after the one and before the other, of scales that had come to rest. */
  async restedTrays(
    tx: Tx,
    earlierId: DoorOpeningId,
    laterId: DoorOpeningId,
  ): Promise<{ readonly slotCode: string; readonly shutG: number; readonly nextG: number }[]> {
    return tx.query(
      `SELECT a.slot_code AS slotCode, a.after_g AS shutG, b.before_g AS nextG FROM door_opening_tray a
       JOIN door_opening_tray b ON b.opening_id = ? AND b.slot_code = a.slot_code
       WHERE a.opening_id = ? AND a.is_settled = 1 ORDER BY a.slot_code`,
      [laterId, earlierId],
    );
  }

  /** Not locked: looked at again behind the lock. */
  async due(tx: Tx, now: Date, limit: number): Promise<DoorOpeningId[]> {
    const rows = await tx.query<{ id: DoorOpeningId }>(
      'SELECT id FROM door_opening WHERE check_at <= ? ORDER BY check_at LIMIT ?',
      [now, limit],
    );
    return rows.map(({ id }) => id);
  }
}
