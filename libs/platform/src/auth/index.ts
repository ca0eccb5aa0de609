export * from './access-token.js';
export * from './actor.js';
export * from './allow.decorator.js';
export * from './audited.decorator.js';
export * from './auth.guard.js';
export * from './denied.js';
export * from './permission.js';
