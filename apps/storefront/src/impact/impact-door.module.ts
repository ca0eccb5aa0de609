import { Module } from '@nestjs/common';
import { DivisionModule } from '#libs/division';
import { ImpactModule } from '#libs/impact';
import { ProcurementModule } from '#libs/procurement';
import {
  ImpactCountyResolver,
  ImpactLineResolver,
  ImpactReceiptResolver,
  ImpactYearResolver,
} from './impact.resolver.js';

@Module({
  imports: [DivisionModule, ImpactModule, ProcurementModule],
  providers: [ImpactCountyResolver, ImpactLineResolver, ImpactReceiptResolver, ImpactYearResolver],
})
export class ImpactDoorModule {}
