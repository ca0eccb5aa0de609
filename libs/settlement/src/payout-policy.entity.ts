import { Column, Entity } from 'typeorm';
import type { ApprovalRequestId } from '#libs/approval';
import type { Fen, IdOf } from '#libs/kernel';
import { FenColumn, IdColumn, InstantColumn, WordColumn } from '#platform/database';

export const PAYOUT_POLICY_NAMES = [
  'MINIMUM_MERCHANT',
  'MINIMUM_HOUSEHOLD',
  'MINIMUM_OPERATOR',
  'MINIMUM_FUND',
  'TWO_APPROVERS_ABOVE',
] as const;
export type PayoutPolicyName = (typeof PAYOUT_POLICY_NAMES)[number];

/** The least that is paid out, and above what a batch needs two approvers: as it was at the beginning. */
@Entity('payout_policy')
export class PayoutPolicy {
  @WordColumn({ primary: true }) name!: PayoutPolicyName;
  @FenColumn() amountFen!: Fen;
}

export type PayoutPolicyChangeId = IdOf<'ppc'>;

export const PAYOUT_POLICY_CHANGE_STATES = ['PROPOSED', 'APPROVED', 'REJECTED', 'WITHDRAWN'] as const;
export type PayoutPolicyChangeState = (typeof PAYOUT_POLICY_CHANGE_STATES)[number];

/** Another amount from a day on, once a second person has agreed. What it says never changes. */
@Entity('payout_policy_change')
export class PayoutPolicyChange {
  @IdColumn({ primary: true }) id!: PayoutPolicyChangeId;
  @WordColumn() name!: PayoutPolicyName;
  @FenColumn() amountFen!: Fen;
  /** The first business day on which it holds. */
  @Column('date') effectiveOn!: string;
  @Column('varchar', { length: 400 }) reason!: string;
  @Column('varchar', { length: 80 }) idempotencyKey!: string;
  @IdColumn() proposedBy!: IdOf<'usr'>;
  @IdColumn() approvalRequestId!: ApprovalRequestId;
  @WordColumn() state!: PayoutPolicyChangeState;
  @InstantColumn() proposedAt!: Date;
  @InstantColumn({ nullable: true }) decidedAt!: Date | null;
}
