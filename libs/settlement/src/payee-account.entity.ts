import { Column, Entity } from 'typeorm';
import type { IdOf } from '#libs/kernel';
import { IdColumn, InstantColumn, WordColumn } from '#platform/database';

export type PayeeAccountId = IdOf<'pba'>;

/** Who may be paid out. Pools wait for their households, and the platform's own money stays where it is. */
export const PAID_KINDS = ['MERCHANT', 'HOUSEHOLD', 'OPERATOR', 'FUND'] as const;
export type PaidKind = (typeof PAID_KINDS)[number];

/** BANK: a line of a file for our bank. STRIPE: a transfer to the payee's connected account. */
export const PAYOUT_METHODS = ['BANK', 'STRIPE'] as const;
export type PayoutMethod = (typeof PAYOUT_METHODS)[number];

export const PAYEE_ACCOUNT_STATES = ['UNVERIFIED', 'VERIFIED', 'BLOCKED', 'REPLACED'] as const;
export type PayeeAccountState = (typeof PAYEE_ACCOUNT_STATES)[number];

/** How somebody made sure that the account is the payee's. */
export const ACCOUNT_PROOFS = ['DOCUMENTS', 'TEST_TRANSFER'] as const;
export type AccountProof = (typeof ACCOUNT_PROOFS)[number];

/** Where a payee's money goes. A change is a new row; the old one is kept as REPLACED. */
@Entity('payee_account')
export class PayeeAccount {
  @IdColumn({ primary: true }) id!: PayeeAccountId;
  @WordColumn() payeeKind!: PaidKind;
  @IdColumn() payeeId!: string;
  @IdColumn({ nullable: true }) currentOf!: string | null;
  @WordColumn() method!: PayoutMethod;
  @Column('varchar', { length: 120 }) accountName!: string;
  @Column('varchar', { length: 120 }) bankName!: string;
  @Column('varchar', { length: 12, nullable: true }) bankCode!: string | null;
  @Column('varbinary', { length: 255 }) numberCipher!: Buffer;
  @Column('varchar', { length: 16 }) keyId!: string;
  @Column('varchar', { length: 4 }) lastFour!: string;
  @WordColumn() state!: PayeeAccountState;
  @IdColumn() proposedBy!: string;
  @InstantColumn() proposedAt!: Date;
  @Column('varchar', { length: 80 }) idempotencyKey!: string;
  @IdColumn({ nullable: true }) verifiedBy!: string | null;
  @InstantColumn({ nullable: true }) verifiedAt!: Date | null;
  @WordColumn({ nullable: true }) verifiedHow!: AccountProof | null;
  @Column('varchar', { length: 200, nullable: true }) evidence!: string | null;
  @Column('varchar', { length: 400, nullable: true }) blockReason!: string | null;
}

/** A row as statements read and write it. */
export type PayeeAccountRecord = Pick<PayeeAccount, keyof PayeeAccount>;
