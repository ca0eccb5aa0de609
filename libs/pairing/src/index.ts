export * from './pairing-photo.service.js';
export * from './pairing.entity.js';
export * from './pairing.errors.js';
export * from './pairing.module.js';
export * from './pairing.reader.js';
export type { PairingWish } from './pairing.rules.js';
export * from './pairing.service.js';
