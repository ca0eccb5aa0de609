import { Module } from '@nestjs/common';
import { AftersaleModule } from '#libs/aftersale';
import { FulfillmentModule } from '#libs/fulfillment';
import { AfterSaleFieldResolver, AfterSalePhotoResolver } from './after-sale-field.resolver.js';
import { AfterSalePhotoController } from './after-sale-photo.controller.js';
import { AfterSaleResolver } from './after-sale.resolver.js';

@Module({
  imports: [AftersaleModule, FulfillmentModule],
  controllers: [AfterSalePhotoController],
  providers: [AfterSaleFieldResolver, AfterSalePhotoResolver, AfterSaleResolver],
})
export class AfterSaleDoorModule {}
