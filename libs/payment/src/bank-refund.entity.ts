import { Column, Entity } from 'typeorm';
import type { IdOf } from '#libs/kernel';
import { IdColumn, InstantColumn, WordColumn } from '#platform/database';
import type { RefundId } from './refund.entity.js';

/** INSTRUCTED: somebody has taken it to the bank. RETURNED: the bank could not deliver it. */
export const BANK_REFUND_STATES = [
  'WAITING',
  'APPROVED',
  'INSTRUCTED',
  'CONFIRMED',
  'REJECTED',
  'RETURNED',
] as const;
export type BankRefundState = (typeof BANK_REFUND_STATES)[number];

/** A refund that our bank sends, to an account that the buyer has named for this one time. */
@Entity('bank_refund')
export class BankRefund {
  @IdColumn({ primary: true }) refundId!: RefundId;
  @WordColumn() state!: BankRefundState;
  @IdColumn() approvalRequestId!: IdOf<'apr'>;
  @Column('varchar', { length: 40 }) holderMasked!: string;
  @Column('varchar', { length: 120 }) bankName!: string;
  @Column('varchar', { length: 4 }) accountLastFour!: string;
  @Column('varchar', { length: 40, nullable: true }) keyId!: string | null;
  @Column('varbinary', { length: 1024, nullable: true }) accountCipher!: Buffer | null;
  @InstantColumn({ nullable: true }) setAsideAt!: Date | null;
  @IdColumn({ nullable: true }) instructedBy!: string | null;
  @InstantColumn({ nullable: true }) instructedAt!: Date | null;
  @Column('varchar', { length: 80, nullable: true }) bankRef!: string | null;
  @IdColumn({ nullable: true }) closedBy!: string | null;
  @InstantColumn({ nullable: true }) closedAt!: Date | null;
}
