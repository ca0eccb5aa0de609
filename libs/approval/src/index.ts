export * from './approval-request.entity.js';
export * from './approval.errors.js';
export * from './approval.module.js';
export * from './approval.reader.js';
export { type ApprovalContent, contentHashOf } from './approval.rules.js';
export * from './approval.service.js';
