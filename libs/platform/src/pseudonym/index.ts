export * from './pseudonyms.js';
