export * from './credit-term.entity.js';
export * from './credit-term.errors.js';
export * from './credit-term.reader.js';
export type { CreditTermRow } from './credit-term.rules.js';
export * from './credit-term.service.js';
export * from './credit.service.js';
export * from './demand-notice.entity.js';
export * from './demand-notice.errors.js';
export {
  DEMAND_NOTICE_KEY_PARTS,
  DemandNoticeReader,
  type DemandNoticeRow,
  type OpenDemandRow,
} from './demand-notice.reader.js';
export { type DemandWish, noSuchKind } from './demand-notice.rules.js';
export * from './demand-notice.service.js';
export * from './invoice-title.entity.js';
export type { InvoiceTitleInput } from './invoice-title.rules.js';
export * from './invoice-title.service.js';
export * from './procurement-unit.entity.js';
export * from './procurement-unit.errors.js';
export * from './procurement-unit.reader.js';
export type { ContractorInput, ProcurementUnitFacts } from './procurement-unit.rules.js';
export * from './procurement-unit.service.js';
export * from './procurement.module.js';
export * from './purchaser.module.js';
export * from './purchaser.reader.js';
export * from './reserved-share.entity.js';
export * from './reserved-share.reader.js';
export { type ShareFiling, isEnoughReserved } from './reserved-share.rules.js';
export * from './reserved-share.service.js';
export * from './unit-contractor.service.js';
