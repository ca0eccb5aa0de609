import { Module } from '@nestjs/common';
import { CatalogModule } from '#libs/catalog';
import { HarvestModule } from '#libs/harvest';
import { HouseholdModule } from '#libs/household';
import { InventoryModule } from '#libs/inventory';
import { MerchantModule } from '#libs/merchant';
import { SettlementModule } from '#libs/settlement';
import { TraceReportController } from './trace-report.controller.js';
import { TraceResolver } from './trace.resolver.js';

@Module({
  imports: [CatalogModule, HarvestModule, HouseholdModule, InventoryModule, MerchantModule, SettlementModule],
  controllers: [TraceReportController],
  providers: [TraceResolver],
})
export class TraceDoorModule {}
