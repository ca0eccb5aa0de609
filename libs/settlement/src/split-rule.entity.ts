import { Column, Entity } from 'typeorm';
import type { IdOf } from '#libs/kernel';
import { IdColumn, InstantColumn, WordColumn } from '#platform/database';

export type SplitRuleId = IdOf<'spr'>;
export type ContributionRuleId = IdOf<'ctr'>;

export const RULE_STATES = ['DRAFT', 'PROPOSED', 'PUBLISHED', 'REJECTED', 'WITHDRAWN'] as const;
export type RuleState = (typeof RULE_STATES)[number];

/** Who bears what the payment provider keeps: the platform, or whoever has a share in the line. */
export const FEE_BEARERS = ['PLATFORM', 'SELLER'] as const;
export type FeeBearer = (typeof FEE_BEARERS)[number];

/**
 * Basis points of the goods value that each payee gets; together 10 000. Once published a rule is never changed, a newer version
 * of its scope follows it.
 */
@Entity('split_rule')
export class SplitRule {
  @IdColumn({ primary: true }) id!: SplitRuleId;
  /** Null until published. */
  @Column('int', { nullable: true }) version!: number | null;
  @Column('varchar', { length: 80, default: '*' }) scopeKey!: string;
  @IdColumn({ default: '' }) productId!: string;
  @IdColumn({ default: '' }) merchantId!: string;
  @WordColumn() channelKind!: string;
  @Column('int') merchantBps!: number;
  @Column('int') householdBps!: number;
  @Column('int') platformBps!: number;
  @Column('int') operatorBps!: number;
  @Column('int') fundBps!: number;
  @WordColumn({ default: 'PLATFORM' }) feeBearer!: FeeBearer;
  @InstantColumn() effectiveFrom!: Date;
  @WordColumn({ default: 'PUBLISHED' }) state!: RuleState;
  @IdColumn({ default: '' }) createdBy!: string;
  @InstantColumn({ default: '2018-12-31 16:00:00.000000' }) createdAt!: Date;
  @Column('varchar', { length: 64, nullable: true }) idempotencyKey!: string | null;
  @IdColumn({ nullable: true }) approvalId!: IdOf<'apr'> | null;
}

/** What the merchant of goods that are not certified gives to the county fund of the place of sale. */
@Entity('contribution_rule')
export class ContributionRule {
  @IdColumn({ primary: true }) id!: ContributionRuleId;
  /** Null until published. */
  @Column('int', { nullable: true }) version!: number | null;
  @Column('varchar', { length: 80 }) scopeKey!: string;
  @WordColumn() channelKind!: string;
  @Column('int') bps!: number;
  @InstantColumn() effectiveFrom!: Date;
  @WordColumn() state!: RuleState;
  @IdColumn() createdBy!: string;
  @InstantColumn() createdAt!: Date;
  @Column('varchar', { length: 64, nullable: true }) idempotencyKey!: string | null;
  @IdColumn({ nullable: true }) approvalId!: IdOf<'apr'> | null;
}

/** What a payment provider allows. */
@Entity('split_provider')
export class SplitProvider {
  @WordColumn({ primary: true }) code!: string;
  @Column('boolean') isUsed!: boolean;
  /** Null where the provider sets no limit. */
  @Column('int', { nullable: true }) nonSellerMaxBps!: number | null;
}
