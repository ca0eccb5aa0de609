export * from './insight.entity.js';
export * from './insight.module.js';
export * from './insight.reader.js';
export * from './insight.service.js';
export * from './season-board.module.js';
export * from './season-board.reader.js';
