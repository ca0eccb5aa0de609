export * from './columns.js';
export * from './data-source.js';
export * from './database.js';
export * from './database.module.js';
export * from './gathered.js';
export * from './grants.js';
export { migrationClasses } from './migrations.js';
export * from './together.js';
export { SnakeNaming, snakeCase } from './snake-naming.js';
