export * from './channel-point.entity.js';
export * from './channel-point.events.js';
export * from './channel-point.reader.js';
export { LISTINGS_MAX, type PlaceFacts } from './channel-point.rules.js';
export * from './channel-point.service.js';
export * from './channel.module.js';
