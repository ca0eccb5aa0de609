import { Column, Entity } from 'typeorm';
import type { IdOf } from '#libs/kernel';
import { IdColumn, InstantColumn, WordColumn } from '#platform/database';
import type { CabinetId } from './cabinet.entity.js';

export type SlotLockId = IdOf<'slk'>;

/** Goods past their day; too warm for too long; the machine is broken there; somebody wants it so. */
export const SLOT_LOCK_REASONS = ['EXPIRED', 'TEMPERATURE', 'FAULT', 'OPERATOR'] as const;
export type SlotLockReason = (typeof SLOT_LOCK_REASONS)[number];

/** Why nothing is sold from a slot. */
@Entity('slot_lock')
export class SlotLock {
  @IdColumn({ primary: true }) id!: SlotLockId;
  @IdColumn() cabinetId!: CabinetId;
  @Column('varchar', { length: 8 }) slotCode!: string;
  @Column('varchar', { length: 8, nullable: true }) openSlotCode!: string | null;
  @WordColumn() reason!: SlotLockReason;
  @Column('varchar', { length: 200 }) detail!: string;
  @InstantColumn() lockedAt!: Date;
  @IdColumn({ nullable: true }) lockedBy!: IdOf<'usr'> | null;
  @InstantColumn({ nullable: true }) releasedAt!: Date | null;
  @IdColumn({ nullable: true }) releasedBy!: IdOf<'usr'> | null;
}
