import { Module } from '@nestjs/common';
import { CatalogModule } from '#libs/catalog';
import { ChannelModule } from '#libs/channel';
import { DivisionModule } from '#libs/division';
import { AuditModule } from '#libs/identity';
import { ToldSumModule } from '#libs/intake';
import { MerchantModule } from '#libs/merchant';
import { OrderingModule } from '#libs/ordering';
import { PerformanceModule } from '#libs/performance';
import { ProcurementModule } from '#libs/procurement';
import { TerminologyModule } from '#libs/terminology';
import { VolumeModule } from '#libs/volume';
import { MemberNameReader } from './member-name.reader.js';
import { PublicVolumeReader } from './public-volume.reader.js';
import { GoalAmountReader } from './goal-amount.reader.js';
import { OtherAmountReader } from './other-amount.reader.js';
import { ReportDrillReader } from './report-drill.reader.js';
import { ReportExportService } from './report-export.service.js';
import { ReportReader } from './report.reader.js';
import { ReportViewReader } from './report-view.reader.js';
import { ShareProgressReader } from './share-progress.reader.js';
import { ToldAmountReader } from './told-amount.reader.js';
import { UnitPurchaseReader } from './unit-purchase.reader.js';
import { VolumeAmountReader } from './volume-amount.reader.js';

const doors = [
  PublicVolumeReader,
  MemberNameReader,
  ReportDrillReader,
  ReportExportService,
  ReportViewReader,
  ShareProgressReader,
];

@Module({
  imports: [
    AuditModule,
    CatalogModule,
    ChannelModule,
    DivisionModule,
    ToldSumModule,
    MerchantModule,
    OrderingModule,
    PerformanceModule,
    ProcurementModule,
    TerminologyModule,
    VolumeModule,
  ],
  providers: [
    ...doors,
    GoalAmountReader,
    OtherAmountReader,
    ReportReader,
    ToldAmountReader,
    UnitPurchaseReader,
    VolumeAmountReader,
  ],
  exports: doors,
})
export class ReportingModule {}
