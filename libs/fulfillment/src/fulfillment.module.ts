import { Module } from '@nestjs/common';
import { CatalogModule } from '#libs/catalog';
import { DivisionModule } from '#libs/division';
import { AuditModule } from '#libs/identity';
import { InventoryModule } from '#libs/inventory';
import { Clock } from '#libs/kernel';
import { MerchantModule } from '#libs/merchant';
import { OrderingModule } from '#libs/ordering';
import { Config } from '#platform/config';
import { Database } from '#platform/database';
import { CarrierGateway } from './carrier.gateway.js';
import { CellParcelService } from './cell-parcel.service.js';
import { DelayAnswerService } from './delay-answer.service.js';
import { FileCarrierGateway } from './file-carrier.gateway.js';
import { HttpCarrierGateway } from './http-carrier.gateway.js';
import { FulfillmentReader } from './fulfillment.reader.js';
import { FulfillmentRepository } from './fulfillment.repository.js';
import { FulfillmentService } from './fulfillment.service.js';
import { ParcelTrackReader } from './parcel-track.reader.js';
import { ParcelTrackRepository } from './parcel-track.repository.js';
import { ParcelTrackService } from './parcel-track.service.js';
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
    DelayAnswerService,
    FulfillmentReader,
    FulfillmentRepository,
    FulfillmentService,
    ReceiptService,
    RestService,
    TakenService,
    VendedService,
    ParcelTrackReader,
    ParcelTrackRepository,
    ParcelTrackService,
    PrintBatchReader,
    PrintBatchService,
    PrintFileService,
    PrintPdfService,
    PrintSheetService,
    WaybillRepository,
    WaybillScanService,
    WaybillService,
    FileCarrierGateway,
    {
      provide: CarrierGateway,
      useFactory: (lists: FileCarrierGateway, database: Database, clock: Clock, config?: Config) =>
        config?.carrier ? new HttpCarrierGateway(config.carrier, lists, database, clock) : lists,
      // Whoever loads data or simulates has no settings, and no carrier.
      inject: [FileCarrierGateway, Database, Clock, { token: Config, optional: true }],
    },
  ],
  exports: [
    CellParcelService,
    DelayAnswerService,
    FulfillmentReader,
    FulfillmentService,
    ReceiptService,
    RestService,
    TakenService,
    VendedService,
    ParcelTrackReader,
    ParcelTrackService,
    PrintBatchReader,
    PrintBatchService,
    PrintFileService,
    WaybillScanService,
    WaybillService,
  ],
})
export class FulfillmentModule {}
