export * from './read-sheet.js';
export * from './write-sheet.js';
