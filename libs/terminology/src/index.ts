export * from './term.entity.js';
export * from './term.reader.js';
export type { TermRow } from './term.rules.js';
export * from './terminology.module.js';
