export { RestockVisitFieldResolver } from './restock-visit-field.resolver.js';
