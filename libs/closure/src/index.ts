export { ClosureObstacleReader } from './closure-obstacle.reader.js';
export { ClosureModule } from './closure.module.js';
export * from './merchant-closure.entity.js';
export * from './merchant-closure.errors.js';
export type { ClosureEvent, MerchantClosureChanged } from './merchant-closure.events.js';
export { MerchantClosureReader, type MerchantClosureRow } from './merchant-closure.reader.js';
export { MerchantClosureService } from './merchant-closure.service.js';
