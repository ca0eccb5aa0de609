export { RestockVisitFieldResolver } from './restock-visit-field.resolver.js';
export { VanWriteOffFieldResolver } from './van-write-off-field.resolver.js';
