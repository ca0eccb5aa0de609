export * from './columns.js';
export * from './data-source.js';
export * from './database.js';
export * from './database.module.js';
export { migrationClasses } from './migrations.js';
export { SnakeNaming } from './snake-naming.js';
