export * from './review.entity.js';
export * from './review.errors.js';
export * from './review.module.js';
export * from './review.reader.js';
export { averageHundredths, holdReasonOf } from './review.rules.js';
export * from './review.service.js';
