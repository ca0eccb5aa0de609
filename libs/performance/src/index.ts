export * from './performance.entity.js';
export * from './performance.module.js';
export * from './performance.reader.js';
export { OPERATING_DAYS, dayPlus, isOperatingOn, laterDay } from './performance.rules.js';
export { PerformanceService } from './performance.service.js';
