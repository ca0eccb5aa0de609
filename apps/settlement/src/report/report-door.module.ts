import { Module } from '@nestjs/common';
import { ReportingModule } from '#libs/reporting';
import { ReportFactConnectionResolver, ReportFactResolver } from './report-fact.resolver.js';
import { ReportController } from './report.controller.js';
import { ReportResolver } from './report.resolver.js';

@Module({
  imports: [ReportingModule],
  controllers: [ReportController],
  providers: [ReportFactConnectionResolver, ReportFactResolver, ReportResolver],
})
export class ReportDoorModule {}
