export * from './address.entity.js';
export * from './address.errors.js';
export * from './address.module.js';
export * from './address.reader.js';
export { ADDRESSES_MAX, type AddressInput, wrongPhone } from './address.rules.js';
export * from './address.service.js';
