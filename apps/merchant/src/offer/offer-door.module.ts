import { Module } from '@nestjs/common';
import { CatalogModule } from '#libs/catalog';
import { OrderingModule } from '#libs/ordering';
import { PromotionModule } from '#libs/promotion';
import { DispatchTermResolver } from './dispatch-term.resolver.js';
import { FreightTemplateResolver } from './freight-template.resolver.js';
import { PromotionResolver } from './promotion.resolver.js';
import { PurchaseLimitResolver } from './purchase-limit.resolver.js';

@Module({
  imports: [CatalogModule, OrderingModule, PromotionModule],
  providers: [DispatchTermResolver, FreightTemplateResolver, PromotionResolver, PurchaseLimitResolver],
})
export class OfferDoorModule {}
