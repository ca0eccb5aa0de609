import { Module } from '@nestjs/common';
import { AftersaleModule } from '#libs/aftersale';
import { FulfillmentModule } from '#libs/fulfillment';
import { OrderingModule } from '#libs/ordering';
import { AfterSaleFieldResolver } from './after-sale-field.resolver.js';
import { AfterSalePhotoController } from './after-sale-photo.controller.js';
import { AfterSaleLineResolver, AfterSaleResolver } from './after-sale.resolver.js';

@Module({
  imports: [AftersaleModule, FulfillmentModule, OrderingModule],
  controllers: [AfterSalePhotoController],
  providers: [AfterSaleFieldResolver, AfterSaleLineResolver, AfterSaleResolver],
})
export class AfterSaleDoorModule {}
