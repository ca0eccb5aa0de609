import { Module } from '@nestjs/common';
import { AftersaleModule } from '#libs/aftersale';
import { AfterSaleFieldResolver } from '#libs/aftersale/fields';
import { FulfillmentModule } from '#libs/fulfillment';
import { OrderingModule } from '#libs/ordering';
import { AfterSalePhotoController } from './after-sale-photo.controller.js';
import { AfterSaleLineResolver, AfterSaleResolver } from './after-sale.resolver.js';

@Module({
  imports: [AftersaleModule, FulfillmentModule, OrderingModule],
  controllers: [AfterSalePhotoController],
  providers: [AfterSaleFieldResolver, AfterSaleLineResolver, AfterSaleResolver],
})
export class AfterSaleDoorModule {}
