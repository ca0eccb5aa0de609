import { Column, Entity } from 'typeorm';
import type { Fen } from '#libs/kernel';
import { FenColumn, IdColumn, InstantColumn, WordColumn } from '#platform/database';
import type { ContributionRuleId, FeeBearer, SplitRuleId } from './split-rule.entity.js';

export const PAYEE_KINDS = [
  'MERCHANT',
  'HOUSEHOLD',
  'HOUSEHOLD_POOL',
  'PLATFORM',
  'OPERATOR',
  'FUND',
  'CONTRIBUTION',
] as const;
export type PayeeKind = (typeof PAYEE_KINDS)[number];

/** One payee's part of one order line, or of a merchant order's freight; frozen when paid. */
@Entity('split_share')
export class SplitShare {
  /** The order line; the merchant order for its freight. */
  @IdColumn({ primary: true }) lineId!: string;
  @Column('int', { primary: true }) rankNo!: number;
  @IdColumn() merchantOrderId!: string;
  @IdColumn() orderId!: string;
  /** Of its split or contribution rule; '' for freight. */
  @IdColumn() ruleId!: SplitRuleId | ContributionRuleId | '';
  @WordColumn() payeeKind!: PayeeKind;
  /** A merchant, household or counter; a county code for pool, fund and contribution; '' for the platform. */
  @IdColumn() payeeId!: string;
  @FenColumn() shareFen!: Fen;
  @FenColumn({ default: 0 }) reversedFen!: Fen;
  @FenColumn({ default: 0 }) releasedFen!: Fen;
  /** What a pool has passed on to households that were named later; their shares are rows of their own. */
  @FenColumn({ default: 0 }) assignedFen!: Fen;
  /** What the payee bears of the payment provider's fee. */
  @FenColumn({ default: 0 }) feeFen!: Fen;
  @InstantColumn({ nullable: true }) releasedAt!: Date | null;
  /** When it came due while a case held it. */
  @InstantColumn({ nullable: true }) dueAt!: Date | null;
}

/** What a line was split by, kept apart from its shares: what they have to make together. */
@Entity('split_line')
export class SplitLine {
  /** The order line; the merchant order for its freight. */
  @IdColumn({ primary: true }) lineId!: string;
  @IdColumn() orderId!: string;
  @IdColumn() merchantOrderId!: string;
  @FenColumn() baseFen!: Fen;
  /** Of the base: paid by the platform and not by the buyer. */
  @FenColumn() subsidyFen!: Fen;
  /** '' for freight. */
  @IdColumn() productId!: string;
  /** '' for freight. */
  @WordColumn() channelKind!: string;
  @Column('boolean') isCertified!: boolean;
  @WordColumn() feeBearer!: FeeBearer;
  /** Which payment was split; '' on lines older than the column. */
  @IdColumn({ default: '' }) paymentId!: string;
}

/** What the provider kept of a payment, and how much of it was passed on to those with a share. */
@Entity('split_fee')
export class SplitFee {
  @Column('varchar', { length: 80, primary: true }) movementRef!: string;
  @IdColumn() orderId!: string;
  @IdColumn() paymentId!: string;
  @FenColumn() feeFen!: Fen;
  /** Until its payment has been split. */
  @FenColumn({ nullable: true }) borneFen!: Fen | null;
}

export const REVERSAL_SOURCES = ['HELD', 'AVAILABLE'] as const;
export type ReversalSource = (typeof REVERSAL_SOURCES)[number];

/** What one refund took from one share. */
@Entity('split_reversal')
export class SplitReversal {
  @IdColumn({ primary: true }) refundId!: string;
  @IdColumn({ primary: true }) lineId!: string;
  @Column('int', { primary: true }) rankNo!: number;
  @FenColumn() amountFen!: Fen;
  @WordColumn() takenFrom!: ReversalSource;
  /** Of the amount: owed by the payee, whose account did not hold it any more. */
  @FenColumn({ default: 0 }) clawbackFen!: Fen;
  /** Of the amount: borne by the platform. */
  @FenColumn({ default: 0 }) absorbedFen!: Fen;
  @InstantColumn({ nullable: true }) undoneAt!: Date | null;
}
