export * from './file.gateway.js';
export * from './local-file.gateway.js';
export * from './stored-file.entity.js';
export * from './stored-file.service.js';
export * from './file-answer.js';
