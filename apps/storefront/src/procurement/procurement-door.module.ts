import { Module } from '@nestjs/common';
import { OrderingModule } from '#libs/ordering';
import { ProcurementModule } from '#libs/procurement';
import { ReportingModule } from '#libs/reporting';
import { VolumeModule } from '#libs/volume';
import { ProcurementResolver } from './procurement.resolver.js';
import { UnitBuyingResolver } from './unit-buying.resolver.js';
import { UnitOrderResolver } from './unit-order.resolver.js';

@Module({
  imports: [OrderingModule, ProcurementModule, ReportingModule, VolumeModule],
  providers: [ProcurementResolver, UnitBuyingResolver, UnitOrderResolver],
})
export class ProcurementDoorModule {}
