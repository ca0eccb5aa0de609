export * from './statement-download.service.js';
export * from './statement-issue.service.js';
export * from './statement-print.service.js';
export * from './statement-run.service.js';
export * from './statement.entity.js';
export * from './statement.errors.js';
export * from './statement.module.js';
export * from './statement.reader.js';
export { type Amounts, exactYuan, netOf } from './statement.rules.js';
