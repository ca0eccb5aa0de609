export * from './account-deletion.entity.js';
export * from './account-deletion.errors.js';
export type { AccountDeleted, PrivacyEvent } from './account-deletion.events.js';
export * from './account-deletion.reader.js';
export * from './account-deletion.service.js';
export * from './personal-data.service.js';
export * from './privacy.module.js';
