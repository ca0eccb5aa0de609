export { DivisionQueryResolver } from './division-query.resolver.js';
