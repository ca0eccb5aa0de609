import { Module } from '@nestjs/common';
import { CatalogModule, ReferencePriceModule } from '#libs/catalog';
import { ListingModule } from '#libs/listing';
import { ListingSummaryFieldResolver, ProductListingFieldResolver } from '#libs/listing/fields';
import { ListingPhotoController } from './listing-photo.controller.js';
import { ListingResolver } from './listing.resolver.js';
import { ReferencePriceResolver } from './reference-price.resolver.js';
import { MerchantModule } from '#libs/merchant';

@Module({
  imports: [MerchantModule, CatalogModule, ListingModule, ReferencePriceModule],
  controllers: [ListingPhotoController],
  providers: [
    ListingResolver,
    ListingSummaryFieldResolver,
    ProductListingFieldResolver,
    ReferencePriceResolver,
  ],
})
export class ListingDoorModule {}
