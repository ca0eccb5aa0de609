import { Module } from '@nestjs/common';
import { AdoptionModule } from '#libs/adoption';
import { CatalogModule } from '#libs/catalog';
import { InventoryModule } from '#libs/inventory';
import { OrderingModule } from '#libs/ordering';
import {
  AdoptionObjectResolver,
  AdoptionOfferResolver,
  AdoptionUpdateResolver,
  OrderAdoptionResolver,
  ProductAdoptionResolver,
} from './adoption-offer.resolver.js';
import { AdoptionPhotoController } from './adoption-photo.controller.js';
import { AdoptionInstalmentResolver, AdoptionResolver } from './adoption.resolver.js';

@Module({
  imports: [AdoptionModule, CatalogModule, InventoryModule, OrderingModule],
  controllers: [AdoptionPhotoController],
  providers: [
    AdoptionInstalmentResolver,
    AdoptionObjectResolver,
    AdoptionOfferResolver,
    AdoptionResolver,
    AdoptionUpdateResolver,
    OrderAdoptionResolver,
    ProductAdoptionResolver,
  ],
})
export class AdoptionDoorModule {}
