import { Module } from '@nestjs/common';
import { CatalogModule } from '#libs/catalog';
import { ListingModule } from '#libs/listing';
import { ListingSummaryFieldResolver, ProductListingFieldResolver } from '#libs/listing/fields';
import { FairPriceResolver } from './fair-price.resolver.js';
import { ListingPhotoController } from './listing-photo.controller.js';
import { ListingResolver, OwnProductResolver } from './listing.resolver.js';
import { MerchantModule } from '#libs/merchant';

@Module({
  imports: [MerchantModule, CatalogModule, ListingModule],
  controllers: [ListingPhotoController],
  providers: [
    FairPriceResolver,
    ListingResolver,
    ListingSummaryFieldResolver,
    OwnProductResolver,
    ProductListingFieldResolver,
  ],
})
export class ListingDoorModule {}
