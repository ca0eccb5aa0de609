export * from './context.js';
export * from './errors.js';
export * from './graphql.module.js';
export * from './limits.js';
export * from './loaders.js';
export * from './name-results.js';
export * from './persisted-documents.js';
export * from './scalars.js';
