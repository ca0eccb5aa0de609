import { Module } from '@nestjs/common';
import { AftersaleModule } from '#libs/aftersale';
import { AfterSaleFieldResolver, AfterSalePhotoFieldResolver } from '#libs/aftersale/fields';
import { FulfillmentModule } from '#libs/fulfillment';
import { AfterSalePhotoController } from './after-sale-photo.controller.js';
import { AfterSaleResolver } from './after-sale.resolver.js';

@Module({
  imports: [AftersaleModule, FulfillmentModule],
  controllers: [AfterSalePhotoController],
  providers: [AfterSaleFieldResolver, AfterSalePhotoFieldResolver, AfterSaleResolver],
})
export class AfterSaleDoorModule {}
