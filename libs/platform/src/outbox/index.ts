export * from './consumer.js';
export * from './dead-letter.service.js';
export * from './dispatcher.js';
export * from './emit.js';
export * from './event.js';
export { OutboxMessage, Receipt } from './outbox.entity.js';
export * from './relay.js';
