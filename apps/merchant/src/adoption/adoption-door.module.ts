import { Module } from '@nestjs/common';
import { AdoptionModule } from '#libs/adoption';
import { AdoptionOfferModule, InventoryModule } from '#libs/inventory';
import { OrderingModule } from '#libs/ordering';
import { AdoptionObjectResolver, AdoptionOfferResolver } from './adoption-offer.resolver.js';
import { AdoptionInstalmentResolver, AdoptionResolver } from './adoption.resolver.js';

@Module({
  imports: [AdoptionModule, AdoptionOfferModule, InventoryModule, OrderingModule],
  providers: [AdoptionInstalmentResolver, AdoptionObjectResolver, AdoptionOfferResolver, AdoptionResolver],
})
export class AdoptionDoorModule {}
