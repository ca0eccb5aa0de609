export * from './household.entity.js';
export * from './household.module.js';
export * from './household-person.reader.js';
export * from './household.reader.js';
export {
  HOUSEHOLDS_PER_AGREEMENT_MAX,
  HOUSEHOLDS_TOLD_MIN,
  type LinkedHousehold,
  maskName,
} from './household.rules.js';
export * from './household.service.js';
export * from './linkage.entity.js';
export * from './linkage.reader.js';
