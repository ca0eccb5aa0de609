export * from './client.js';
export * from './outcome.js';
