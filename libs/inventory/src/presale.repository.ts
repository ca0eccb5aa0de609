import { Injectable } from '@nestjs/common';
import { type IdOf, newId } from '#libs/kernel';
import type { Tx } from '#platform/database';
import type { Presale, PresaleDay, PresaleDayId, PresaleId, PresaleVariant } from './presale.entity.js';
import type { FreeDay } from './stock.rules.js';

export type DayRow = Pick<PresaleDay, keyof PresaleDay>;
export type LaidDay = Pick<PresaleDay, 'day' | 'announcedG' | 'capacityG'>;
export type LockedPresale = Pick<
  Presale,
  'id' | 'merchantId' | 'batchId' | 'state' | 'firstOn' | 'lastOn' | 'ordersOpenAt' | 'balanceDueOn'
>;

/** A day of a harvest as a plan sees it: what it has room for, in grams. */
const FREE = `SELECT id, presale_id AS presaleId, day, capacity_g - reserved_g - shipped_g AS free FROM presale_day`;

const DAY = `SELECT id, presale_id AS presaleId, day, announced_g AS announcedG, capacity_g AS capacityG, reserved_g AS reservedG, shipped_g AS shippedG
  FROM presale_day`;

@Injectable()
export class PresaleRepository {
  /** Fails on the unique key where one of the variants is in a presale that is still open. */
  async insert(
    tx: Tx,
    presale: Pick<Presale, keyof Presale>,
    variants: readonly Pick<PresaleVariant, keyof PresaleVariant>[],
    days: readonly LaidDay[],
  ): Promise<void> {
    await tx.insert('presale', [{ ...presale }]);
    await tx.insert(
      'presale_variant',
      variants.map((variant) => ({ ...variant })),
    );
    await tx.insert(
      'presale_day',
      days.map(({ day, announcedG, capacityG }) => ({
        id: newId('psd'),
        presaleId: presale.id,
        day,
        announcedG,
        capacityG,
        reservedG: 0,
        shippedG: 0,
      })),
    );
  }

  /** Whoever changes a presale takes turns by this lock; whoever orders from it does not take it. */
  async lock(tx: Tx, id: string): Promise<LockedPresale | null> {
    const [row] = await tx.query<LockedPresale>(
      `SELECT id, merchant_id AS merchantId, batch_id AS batchId, state, first_on AS firstOn, last_on AS lastOn, orders_open_at AS ordersOpenAt,
         balance_due_on AS balanceDueOn FROM presale WHERE id = ? FOR UPDATE`,
      [id],
    );
    return row ?? null;
  }

  /** The open presale that one of these variants is in. */
  async openOfVariants(tx: Tx, variantIds: readonly string[]): Promise<PresaleId | null> {
    const [row] = await tx.query<{ id: PresaleId }>(
      'SELECT presale_id AS id FROM presale_variant WHERE open_variant_id IN (?) ORDER BY presale_id LIMIT 1',
      [variantIds],
    );
    return row?.id ?? null;
  }

  /** The offer of adoption that takes orders of one of these variants, or will. Locked, as the other way round. */
  async adoptionAhead(tx: Tx, variantIds: readonly string[], now: Date): Promise<string | null> {
    const [row] = await tx.query<{ id: string }>(
      `SELECT id FROM adoption_offer WHERE open_variant_id IN (?) AND orders_close_at > ? ORDER BY id LIMIT 1 LOCK IN SHARE MODE`,
      [variantIds, now],
    );
    return row?.id ?? null;
  }

  /** In the order of their ids; also of one that is closed. */
  async variantIdsOf(tx: Tx, id: PresaleId): Promise<string[]> {
    const rows = await tx.query<{ variantId: string }>(
      'SELECT variant_id AS variantId FROM presale_variant WHERE presale_id = ? ORDER BY variant_id',
      [id],
    );
    return rows.map(({ variantId }) => variantId);
  }

  /** Of these variants, open presales that take no orders any more; locked. */
  async lockOver(
    tx: Tx,
    variantIds: readonly string[],
    now: Date,
  ): Promise<Pick<Presale, 'id' | 'batchId'>[]> {
    const rows = await tx.query<Pick<Presale, 'id' | 'batchId'>>(
      `SELECT DISTINCT p.id, p.batch_id AS batchId FROM presale p JOIN presale_variant v ON v.presale_id = p.id
       WHERE v.open_variant_id IN (?) AND p.orders_close_at <= ? ORDER BY p.id FOR UPDATE`,
      [variantIds, now],
    );
    return rows;
  }

  async close(tx: Tx, id: PresaleId, at: Date): Promise<void> {
    await tx.write("UPDATE presale SET state = 'CLOSED', closed_at = ? WHERE id = ? AND state = 'OPEN'", [
      at,
      id,
    ]);
    await tx.write('UPDATE presale_variant SET open_variant_id = NULL WHERE presale_id = ?', [id]);
    await tx.write('UPDATE presale_day SET capacity_g = reserved_g + shipped_g WHERE presale_id = ?', [id]);
  }

  async postpone(tx: Tx, id: PresaleId, ordersCloseAt: Date): Promise<void> {
    await tx.write('UPDATE presale SET orders_close_at = ? WHERE id = ?', [ordersCloseAt, id]);
  }

  /** All of them, unlocked: what is said of days and what they may promise changes behind the lock of their presale alone. */
  daysOf(tx: Tx, presaleId: PresaleId): Promise<DayRow[]> {
    return tx.query<DayRow>(`${DAY} WHERE presale_id = ?`, [presaleId]);
  }

  /** The same rows, held against whoever orders; in the order of their ids, like everywhere. */
  lockAllDays(tx: Tx, presaleId: PresaleId): Promise<DayRow[]> {
    return tx.query<DayRow>(`${DAY} WHERE presale_id = ? ORDER BY id FOR UPDATE`, [presaleId]);
  }

  async addDay(tx: Tx, presaleId: PresaleId, day: string): Promise<void> {
    // A no-op for a day that is there.
    await tx.write(
      `INSERT INTO presale_day (id, presale_id, day, announced_g, capacity_g, reserved_g, shipped_g) VALUES (?, ?, ?, 0, 0, 0, 0)
       ON DUPLICATE KEY UPDATE day = day`,
      [newId('psd'), presaleId, day],
    );
  }

  /** Days that are locked; one statement, however many. */
  async setDays(tx: Tx, days: readonly Pick<DayRow, 'id' | 'announcedG' | 'capacityG'>[]): Promise<void> {
    if (days.length === 0) return;
    const branches = days.map(() => 'WHEN ? THEN ?').join(' ');
    await tx.write(
      `UPDATE presale_day SET announced_g = CASE id ${branches} END, capacity_g = CASE id ${branches} END WHERE id IN (?)`,
      [
        ...days.flatMap(({ id, announcedG }) => [id, announcedG]),
        ...days.flatMap(({ id, capacityG }) => [id, capacityG]),
        days.map(({ id }) => id),
      ],
    );
  }

  /** Orders that hold something of a day. */
  async ordersHolding(tx: Tx, dayId: PresaleDayId): Promise<IdOf<'ord'>[]> {
    const rows = await tx.query<{ orderId: IdOf<'ord'> }>(
      `SELECT DISTINCT order_id AS orderId FROM stock_reservation WHERE stock_level_id = ? AND state = 'HELD'
       ORDER BY order_id`,
      [dayId],
    );
    return rows.map(({ orderId }) => orderId);
  }

  /** What is held of one day is held of another from now on. Both are locked by the caller. */
  async moveHeld(tx: Tx, from: DayRow, to: DayRow): Promise<void> {
    await tx.write(
      "UPDATE stock_reservation SET stock_level_id = ? WHERE stock_level_id = ? AND state = 'HELD'",
      [to.id, from.id],
    );
    await tx.write(
      'UPDATE presale_day SET reserved_g = 0, capacity_g = shipped_g, announced_g = shipped_g WHERE id = ?',
      [from.id],
    );
    // It brings along what was granted for it, as far as that is taken; the rest is laid out by the caller.
    const takenG = to.reservedG + to.shippedG + from.reservedG;
    await tx.write(
      'UPDATE presale_day SET reserved_g = reserved_g + ?, capacity_g = GREATEST(capacity_g, ?) WHERE id = ?',
      [from.reservedG, takenG, to.id],
    );
  }

  /** What days after `today` have room for, unlocked: good enough to plan with, never to promise. */
  async freeDays(tx: Tx, presaleIds: readonly string[], today: string): Promise<FreeDay[]> {
    const rows = await tx.query<RawDay>(
      `${FREE} WHERE presale_id IN (?) AND day > ? AND capacity_g > reserved_g + shipped_g`,
      [presaleIds, today],
    );
    return rows.map(freeDay);
  }

  /** The same rows, held until the end of the transaction; in order of id, like everywhere. */
  async lockFreeDays(tx: Tx, ids: readonly string[]): Promise<FreeDay[]> {
    return (await tx.query<RawDay>(`${FREE} WHERE id IN (?) ORDER BY id FOR UPDATE`, [ids])).map(freeDay);
  }
}

/** The server gives sums of integers as text. */
type RawDay = Omit<FreeDay, 'freeG'> & { readonly free: string };

function freeDay({ free, ...day }: RawDay): FreeDay {
  return { ...day, freeG: Number(free) };
}
