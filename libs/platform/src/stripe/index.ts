export * from './call.js';
export * from './client.js';
export * from './outcome.js';
