import { Column, Entity } from 'typeorm';
import type { ApprovalRequestId } from '#libs/approval';
import type { Fen, IdOf } from '#libs/kernel';
import { FenColumn, IdColumn, InstantColumn, WordColumn } from '#platform/database';

export type ReceivableActId = IdOf<'rca'>;

/** WRITE_OFF: what is open of an order is given up. RECEIPT_REVERSAL: a receipt was wrong. CREDIT_PAYBACK: a unit's credit goes back to its bank. */
export const RECEIVABLE_ACT_KINDS = ['WRITE_OFF', 'RECEIPT_REVERSAL', 'CREDIT_PAYBACK'] as const;
export type ReceivableActKind = (typeof RECEIVABLE_ACT_KINDS)[number];

export const RECEIVABLE_ACT_STATES = ['REQUESTED', 'POSTED', 'REJECTED', 'WITHDRAWN'] as const;
export type ReceivableActState = (typeof RECEIVABLE_ACT_STATES)[number];

/** What two people decide about what is owed. What it says never changes. */
@Entity('receivable_act')
export class ReceivableAct {
  @IdColumn({ primary: true }) id!: ReceivableActId;
  @WordColumn() kind!: ReceivableActKind;
  /** The order, the receipt, or the unit. */
  @IdColumn() subjectRef!: string;
  @FenColumn() amountFen!: Fen;
  @Column('varchar', { length: 80 }) bankRef!: string;
  /** The same, of a payback that waits or is posted, so that a number of the bank is one payback; null where none is taken. */
  @Column('varchar', { length: 80, nullable: true }) paybackRef!: string | null;
  @Column('varchar', { length: 400 }) reason!: string;
  @Column('varchar', { length: 80 }) idempotencyKey!: string;
  @IdColumn() requestedBy!: IdOf<'usr'>;
  @IdColumn() approvalRequestId!: ApprovalRequestId;
  @WordColumn() state!: ReceivableActState;
  @InstantColumn() requestedAt!: Date;
  @InstantColumn({ nullable: true }) decidedAt!: Date | null;
}
