export * from './merchant.entity.js';
export * from './merchant.errors.js';
export type * from './merchant.events.js';
export * from './merchant.module.js';
export * from './merchant-contact.reader.js';
export * from './merchant.reader.js';
export * from './merchant.service.js';
export * from './merchant-standing.reader.js';
export * from './merchant-standing.service.js';
