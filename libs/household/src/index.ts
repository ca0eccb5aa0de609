export * from './household.entity.js';
export * from './household.module.js';
export * from './household-person.reader.js';
export * from './household.reader.js';
export type { RegisterWish } from './household-register.rules.js';
export * from './household-register.service.js';
export {
  HOUSEHOLDS_PER_AGREEMENT_MAX,
  HOUSEHOLDS_TOLD_MIN,
  type LinkedHousehold,
  maskName,
} from './household.rules.js';
export * from './household.service.js';
export * from './income-book.reader.js';
export * from './linkage-agreement.reader.js';
export * from './linkage-confirmation.service.js';
export * from './linkage-payment.entity.js';
export * from './linkage-payment.reader.js';
export * from './linkage-payment.service.js';
export * from './linkage-photo.service.js';
export * from './linkage.entity.js';
export * from './linkage.errors.js';
export type * from './linkage.events.js';
export * from './linkage.reader.js';
export { type AgreementWish, type LinkageTerms, refuseAgreement } from './linkage.rules.js';
export * from './linkage.service.js';
