import { Module } from '@nestjs/common';
import { CatalogModule } from '#libs/catalog';
import { DivisionModule } from '#libs/division';
import { OrderingModule } from '#libs/ordering';
import { MerchantOrderResolver } from './merchant-order.resolver.js';
import { OrderLineResolver } from './order-line.resolver.js';
import { RecipientResolver } from './recipient.resolver.js';

@Module({
  imports: [CatalogModule, DivisionModule, OrderingModule],
  providers: [MerchantOrderResolver, OrderLineResolver, RecipientResolver],
})
export class OrderDoorModule {}
