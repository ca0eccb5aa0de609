import { Module } from '@nestjs/common';
import { InventoryModule } from '#libs/inventory';
import { OrderingModule } from '#libs/ordering';
import { CellParcelService } from './cell-parcel.service.js';
import { FulfillmentReader } from './fulfillment.reader.js';
import { FulfillmentRepository } from './fulfillment.repository.js';
import { FulfillmentService } from './fulfillment.service.js';
import { ReceiptService } from './receipt.service.js';
import { RestService } from './rest.service.js';
import { TakenService } from './taken.service.js';
import { VendedService } from './vended.service.js';

@Module({
  imports: [InventoryModule, OrderingModule],
  providers: [
    CellParcelService,
    FulfillmentReader,
    FulfillmentRepository,
    FulfillmentService,
    ReceiptService,
    RestService,
    TakenService,
    VendedService,
  ],
  exports: [
    CellParcelService,
    FulfillmentReader,
    FulfillmentService,
    ReceiptService,
    RestService,
    TakenService,
    VendedService,
  ],
})
export class FulfillmentModule {}
