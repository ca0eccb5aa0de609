import { Column, Entity } from 'typeorm';
import type { Fen, IdOf } from '#libs/kernel';
import { BigintColumn, FenColumn, IdColumn, InstantColumn, WordColumn } from '#platform/database';
import type { ReconciliationCheckName } from './reconciliation.entity.js';

export type BreakId = IdOf<'brk'>;

export const BREAK_CLASSES = [
  'MISSING_INTERNAL', // somebody else has it, and we have not
  'MISSING_EXTERNAL', // we have it, and nobody else has
  'AMOUNT', // both have it, and not the same amount
  'DUPLICATE', // one of them has it twice
  'TIMING', // not there yet, and later than it should be
  'UNKNOWN_TYPE', // nobody has told us what such a thing means
  'AMOUNT_MISMATCH', // a buyer has paid something else than the order asked
  'UNRETURNED', // money should have gone back by itself, and its refund failed
  'REVIEW', // nothing differs, and somebody should know why it happened
  'ALTERED', // what is never changed has been
] as const;
export type BreakClass = (typeof BREAK_CLASSES)[number];

export const BREAK_STATES = ['OPEN', 'ASSIGNED', 'RESOLVED', 'AUTO_CLOSED'] as const;
export type BreakState = (typeof BREAK_STATES)[number];

export const BREAK_ACTS = [
  'OPENED',
  'CHANGED', // the amounts are others
  'VANISHED', // not seen any more, and for a person to say why
  'RETURNED', // seen again
  'ASSIGNED',
  'NOTED',
  'REFUND_REQUESTED',
  'RESOLVED',
  'AUTO_CLOSED',
] as const;
export type BreakAct = (typeof BREAK_ACTS)[number];

/** Two parties do not say the same. Open once per check, subject and class. */
@Entity('reconciliation_break')
export class ReconciliationBreak {
  @IdColumn({ primary: true }) id!: BreakId;
  @WordColumn() checkName!: ReconciliationCheckName;
  @WordColumn() breakClass!: BreakClass;
  @Column('varchar', { length: 120 }) subject!: string;
  @FenColumn({ nullable: true }) expectedFen!: Fen | null;
  @FenColumn({ nullable: true }) actualFen!: Fen | null;
  @Column('json') detail!: Readonly<Record<string, string>>;
  @InstantColumn() happenedAt!: Date;
  @InstantColumn() firstSeenAt!: Date;
  @InstantColumn() lastSeenAt!: Date;
  @BigintColumn() lastRunNo!: bigint;
  @InstantColumn({ nullable: true }) vanishedAt!: Date | null;
  @WordColumn() state!: BreakState;
  @IdColumn({ nullable: true }) ownerId!: IdOf<'usr'> | null;
  @InstantColumn({ nullable: true }) closedAt!: Date | null;
  @Column('varchar', { length: 2000, nullable: true }) reason!: string | null;
  @IdColumn({ nullable: true }) journalId!: string | null;
  @IdColumn({ nullable: true }) refundId!: string | null;
  @Column('varchar', { length: 190, nullable: true }) openKey!: string | null;
}

/** What happened to a break. Written once, never changed. */
@Entity('reconciliation_break_step')
export class ReconciliationBreakStep {
  @IdColumn({ primary: true }) id!: IdOf<'bst'>;
  @IdColumn() breakId!: BreakId;
  @WordColumn() act!: BreakAct;
  @IdColumn({ nullable: true }) actorId!: IdOf<'usr'> | null;
  @Column('varchar', { length: 2000 }) note!: string;
  @InstantColumn() at!: Date;
}
