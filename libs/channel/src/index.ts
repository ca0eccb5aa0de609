export * from './channel-point.entity.js';
export * from './channel-point.events.js';
export * from './channel-point.reader.js';
export { LISTINGS_MAX, type PlaceFacts } from './channel-point.rules.js';
export * from './channel-point.service.js';
export * from './channel.module.js';
export { refusePosition } from './distance.rules.js';
export * from './nearby-point.reader.js';
export { isOpenAt } from './opening-hours.rules.js';
