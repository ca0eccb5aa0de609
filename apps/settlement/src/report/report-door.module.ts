import { Module } from '@nestjs/common';
import { CatalogModule } from '#libs/catalog';
import { MerchantModule } from '#libs/merchant';
import { ReportingModule } from '#libs/reporting';
import { ReportFactConnectionResolver, ReportFactResolver } from './report-fact.resolver.js';
import { ReportController } from './report.controller.js';
import { ReportResolver } from './report.resolver.js';

@Module({
  imports: [CatalogModule, MerchantModule, ReportingModule],
  controllers: [ReportController],
  providers: [ReportFactConnectionResolver, ReportFactResolver, ReportResolver],
})
export class ReportDoorModule {}
