import { Module } from '@nestjs/common';
import { CatalogModule } from '#libs/catalog';
import { DivisionModule } from '#libs/division';
import { OrderingModule } from '#libs/ordering';
import { ProcurementModule } from '#libs/procurement';
import { ReportingModule } from '#libs/reporting';
import { VolumeModule } from '#libs/volume';
import { DemandNoticeResolver } from './demand-notice.resolver.js';
import { ProcurementResolver } from './procurement.resolver.js';
import { UnitBuyingResolver } from './unit-buying.resolver.js';
import { UnitOrderResolver } from './unit-order.resolver.js';

@Module({
  imports: [CatalogModule, DivisionModule, OrderingModule, ProcurementModule, ReportingModule, VolumeModule],
  providers: [DemandNoticeResolver, ProcurementResolver, UnitBuyingResolver, UnitOrderResolver],
})
export class ProcurementDoorModule {}
