export * from './merchant.entity.js';
export * from './merchant.module.js';
export * from './merchant.reader.js';
export { creditCodeCheck, isCreditCode } from './merchant.rules.js';
export * from './merchant.service.js';
