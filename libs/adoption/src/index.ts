export * from './adoption-grower.service.js';
export * from './adoption-keeping.service.js';
export * from './adoption-late.service.js';
export * from './adoption.entity.js';
export * from './adoption.errors.js';
export type * from './adoption.events.js';
export * from './adoption.module.js';
export * from './adoption.reader.js';
export {
  type AdoptionInstalmentState,
  type AdoptionState,
  type HarvestCorrection,
  type HarvestWish,
  type UpdateWish,
  instalmentStateOf,
  stateOf,
} from './adoption.rules.js';
