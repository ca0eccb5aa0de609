import { Injectable } from '@nestjs/common';
import type { Tx } from '#platform/database';
import { PickUp, type PickUpId, type PickUpOpening } from './pick-up.entity.js';
import type { Guard } from './pick-up.rules.js';

/** A row to be written: what the entity holds, without being one. */
export type PickUpRowWritten = Pick<PickUp, keyof PickUp>;
type OpeningRow = Pick<PickUpOpening, keyof PickUpOpening>;

@Injectable()
export class PickUpRepository {
  async insert(tx: Tx, pickUp: PickUpRowWritten): Promise<void> {
    await tx.insert('pick_up', [{ ...pickUp }]);
  }

  /** Everything about one parcel in a cell follows one after the other by this lock; before that of its merchant order. */
  lock(tx: Tx, id: string): Promise<PickUp | null> {
    return tx.manager.findOne(PickUp, {
      where: { id: id as PickUpId },
      lock: { mode: 'pessimistic_write' },
    });
  }

  /** Null outside the scope; locked. */
  async lockWithin(
    tx: Tx,
    id: string,
    within: { readonly sql: string; readonly values: readonly (string | readonly string[])[] },
  ): Promise<PickUp | null> {
    const [row] = await tx.query<{ id: string }>(
      `SELECT u.id FROM pick_up u WHERE u.id = ? AND ${within.sql} FOR UPDATE`,
      [id, ...within.values],
    );
    return row ? this.lock(tx, row.id) : null;
  }

  /** The one that lies in a cell of that merchant order, was taken out to be put in again, or was given back; locked. */
  async lockStanding(tx: Tx, merchantOrderId: string): Promise<PickUp | null> {
    const [row] = await tx.query<{ id: string }>(
      `SELECT id FROM pick_up WHERE merchant_order_id = ? AND (active_merchant_order_id IS NOT NULL OR state IN ('TAKEN_BACK', 'RETURNED'))
       ORDER BY id DESC LIMIT 1 FOR UPDATE`,
      [merchantOrderId],
    );
    return row ? this.lock(tx, row.id) : null;
  }

  /** What lies in the cells of a cabinet, and can be opened by its code. */
  async openableIn(tx: Tx, cabinetId: string): Promise<Pick<PickUp, 'id' | 'codeNo'>[]> {
    return tx.query(
      `SELECT id, code_no AS codeNo FROM pick_up WHERE active_cabinet_id = ? AND state <> 'OVERDUE'`,
      [cabinetId],
    );
  }

  async change(tx: Tx, id: PickUpId, changes: Partial<PickUpRowWritten>): Promise<void> {
    await tx.manager.update(PickUp, { id }, changes);
  }

  async insertOpening(tx: Tx, opening: OpeningRow): Promise<void> {
    await tx.insert('pick_up_opening', [{ ...opening }]);
  }

  /** What a command of a cabinet was for; nobody answers for another. */
  async openingBy(
    tx: Tx,
    cabinetId: string,
    commandId: string,
  ): Promise<Pick<PickUpOpening, 'pickUpId' | 'purpose'> | null> {
    const [row] = await tx.query<Pick<PickUpOpening, 'pickUpId' | 'purpose'>>(
      `SELECT o.pick_up_id AS pickUpId, o.purpose FROM pick_up_opening o JOIN pick_up u ON u.id = o.pick_up_id
       WHERE o.command_id = ? AND u.cabinet_id = ?`,
      [commandId, cabinetId],
    );
    return row ?? null;
  }

  /** The command by which it was to be handed over last. */
  async lastHandOver(tx: Tx, pickUpId: string): Promise<Pick<PickUpOpening, 'commandId' | 'askedAt'> | null> {
    const [row] = await tx.query<Pick<PickUpOpening, 'commandId' | 'askedAt'>>(
      `SELECT command_id AS commandId, asked_at AS askedAt FROM pick_up_opening
       WHERE pick_up_id = ? AND purpose = 'HAND_OVER' ORDER BY command_id DESC LIMIT 1`,
      [pickUpId],
    );
    return row ?? null;
  }

  /** Not locked: looked at again behind the lock. */
  async due(tx: Tx, now: Date, limit: number): Promise<PickUpId[]> {
    const rows = await tx.query<{ id: PickUpId }>(
      'SELECT id FROM pick_up WHERE check_at <= ? ORDER BY check_at LIMIT ?',
      [now, limit],
    );
    return rows.map(({ id }) => id);
  }

  /** Codes at one cabinet are tried one after the other by this lock; before that of any parcel. */
  async lockGuard(tx: Tx, cabinetId: string): Promise<Guard> {
    await tx.write(
      'INSERT INTO pick_up_guard (cabinet_id, wrong_count) VALUES (?, 0) ON DUPLICATE KEY UPDATE cabinet_id = cabinet_id',
      [cabinetId],
    );
    const [row] = await tx.query<Guard>(
      `SELECT wrong_count AS wrongCount, last_wrong_at AS lastWrongAt, paused_until AS pausedUntil
       FROM pick_up_guard WHERE cabinet_id = ? FOR UPDATE`,
      [cabinetId],
    );
    return row ?? { wrongCount: 0, lastWrongAt: null, pausedUntil: null };
  }

  async changeGuard(
    tx: Tx,
    cabinetId: string,
    { wrongCount, lastWrongAt, pausedUntil }: Guard,
  ): Promise<void> {
    await tx.write(
      'UPDATE pick_up_guard SET wrong_count = ?, last_wrong_at = ?, paused_until = ? WHERE cabinet_id = ?',
      [wrongCount, lastWrongAt, pausedUntil, cabinetId],
    );
  }
}
