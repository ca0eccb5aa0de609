export * from './merchant.entity.js';
export * from './merchant.module.js';
export * from './merchant-contact.reader.js';
export * from './merchant.reader.js';
export * from './merchant.service.js';
