export { ExpiryService } from './expiry.service.js';
export * from './kiosk.reader.js';
export * from './planogram.entity.js';
export type { PlanInput } from './planogram.rules.js';
export { PlanogramService } from './planogram.service.js';
export * from './shelf.reader.js';
export * from './slot-filling.service.js';
export * from './vending.errors.js';
export * from './vending.module.js';
