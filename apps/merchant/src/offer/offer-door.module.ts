import { Module } from '@nestjs/common';
import { CatalogModule } from '#libs/catalog';
import { OrderingModule } from '#libs/ordering';
import { FreightTemplateResolver } from './freight-template.resolver.js';
import { PurchaseLimitResolver } from './purchase-limit.resolver.js';

@Module({
  imports: [CatalogModule, OrderingModule],
  providers: [FreightTemplateResolver, PurchaseLimitResolver],
})
export class OfferDoorModule {}
