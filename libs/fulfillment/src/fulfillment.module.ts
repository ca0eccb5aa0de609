import { Module } from '@nestjs/common';
import { CatalogModule } from '#libs/catalog';
import { DivisionModule } from '#libs/division';
import { AuditModule } from '#libs/identity';
import { InventoryModule } from '#libs/inventory';
import { MerchantModule } from '#libs/merchant';
import { OrderingModule } from '#libs/ordering';
import { CarrierGateway } from './carrier.gateway.js';
import { CellParcelService } from './cell-parcel.service.js';
import { FileCarrierGateway } from './file-carrier.gateway.js';
import { FulfillmentReader } from './fulfillment.reader.js';
import { FulfillmentRepository } from './fulfillment.repository.js';
import { FulfillmentService } from './fulfillment.service.js';
import { PrintBatchReader } from './print-batch.reader.js';
import { PrintBatchService } from './print-batch.service.js';
import { PrintFileService } from './print-file.service.js';
import { PrintPdfService } from './print-pdf.service.js';
import { PrintSheetService } from './print-sheet.service.js';
import { ReceiptService } from './receipt.service.js';
import { RestService } from './rest.service.js';
import { TakenService } from './taken.service.js';
import { VendedService } from './vended.service.js';
import { WaybillRepository } from './waybill.repository.js';
import { WaybillScanService } from './waybill-scan.service.js';
import { WaybillService } from './waybill.service.js';

@Module({
  imports: [AuditModule, CatalogModule, DivisionModule, InventoryModule, MerchantModule, OrderingModule],
  providers: [
    CellParcelService,
    FulfillmentReader,
    FulfillmentRepository,
    FulfillmentService,
    ReceiptService,
    RestService,
    TakenService,
    VendedService,
    PrintBatchReader,
    PrintBatchService,
    PrintFileService,
    PrintPdfService,
    PrintSheetService,
    WaybillRepository,
    WaybillScanService,
    WaybillService,
    { provide: CarrierGateway, useClass: FileCarrierGateway },
  ],
  exports: [
    CellParcelService,
    FulfillmentReader,
    FulfillmentService,
    ReceiptService,
    RestService,
    TakenService,
    VendedService,
    PrintBatchReader,
    PrintBatchService,
    PrintFileService,
    WaybillScanService,
    WaybillService,
  ],
})
export class FulfillmentModule {}
