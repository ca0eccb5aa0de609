import { Module } from '@nestjs/common';
import { AddressModule } from '#libs/address';
import { FulfillmentModule } from '#libs/fulfillment';
import { AuditModule } from '#libs/identity';
import { AdoptionOfferModule, InventoryModule } from '#libs/inventory';
import { OrderingModule } from '#libs/ordering';
import { ReviewModule } from '#libs/review';
import { AdoptionGrowerService } from './adoption-grower.service.js';
import { AdoptionKeepingService } from './adoption-keeping.service.js';
import { AdoptionLateService } from './adoption-late.service.js';
import { AdoptionReader } from './adoption.reader.js';
import { AdoptionRepository } from './adoption.repository.js';

const doors = [AdoptionGrowerService, AdoptionKeepingService, AdoptionLateService, AdoptionReader];

@Module({
  imports: [
    AddressModule,
    AdoptionOfferModule,
    AuditModule,
    FulfillmentModule,
    InventoryModule,
    OrderingModule,
    ReviewModule,
  ],
  providers: [...doors, AdoptionRepository],
  exports: doors,
})
export class AdoptionModule {}
