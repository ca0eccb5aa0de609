import { Module } from '@nestjs/common';
import { CatalogModule } from '#libs/catalog';
import { ChannelModule } from '#libs/channel';
import { DivisionModule } from '#libs/division';
import { HouseholdModule } from '#libs/household';
import { InventoryModule } from '#libs/inventory';
import { MerchantModule } from '#libs/merchant';
import { FoodLicenceFieldResolver } from '#libs/merchant/fields';
import { SettlementModule } from '#libs/settlement';
import { CategoryResolver } from './category.resolver.js';
import {
  CategoryFacetResolver,
  CountyFacetResolver,
  ProductFacetResolver,
} from './product-facet.resolver.js';
import {
  BatchHarvestResolver,
  BatchVillageResolver,
  HarvestWindowResolver,
  ProductOriginResolver,
  ProductPlaceResolver,
  ProductReachResolver,
} from './product-origin.resolver.js';
import { PriceChangeResolver } from './price-change.resolver.js';
import { PresaleResolver, ProductPresaleResolver } from './presale.resolver.js';
import { ProductPhotoController } from './product-photo.controller.js';
import { ProductPhotoResolver } from './product-photo.resolver.js';
import { ProductSearchResolver } from './product-search.resolver.js';
import { BatchResolver, ProductResolver } from './product.resolver.js';

@Module({
  imports: [
    CatalogModule,
    ChannelModule,
    DivisionModule,
    HouseholdModule,
    InventoryModule,
    MerchantModule,
    SettlementModule,
  ],
  controllers: [ProductPhotoController],
  providers: [
    BatchHarvestResolver,
    BatchResolver,
    BatchVillageResolver,
    FoodLicenceFieldResolver,
    HarvestWindowResolver,
    PresaleResolver,
    PriceChangeResolver,
    ProductOriginResolver,
    ProductPhotoResolver,
    ProductPlaceResolver,
    ProductPresaleResolver,
    ProductReachResolver,
    CategoryFacetResolver,
    CategoryResolver,
    CountyFacetResolver,
    ProductFacetResolver,
    ProductResolver,
    ProductSearchResolver,
  ],
})
export class CatalogDoorModule {}
