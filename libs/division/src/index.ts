export * from './calendar-day.entity.js';
export * from './calendar.reader.js';
export * from './calendar.rules.js';
export * from './division.entity.js';
export * from './division.module.js';
export * from './division.reader.js';
export * from './division.rules.js';
export * from './division.service.js';
