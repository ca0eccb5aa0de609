export * from './platform.module.js';
export * from './serve.js';
