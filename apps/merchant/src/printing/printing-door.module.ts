import { Module } from '@nestjs/common';
import { AdoptionModule } from '#libs/adoption';
import { FulfillmentModule } from '#libs/fulfillment';
import { OrderingModule } from '#libs/ordering';
import { PrintBatchController } from './print-batch.controller.js';
import { PrintBatchResolver } from './print-batch.resolver.js';
import { WaybillResolver } from './waybill.resolver.js';

@Module({
  imports: [AdoptionModule, FulfillmentModule, OrderingModule],
  controllers: [PrintBatchController],
  providers: [PrintBatchResolver, WaybillResolver],
})
export class PrintingDoorModule {}
