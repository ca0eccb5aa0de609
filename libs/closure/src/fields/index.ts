export { MerchantClosureFieldResolver } from './merchant-closure-field.resolver.js';
