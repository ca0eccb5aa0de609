import { Module } from '@nestjs/common';
import { CatalogModule } from '#libs/catalog';
import { ChannelModule } from '#libs/channel';
import { CounterModule } from '#libs/counter';
import { AuditModule } from '#libs/identity';
import { InventoryModule } from '#libs/inventory';
import { MerchantModule } from '#libs/merchant';
import { ExpiryService } from './expiry.service.js';
import { KioskReader } from './kiosk.reader.js';
import { PlanogramRepository } from './planogram.repository.js';
import { PlanogramService } from './planogram.service.js';
import { VendingShelfReader } from './shelf.reader.js';
import { SlotFillingService } from './slot-filling.service.js';

@Module({
  imports: [AuditModule, CatalogModule, ChannelModule, CounterModule, InventoryModule, MerchantModule],
  providers: [
    ExpiryService,
    KioskReader,
    PlanogramRepository,
    PlanogramService,
    SlotFillingService,
    VendingShelfReader,
  ],
  exports: [ExpiryService, KioskReader, PlanogramService, SlotFillingService, VendingShelfReader],
})
export class VendingModule {}
