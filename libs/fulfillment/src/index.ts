export * from './fulfillment.entity.js';
export * from './fulfillment.errors.js';
export * from './fulfillment.module.js';
export * from './fulfillment.reader.js';
export { type Parcel, parcelOf } from './fulfillment.rules.js';
export * from './fulfillment.service.js';
export type { LineUnits } from './parcel.rules.js';
export * from './receipt.service.js';
export * from './rest.service.js';
