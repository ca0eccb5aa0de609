export * from './bank-movement.service.js';
export * from './clawback.reader.js';
export * from './clawback.service.js';
export * from './dispute-booking.service.js';
export * from './household-reach.reader.js';
export {
  CAPTURE_DISPOSITIONS,
  type Capture,
  type CaptureDisposition,
  type Cause,
  type ProviderFee,
  type SaleOnAccount,
  type SettledRefund,
  type BankMovement,
  bankMovementKey,
} from './journal.rules.js';
export * from './payee-account.entity.js';
export * from './payee-account.errors.js';
export * from './payee-account.reader.js';
export { type AccountDetails, type Payee, maskName, payeeOf } from './payee-account.rules.js';
export { type AccountProposal, PayeeAccountService } from './payee-account.service.js';
export * from './payee-share.reader.js';
export * from './payout-batch.entity.js';
export * from './payout-batch.reader.js';
export * from './payout-batch.service.js';
export * from './payout-desk.service.js';
export * from './payout-outlook.reader.js';
export { PayoutResultService } from './payout-result.service.js';
export * from './payout-policy.entity.js';
export * from './payout-policy.errors.js';
export { PayoutPolicyReader } from './payout-policy.reader.js';
export type { PolicyChangeRow, PolicyWish } from './payout-policy.rules.js';
export * from './payout-policy.service.js';
export * from './payout-run.service.js';
export * from './payout-transfer.service.js';
export * from './payout.entity.js';
export * from './payout.errors.js';
export * from './payout.gateway.js';
export * from './payout.module.js';
export * from './payout.reader.js';
export { nextRunDay, payoutDayOf } from './payout.rules.js';
export * from './pool-assignment.entity.js';
export * from './pool-assignment.errors.js';
export type { PoolWish } from './pool-assignment.rules.js';
export * from './pool-assignment.service.js';
export * from './pool.reader.js';
export * from './ledger-adjustment.entity.js';
export * from './ledger-adjustment.errors.js';
export * from './ledger-adjustment.reader.js';
export type { AdjustmentRow, AdjustmentWish } from './ledger-adjustment.rules.js';
export * from './ledger-adjustment.service.js';
export * from './ledger-control.service.js';
export * from './refund-reversal.events.js';
export * from './refund-reversal.service.js';
export * from './refund-source.reader.js';
export * from './sale-split.service.js';
export * from './settlement.module.js';
export * from './split-preview.service.js';
export * from './share-hold.entity.js';
export * from './share-release.service.js';
export * from './split-rule.entity.js';
export * from './split-rule.reader.js';
export type { RuleKind, RuleVersion } from './split-rule.repository.js';
export type { ContributionRuleRow, SplitRate, SplitRuleRow } from './split-rule.rules.js';
export * from './split-rule.service.js';
export { type RuleScope, SPLIT_CHANNELS, scopeKeyOf } from './split-scope.rules.js';
export * from './split-share.entity.js';
export * from './split.errors.js';
export * from './split.reader.js';
export type { HouseholdWeight, RefundPart, SaleFreight, SaleLine, VoucherShare } from './split.rules.js';
export * from './payee-account-holder.reader.js';
