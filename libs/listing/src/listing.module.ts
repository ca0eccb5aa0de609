import { Module } from '@nestjs/common';
import { CatalogModule } from '#libs/catalog';
import { DivisionModule } from '#libs/division';
import { AuditModule, IdentityModule } from '#libs/identity';
import { MerchantModule } from '#libs/merchant';
import { ListingPhotoService } from './listing-photo.service.js';
import { ProductListingReader } from './product-listing.reader.js';
import { ProductListingRepository } from './product-listing.repository.js';
import { ProductListingReviewService } from './product-listing-review.service.js';
import { ProductListingService } from './product-listing.service.js';

@Module({
  imports: [AuditModule, CatalogModule, DivisionModule, IdentityModule, MerchantModule],
  providers: [
    ListingPhotoService,
    ProductListingReader,
    ProductListingRepository,
    ProductListingReviewService,
    ProductListingService,
  ],
  exports: [ListingPhotoService, ProductListingReader, ProductListingReviewService, ProductListingService],
})
export class ListingModule {}
