export * from './allocate.js';
export * from './assert.js';
export * from './clock.js';
export * from './domain-error.js';
export * from './fen.js';
export * from './id.js';
export * from './not-found.js';
export * from './page.js';
