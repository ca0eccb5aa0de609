export {
  ListingSummaryFieldResolver,
  ProductListingFieldResolver,
} from './product-listing-field.resolver.js';
