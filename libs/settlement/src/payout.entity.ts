import { Column, Entity } from 'typeorm';
import type { Fen, IdOf } from '#libs/kernel';
import { FenColumn, IdColumn, InstantColumn, WordColumn } from '#platform/database';
import type { PaidKind, PayeeAccountId, PayoutMethod } from './payee-account.entity.js';

export type PayoutRunId = IdOf<'prn'>;
export type PayoutId = IdOf<'pyo'>;

/** HAND: somebody in finance did not wait for the cut-off. */
export const PAYOUT_RUN_ORIGINS = ['SCHEDULE', 'HAND'] as const;
export type PayoutRunOrigin = (typeof PAYOUT_RUN_ORIGINS)[number];

export const PAYOUT_RUN_STATES = ['PLANNING', 'PLANNED'] as const;
export type PayoutRunState = (typeof PAYOUT_RUN_STATES)[number];

/** The payouts of one working day. */
@Entity('payout_run')
export class PayoutRun {
  @IdColumn({ primary: true }) id!: PayoutRunId;
  @Column('date') day!: string;
  @WordColumn() origin!: PayoutRunOrigin;
  @IdColumn({ nullable: true }) startedBy!: string | null;
  @InstantColumn() coversBefore!: Date;
  @WordColumn() state!: PayoutRunState;
  @Column('int', { default: 0 }) fencing!: number;
  @InstantColumn({ nullable: true }) leasedUntil!: Date | null;
  @Column('varchar', { length: 160, default: '' }) reachedCode!: string;
  @Column('int', { default: 0 }) payoutCount!: number;
  @FenColumn({ default: 0 }) totalFen!: Fen;
  @Column('int', { default: 0 }) skipCount!: number;
  @InstantColumn() startedAt!: Date;
  @InstantColumn({ nullable: true }) plannedAt!: Date | null;
}

export const PAYOUT_STATES = [
  'PLANNED',
  'BATCHED',
  'SENT',
  'PAID',
  'REJECTED',
  'RETURNED',
  'CANCELLED',
] as const;
export type PayoutState = (typeof PAYOUT_STATES)[number];

/** One payee's money of one run. Its id goes to the bank and to the provider, so that they too can tell it from another. */
@Entity('payout')
export class Payout {
  @IdColumn({ primary: true }) id!: PayoutId;
  @IdColumn() runId!: PayoutRunId;
  @WordColumn() payeeKind!: PaidKind;
  @IdColumn() payeeId!: string;
  @IdColumn() accountId!: PayeeAccountId;
  @WordColumn() method!: PayoutMethod;
  @FenColumn() amountFen!: Fen;
  @WordColumn() state!: PayoutState;
  @IdColumn({ nullable: true }) batchId!: string | null;
  @Column('int', { nullable: true }) lineNo!: number | null;
  @InstantColumn() plannedAt!: Date;
  @InstantColumn({ nullable: true }) sentAt!: Date | null;
  @Column('date', { nullable: true }) resolveBy!: string | null;
  @InstantColumn({ nullable: true }) settledAt!: Date | null;
  @InstantColumn({ nullable: true }) returnedAt!: Date | null;
  @InstantColumn({ nullable: true }) nextCheckAt!: Date | null;
  @Column('int', { default: 0 }) tries!: number;
  @Column('int', { default: 1 }) keyNo!: number;
  @InstantColumn({ nullable: true }) keyTriedAt!: Date | null;
  @Column('varchar', { length: 80, nullable: true }) providerRef!: string | null;
  @Column('varchar', { length: 60, nullable: true }) failureCode!: string | null;
  @Column('varchar', { length: 200, nullable: true }) failureNote!: string | null;
}

export const PAYOUT_ITEM_SIDES = ['debit', 'credit'] as const;
export type PayoutItemSide = (typeof PAYOUT_ITEM_SIDES)[number];

/** A transfer of the books that a payout is made of; together they are its amount to the fen. */
@Entity('payout_item')
export class PayoutItem {
  @IdColumn({ primary: true }) payoutId!: PayoutId;
  @IdColumn({ primary: true }) journalId!: string;
  @Column('int', { primary: true }) lineNo!: number;
  @WordColumn({ primary: true }) side!: PayoutItemSide;
  @IdColumn() payeeId!: string;
  @Column('varchar', { length: 60, nullable: true }) covers!: string | null;
  @Column('varchar', { length: 48 }) kind!: string;
  @Column('varchar', { length: 80 }) subject!: string;
  @FenColumn() amountFen!: Fen;
  @InstantColumn() effectiveAt!: Date;
}

@Entity('payout_cursor')
export class PayoutCursor {
  @IdColumn({ primary: true }) payeeId!: string;
  @IdColumn() journalId!: string;
}

export const PAYOUT_SKIP_REASONS = [
  'BELOW_MINIMUM',
  'NO_ACCOUNT',
  'ACCOUNT_UNVERIFIED',
  'ACCOUNT_BLOCKED',
  'ABOVE_MAXIMUM',
  'NOT_FREE',
] as const;
export type PayoutSkipReason = (typeof PAYOUT_SKIP_REASONS)[number];

/** Money that stayed where it is, and why. */
@Entity('payout_skip')
export class PayoutSkip {
  @IdColumn({ primary: true }) runId!: PayoutRunId;
  @IdColumn({ primary: true }) payeeId!: string;
  @WordColumn() payeeKind!: PaidKind;
  @WordColumn() reason!: PayoutSkipReason;
  @FenColumn() amountFen!: Fen;
}

/** A row as statements read and write it. */
export type PayoutRunRecord = Pick<PayoutRun, keyof PayoutRun>;

/** A row as statements read and write it. */
export type PayoutSkipRecord = Pick<PayoutSkip, keyof PayoutSkip>;
