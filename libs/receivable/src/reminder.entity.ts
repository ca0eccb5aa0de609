import { Column, Entity } from 'typeorm';
import type { Fen, IdOf } from '#libs/kernel';
import { FenColumn, IdColumn, InstantColumn, WordColumn } from '#platform/database';

/** A week before it is due, on the day, and fifteen and thirty days after it. */
export const REMINDER_STAGES = ['DUE_SOON', 'DUE', 'OVERDUE_15', 'OVERDUE_30'] as const;
export type ReminderStage = (typeof REMINDER_STAGES)[number];

/** Somebody is told that they owe: once for every stage. */
@Entity('receivable_reminder')
export class ReceivableReminder {
  @IdColumn({ primary: true }) orderId!: IdOf<'ord'>;
  @WordColumn({ primary: true }) stage!: ReminderStage;
  @FenColumn() openFen!: Fen;
  @InstantColumn() madeAt!: Date;
  @InstantColumn({ nullable: true }) sentAt!: Date | null;
  @InstantColumn({ nullable: true }) nextTryAt!: Date | null;
  @Column('int') attempts!: number;
}
