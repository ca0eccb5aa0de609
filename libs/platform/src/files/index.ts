export * from './file.gateway.js';
export * from './local-file.gateway.js';
export * from './stored-file.entity.js';
export * from './stored-file.service.js';
export * from './file-answer.js';
export * from './photo.entity.js';
export { SAME_PHOTO_BITS_MAX, bandsOf, distanceOf, isFeatureless } from './photo.rules.js';
export * from './photo.service.js';
export * from './photo-answer.js';
