export * from './live-connections.js';
export * from './throttle.guard.js';
export * from './throttle.service.js';
export * from './throttled.decorator.js';
export * from './too-many-requests.js';
export * from './turnstile.js';
