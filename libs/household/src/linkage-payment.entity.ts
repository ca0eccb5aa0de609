import { Column, Entity } from 'typeorm';
import type { Fen, IdOf } from '#libs/kernel';
import { DivisionColumn, FenColumn, IdColumn, InstantColumn, WordColumn } from '#platform/database';
import type { HouseholdId } from './household.entity.js';
import type { IncomeCategory } from './income-book.rules.js';
import type { LinkageAgreementId } from './linkage.entity.js';

export type LinkagePaymentId = IdOf<'lpm'>;
export type LinkageFlagId = IdOf<'lfl'>;

/** What a household was given. Never changed: what was wrong is reversed by a row of its own. */
@Entity('linkage_payment')
export class LinkagePayment {
  @IdColumn({ primary: true }) id!: LinkagePaymentId;
  @IdColumn() agreementId!: LinkageAgreementId;
  @IdColumn() merchantId!: IdOf<'mer'>;
  @IdColumn() householdId!: HouseholdId;
  @DivisionColumn() villageCode!: string;
  @WordColumn() category!: IncomeCategory;
  @FenColumn() amountFen!: Fen;
  @Column('date') paidOn!: string;
  @Column('varchar', { length: 200 }) note!: string;
  @IdColumn({ nullable: true }) reversesId!: LinkagePaymentId | null;
  @Column('varchar', { length: 64 }) idempotencyKey!: string;
  @IdColumn() recordedBy!: IdOf<'usr'>;
  @InstantColumn() recordedAt!: Date;
}

export const CONFIRMATION_ANSWERS = ['RECEIVED', 'NOT_RECEIVED'] as const;
export type ConfirmationAnswer = (typeof CONFIRMATION_ANSWERS)[number];

/** The link by which a household says whether it was given the money; one per payment, the newest. */
@Entity('linkage_confirmation')
export class LinkageConfirmation {
  @IdColumn({ primary: true }) paymentId!: LinkagePaymentId;
  @Column('char', { length: 64 }) tokenHash!: string;
  @IdColumn() issuedBy!: IdOf<'usr'>;
  @InstantColumn() issuedAt!: Date;
  @InstantColumn() expiresAt!: Date;
  @WordColumn({ nullable: true }) answer!: ConfirmationAnswer | null;
  @InstantColumn({ nullable: true }) answeredAt!: Date | null;
  @Column('varchar', { length: 200 }) reason!: string;
}

/**
 * SAME_SUM: many households, one sum. ROUND_SUM: whole thousands where goods are weighed. MEMBER_GONE: whoever stands for the household had died or moved away.
 * ABOVE_STATED: more in a year than is agreed. DENIED: the household says it was given nothing.
 */
export const PAYMENT_RULES = ['SAME_SUM', 'ROUND_SUM', 'MEMBER_GONE', 'ABOVE_STATED', 'DENIED'] as const;
export type PaymentRule = (typeof PAYMENT_RULES)[number];

/** UPHELD: something is wrong, and the merchant has to reverse it. */
export const LINKAGE_FLAG_STATES = ['OPEN', 'CLEARED', 'UPHELD'] as const;
export type LinkageFlagState = (typeof LINKAGE_FLAG_STATES)[number];

/** What looks wrong about a payment; once per rule. */
@Entity('linkage_flag')
export class LinkageFlag {
  @IdColumn({ primary: true }) id!: LinkageFlagId;
  @IdColumn() paymentId!: LinkagePaymentId;
  @DivisionColumn() villageCode!: string;
  @WordColumn() rule!: PaymentRule;
  @WordColumn() state!: LinkageFlagState;
  @Column('varchar', { length: 200 }) note!: string;
  @InstantColumn() raisedAt!: Date;
  @IdColumn({ nullable: true }) decidedBy!: IdOf<'usr'> | null;
  @InstantColumn({ nullable: true }) decidedAt!: Date | null;
}
