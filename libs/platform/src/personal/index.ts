export * from './personal-source.js';
