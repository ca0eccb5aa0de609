import { Module } from '@nestjs/common';
import { AdoptionModule } from '#libs/adoption';
import { CatalogModule } from '#libs/catalog';
import { DivisionModule } from '#libs/division';
import { FulfillmentModule } from '#libs/fulfillment';
import { HarvestModule } from '#libs/harvest';
import { HouseholdModule } from '#libs/household';
import { AuditModule, IdentityModule } from '#libs/identity';
import { InventoryModule } from '#libs/inventory';
import { ListingModule } from '#libs/listing';
import { MerchantModule } from '#libs/merchant';
import { OrderingModule } from '#libs/ordering';
import { StockkeepingModule } from '#libs/stockkeeping';
import { BatchSheetService } from './batch-sheet.service.js';
import { HouseholdSheetService } from './household-sheet.service.js';
import { ProductSheetService } from './product-sheet.service.js';
import { ProductWordReader } from './product-word.reader.js';
import { SheetBytesService } from './sheet-bytes.service.js';
import { SheetDesks } from './sheet-desks.service.js';
import { SheetFileService } from './sheet-file.service.js';
import { SheetImportReader } from './sheet-import.reader.js';
import { SheetImportRepository } from './sheet-import.repository.js';
import { SheetImportService } from './sheet-import.service.js';
import { SheetLookService } from './sheet-look.service.js';
import { SheetRunService } from './sheet-run.service.js';
import { StockSheetService } from './stock-sheet.service.js';
import { ShipmentSheetService } from './shipment-sheet.service.js';

const doors = [SheetDesks, SheetFileService, SheetImportReader, SheetImportService, SheetRunService];

@Module({
  imports: [
    AdoptionModule,
    AuditModule,
    CatalogModule,
    DivisionModule,
    FulfillmentModule,
    HarvestModule,
    HouseholdModule,
    IdentityModule,
    InventoryModule,
    ListingModule,
    MerchantModule,
    OrderingModule,
    StockkeepingModule,
  ],
  providers: [
    ...doors,
    BatchSheetService,
    HouseholdSheetService,
    ProductSheetService,
    ProductWordReader,
    SheetBytesService,
    SheetImportRepository,
    SheetLookService,
    ShipmentSheetService,
    StockSheetService,
  ],
  exports: doors,
})
export class SheetModule {}
