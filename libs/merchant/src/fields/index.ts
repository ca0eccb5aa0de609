export { MerchantStandingFieldResolver } from './merchant-field.resolver.js';
export {
  MerchantApplicationFieldResolver,
  MerchantApplicationSummaryFieldResolver,
} from './merchant-application-field.resolver.js';
