import { Column, Entity } from 'typeorm';
import type { ApprovalRequestId } from '#libs/approval';
import type { Fen, IdOf } from '#libs/kernel';
import type { AccountCode, LedgerJournalId } from '#libs/ledger';
import { FenColumn, IdColumn, InstantColumn, WordColumn } from '#platform/database';

export type LedgerAdjustmentId = IdOf<'adj'>;

export const LEDGER_ADJUSTMENT_STATES = ['REQUESTED', 'POSTED', 'REJECTED', 'WITHDRAWN'] as const;
export type LedgerAdjustmentState = (typeof LEDGER_ADJUSTMENT_STATES)[number];

/** A correction that no fact causes. What it says never changes; whether it is posted is decided by somebody else. */
@Entity('ledger_adjustment')
export class LedgerAdjustment {
  @IdColumn({ primary: true }) id!: LedgerAdjustmentId;
  @Column('varchar', { length: 80 }) idempotencyKey!: string;
  @IdColumn() requestedBy!: IdOf<'usr'>;
  @Column('varchar', { length: 160 }) debitCode!: AccountCode;
  @Column('varchar', { length: 160 }) creditCode!: AccountCode;
  @FenColumn() amountFen!: Fen;
  @Column('varchar', { length: 400 }) reason!: string;
  @Column('varchar', { length: 64 }) attachmentHash!: string;
  @IdColumn() approvalRequestId!: ApprovalRequestId;
  @WordColumn() state!: LedgerAdjustmentState;
  @IdColumn({ nullable: true }) journalId!: LedgerJournalId | null;
  @InstantColumn() requestedAt!: Date;
  @InstantColumn({ nullable: true }) decidedAt!: Date | null;
}
