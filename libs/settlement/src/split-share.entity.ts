import { Column, Entity } from 'typeorm';
import type { Fen } from '#libs/kernel';
import { FenColumn, IdColumn, InstantColumn, WordColumn } from '#platform/database';
import type { SplitRuleId } from './split-rule.entity.js';

export const PAYEE_KINDS = [
  'MERCHANT',
  'HOUSEHOLD',
  'HOUSEHOLD_POOL',
  'PLATFORM',
  'OPERATOR',
  'FUND',
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
  @IdColumn() ruleId!: SplitRuleId;
  @WordColumn() payeeKind!: PayeeKind;
  /** A merchant, household or counter; a county code for pool and fund; '' for the platform. */
  @IdColumn() payeeId!: string;
  @FenColumn() shareFen!: Fen;
  @FenColumn({ default: 0 }) reversedFen!: Fen;
  @FenColumn({ default: 0 }) releasedFen!: Fen;
  @InstantColumn({ nullable: true }) releasedAt!: Date | null;
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
  @InstantColumn({ nullable: true }) undoneAt!: Date | null;
}
