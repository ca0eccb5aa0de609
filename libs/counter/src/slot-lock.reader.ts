import { Injectable } from '@nestjs/common';
import { Database } from '#platform/database';
import type { CabinetId } from './cabinet.entity.js';
import type { SlotLockReason } from './slot-lock.entity.js';

export interface SlotLockRow {
  readonly cabinetId: CabinetId;
  readonly slotCode: string;
  readonly reason: SlotLockReason;
  readonly detail: string;
  readonly lockedAt: Date;
}

@Injectable()
export class SlotLockReader {
  constructor(private readonly database: Database) {}

  /** Those in force, of cabinets that were found within a scope. */
  async openOf(cabinetIds: readonly string[]): Promise<SlotLockRow[]> {
    if (cabinetIds.length === 0) return [];
    return this.database.query<SlotLockRow>(
      `SELECT cabinet_id AS cabinetId, slot_code AS slotCode, reason, detail, locked_at AS lockedAt FROM slot_lock
       WHERE cabinet_id IN (?) AND open_slot_code IS NOT NULL ORDER BY cabinet_id, slot_code, reason`,
      [cabinetIds],
    );
  }
}
