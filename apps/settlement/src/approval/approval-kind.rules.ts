import type { ApprovalKind } from '#libs/approval';
import type { Permission } from '#platform/auth';

/** What somebody needs to vote on each kind. */
export const VOTER_OF: Readonly<Record<ApprovalKind, Permission>> = {
  BANK_REFUND: 'MANUAL_REFUND_APPROVE',
  SPLIT_RULE: 'SPLIT_RULE_APPROVE',
  CONTRIBUTION_RULE: 'SPLIT_RULE_APPROVE',
  POOL_ASSIGNMENT: 'POOL_ASSIGN_APPROVE',
  LEDGER_ADJUSTMENT: 'LEDGER_ADJUST',
  CREDIT_TERM: 'CREDIT_TERM_SET',
  PROMOTION: 'PROMOTION_APPROVE',
  RECEIVABLE_ACT: 'RECEIVABLE_MANAGE',
  VOLUME_LOCK: 'VOLUME_CLOSE',
  VOLUME_PUBLISH: 'VOLUME_PUBLISH',
  VOLUME_ERRATUM: 'VOLUME_PUBLISH',
  PAYOUT_BATCH: 'PAYOUT_APPROVE',
  PAYOUT_BATCH_VOID: 'PAYOUT_APPROVE',
  PAYOUT_POLICY: 'PAYOUT_APPROVE',
  VAN_WRITE_OFF: 'COUNTER_MANAGE',
  // Within a merchant's team: nobody at the console votes on them.
  STOCK_WRITE_OFF: 'STOCK',
  STOCK_COUNT: 'STOCK',
};

/** Each lies in a division, and is for whoever answers for that. */
export const OF_DIVISION: readonly ApprovalKind[] = ['VAN_WRITE_OFF'];

/** The months of a register are its division's; everything else that is approved is the platform's. */
export const OF_REGISTER: readonly ApprovalKind[] = ['VOLUME_LOCK', 'VOLUME_PUBLISH', 'VOLUME_ERRATUM'];
