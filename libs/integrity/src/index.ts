export * from './appeal-file.service.js';
export { CorrectionService } from './correction.service.js';
export * from './integrity-blocker.reader.js';
export * from './integrity-check.service.js';
export * from './integrity-flag.entity.js';
export * from './integrity-flag.errors.js';
export * from './integrity-flag.reader.js';
export * from './integrity-flag.service.js';
export * from './integrity.module.js';
