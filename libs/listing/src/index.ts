export { ListingModule } from './listing.module.js';
export { ListingPhotoService } from './listing-photo.service.js';
export * from './product-listing.entity.js';
export * from './product-listing.errors.js';
export type { ListingDecided, ListingEvent } from './product-listing.events.js';
export {
  LISTING_KEY_PARTS,
  LISTING_QUEUE_KEY_PARTS,
  type ListingRow,
  type ListingScope,
  type ListingStepRow,
  ProductListingReader,
} from './product-listing.reader.js';
export {
  type ListingReviewer,
  type ListingVerdict,
  ProductListingReviewService,
} from './product-listing-review.service.js';
export {
  type ListingDifference,
  type ListingFinds,
  type LooseListing,
  PHOTOS_MAX,
  UNDECIDED_MAX,
  contentOf,
  differencesOf,
  placeListing,
  pricesAsked,
} from './product-listing.rules.js';
export { type ListingAuthor, type ListingDraft, ProductListingService } from './product-listing.service.js';
