export * from './bull.queue.js';
export * from './queue.gateway.js';
