export * from './read-sheet.js';
export * from './received-sheet.js';
export * from './sheet-answer.js';
export * from './stream-sheet.js';
export * from './write-sheet.js';
