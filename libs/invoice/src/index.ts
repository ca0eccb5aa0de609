export * from './invoice-desk.service.js';
export * from './invoice-request.service.js';
export * from './invoice.entity.js';
export * from './invoice.errors.js';
export * from './invoice.module.js';
export * from './invoice.reader.js';
export { ANSWER_FAULTS, type AnswerFault } from './invoice.rules.js';
