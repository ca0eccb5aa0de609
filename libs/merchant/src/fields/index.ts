export { FoodLicenceFieldResolver } from './food-licence-field.resolver.js';
export { MerchantStandingFieldResolver } from './merchant-field.resolver.js';
export {
  MerchantApplicationFieldResolver,
  MerchantApplicationSummaryFieldResolver,
} from './merchant-application-field.resolver.js';
export { MerchantPaperFieldResolver } from './merchant-paper-field.resolver.js';
