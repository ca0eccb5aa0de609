export * from './counter-money.reader.js';
export * from './money-line.reader.js';
export { type OwnOutlook, OwnOutlookReader } from './own-outlook.reader.js';
export { OwnPayeeReader, type PayeeChoice } from './own-payee.reader.js';
export { isInOwnTime, isOwnStatement, ownFrom } from './own-payee.rules.js';
export * from './statement-download.service.js';
export * from './statement-issue.service.js';
export * from './statement-print.service.js';
export * from './statement-run.service.js';
export * from './statement-fee.reader.js';
export * from './statement.entity.js';
export * from './statement.errors.js';
export * from './statement.events.js';
export * from './statement.module.js';
export * from './statement.reader.js';
export { type Amounts, exactYuan, lastDayOf, netOf } from './statement.rules.js';
export * from './tax-export.service.js';
export * from './tax-projection.errors.js';
export * from './tax-projection.reader.js';
export {
  type Quarter,
  type TaxRow,
  daysOfQuarter,
  dueOn,
  isQuarter,
  maskCode,
  netSalesOf,
} from './tax-projection.rules.js';
