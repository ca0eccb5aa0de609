export { MerchantStandingFieldResolver } from './merchant-field.resolver.js';
