import { Injectable } from '@nestjs/common';
import { type IdOf, newId } from '#libs/kernel';
import type { Tx } from '#platform/database';
import type { CabinetId } from './cabinet.entity.js';
import type { SlotLockReason } from './slot-lock.entity.js';

export interface SlotLocking {
  readonly reason: SlotLockReason;
  readonly detail: string;
  /** Null: the clock, or what the cabinet has said. */
  readonly by: IdOf<'usr'> | null;
}

export type SlotRelease = Omit<SlotLocking, 'detail'>;

@Injectable()
export class SlotLockRepository {
  /** Those that had no open lock for that reason. Two who lock at once are one: the unique key decides. */
  async insert(
    tx: Tx,
    cabinetId: CabinetId,
    slotCodes: readonly string[],
    { reason, detail, by, at }: SlotLocking & { readonly at: Date },
  ): Promise<string[]> {
    if (slotCodes.length === 0) return [];
    const rows = slotCodes.map((code) => [newId('slk'), cabinetId, code, code, reason, detail, at, by]);
    await tx.write(
      `INSERT INTO slot_lock (id, cabinet_id, slot_code, open_slot_code, reason, detail, locked_at, locked_by)
       VALUES ? ON DUPLICATE KEY UPDATE id = id`,
      [rows],
    );
    const inserted = await tx.query<{ slotCode: string }>(
      'SELECT slot_code AS slotCode FROM slot_lock WHERE id IN (?) ORDER BY slot_code',
      [rows.map(([id]) => id ?? null)],
    );
    return inserted.map(({ slotCode }) => slotCode);
  }

  /** Of each of these, what was locked until a moment of its own. One statement. */
  async release(
    tx: Tx,
    cabinetId: CabinetId,
    slots: readonly { readonly slotCode: string; readonly until: Date }[],
    { reason, by, at }: SlotRelease & { readonly at: Date },
  ): Promise<number> {
    if (slots.length === 0) return 0;
    return tx.write(
      `UPDATE slot_lock SET open_slot_code = NULL, released_at = ?, released_by = ?
       WHERE cabinet_id = ? AND reason = ? AND (${slots.map(() => 'open_slot_code = ? AND locked_at <= ?').join(' OR ')})`,
      [at, by, cabinetId, reason, ...slots.flatMap(({ slotCode, until }) => [slotCode, until])],
    );
  }

  /** Those with a lock in force, for whatever reason. */
  async lockedOf(tx: Tx, cabinetId: CabinetId): Promise<string[]> {
    const rows = await tx.query<{ slotCode: string }>(
      'SELECT DISTINCT open_slot_code AS slotCode FROM slot_lock WHERE cabinet_id = ? AND open_slot_code IS NOT NULL',
      [cabinetId],
    );
    return rows.map(({ slotCode }) => slotCode);
  }

  /** Those in force for a reason. */
  async openFor(tx: Tx, cabinetId: CabinetId, reason: SlotLockReason): Promise<string[]> {
    const rows = await tx.query<{ slotCode: string }>(
      `SELECT open_slot_code AS slotCode FROM slot_lock WHERE cabinet_id = ? AND open_slot_code IS NOT NULL AND reason = ?
       ORDER BY open_slot_code`,
      [cabinetId, reason],
    );
    return rows.map(({ slotCode }) => slotCode);
  }
}
