export * from './insight.entity.js';
export * from './insight.module.js';
export * from './insight.reader.js';
export * from './insight.service.js';
