export * from './audit-entry.entity.js';
export * from './identity.module.js';
export * from './membership.entity.js';
export * from './membership.reader.js';
export * from './session.entity.js';
export * from './sign-in-code.entity.js';
export * from './user.entity.js';
