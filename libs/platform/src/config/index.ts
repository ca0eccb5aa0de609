export * from './config.js';
export * from './throttle-limits.js';
