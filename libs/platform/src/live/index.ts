export * from './live.gateway.js';
