import { Module } from '@nestjs/common';
import { InventoryModule } from '#libs/inventory';
import { OrderingModule } from '#libs/ordering';
import { FulfillmentReader } from './fulfillment.reader.js';
import { FulfillmentRepository } from './fulfillment.repository.js';
import { FulfillmentService } from './fulfillment.service.js';

@Module({
  imports: [InventoryModule, OrderingModule],
  providers: [FulfillmentReader, FulfillmentRepository, FulfillmentService],
  exports: [FulfillmentReader, FulfillmentService],
})
export class FulfillmentModule {}
