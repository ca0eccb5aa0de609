export {
  CAPTURE_DISPOSITIONS,
  type Capture,
  type CaptureDisposition,
  type Cause,
  type ProviderFee,
} from './journal.rules.js';
export * from './refund-reversal.events.js';
export * from './refund-reversal.service.js';
export * from './sale-split.service.js';
export * from './settlement.module.js';
export * from './split-rule.entity.js';
export * from './split-rule.reader.js';
export * from './split-rule.rules.js';
export * from './split-share.entity.js';
export * from './split.errors.js';
export type { HouseholdWeight, RefundPart, SaleFreight, SaleLine } from './split.rules.js';
