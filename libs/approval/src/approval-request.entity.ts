import { Column, Entity } from 'typeorm';
import type { IdOf } from '#libs/kernel';
import { DivisionColumn, IdColumn, InstantColumn, WordColumn } from '#platform/database';

export type ApprovalRequestId = IdOf<'apr'>;

/** What may be asked for. A new kind is a word here, in the console's SDL, and a permission at its door. */
export const APPROVAL_KINDS = [
  'BANK_REFUND',
  'SPLIT_RULE',
  'CONTRIBUTION_RULE',
  'POOL_ASSIGNMENT',
  'LEDGER_ADJUSTMENT',
  'PAYOUT_POLICY',
  'CREDIT_TERM',
  'PROMOTION',
  'RECEIVABLE_ACT',
  'VOLUME_LOCK',
  'VOLUME_PUBLISH',
  'VOLUME_ERRATUM',
  'PAYOUT_BATCH',
  'PAYOUT_BATCH_VOID',
  'VAN_WRITE_OFF',
  'STOCK_WRITE_OFF',
  'STOCK_COUNT',
] as const;
export type ApprovalKind = (typeof APPROVAL_KINDS)[number];

export const APPROVAL_STATES = ['OPEN', 'APPROVED', 'REJECTED', 'WITHDRAWN'] as const;
export type ApprovalState = (typeof APPROVAL_STATES)[number];

/** Somebody's wish that others agree to exactly this content. Decided once, and then kept. */
@Entity('approval_request')
export class ApprovalRequest {
  @IdColumn({ primary: true }) id!: ApprovalRequestId;
  @WordColumn() subjectKind!: ApprovalKind;
  @IdColumn() subjectId!: string;
  @Column('varchar', { length: 80, nullable: true }) openSubject!: string | null;
  @Column('varchar', { length: 64 }) contentHash!: string;
  @IdColumn() requestedBy!: IdOf<'usr'>;
  @Column('int') requiredCount!: number;
  /** Where what is proposed lies; null of what is the platform's. */
  @DivisionColumn({ nullable: true }) divisionCode!: string | null;
  @WordColumn() state!: ApprovalState;
  @InstantColumn() requestedAt!: Date;
  @InstantColumn({ nullable: true }) decidedAt!: Date | null;
}

export const VERDICTS = ['APPROVE', 'REJECT'] as const;
export type Verdict = (typeof VERDICTS)[number];

/** What one person said to one request; said once. */
@Entity('approval_vote')
export class ApprovalVote {
  @IdColumn({ primary: true }) requestId!: ApprovalRequestId;
  @IdColumn({ primary: true }) userId!: IdOf<'usr'>;
  @WordColumn() verdict!: Verdict;
  @Column('varchar', { length: 400, nullable: true }) reason!: string | null;
  @InstantColumn() at!: Date;
}
