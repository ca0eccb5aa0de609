export * from './impact-receipt.reader.js';
export type { ImpactReach, ImpactState } from './impact-receipt.rules.js';
export * from './impact-year.reader.js';
export type { CountySpent } from './impact-year.rules.js';
export * from './impact.module.js';
