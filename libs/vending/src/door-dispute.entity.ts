import { Column, Entity } from 'typeorm';
import type { IdOf } from '#libs/kernel';
import { IdColumn, InstantColumn, WordColumn } from '#platform/database';
import type { DoorOpeningId } from './door-opening.entity.js';

/**
 * OPEN: whoever runs the cabinet has to answer. AT_PLATFORM: they say no, or have not answered, and an official decides. REJECTED: the bill stands. GRANTED: it was waived, by a person or by time.
 * PAID: its buyer has paid it meanwhile, and disputes it like any other.
 */
export const DOOR_DISPUTE_STATES = ['OPEN', 'AT_PLATFORM', 'REJECTED', 'GRANTED', 'PAID'] as const;
export type DoorDisputeState = (typeof DOOR_DISPUTE_STATES)[number];

/** A buyer says that the bill of an opening, which is still owed, is wrong. */
@Entity('door_dispute')
export class DoorDispute {
  @IdColumn({ primary: true }) openingId!: DoorOpeningId;
  @WordColumn() state!: DoorDisputeState;
  @Column('varchar', { length: 400 }) said!: string;
  @InstantColumn() openedAt!: Date;
  /** When time answers in place of whoever has to. */
  @InstantColumn({ nullable: true }) dueAt!: Date | null;
  @IdColumn({ nullable: true }) answeredBy!: IdOf<'usr'> | null;
  @InstantColumn({ nullable: true }) answeredAt!: Date | null;
  @Column('varchar', { length: 200 }) note!: string;
}
