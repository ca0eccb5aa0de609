import { Module } from '@nestjs/common';
import { SealModule } from '#libs/seal';
import { VolumeCubeReader } from './volume-cube.reader.js';
import { ApprovalModule } from '#libs/approval';
import { AuditModule } from '#libs/identity';
import { ErratumReader } from './erratum.reader.js';
import { ErratumRepository } from './erratum.repository.js';
import { ErratumService } from './erratum.service.js';
import { MonthCloseReader } from './month-close.reader.js';
import { MonthCloseRepository } from './month-close.repository.js';
import { MonthFreezeService } from './month-freeze.service.js';
import { VolumeCheckReader } from './volume-check.reader.js';
import { VolumeCheckRepository } from './volume-check.repository.js';
import { VolumeCheckService } from './volume-check.service.js';
import { VolumeFactLeafReader } from './volume-fact-leaf.reader.js';
import { PlaceDayReader } from './place-day.reader.js';
import { ProductSaleReader } from './product-sale.reader.js';
import { SaleFactReader } from './sale-fact.reader.js';
import { UncheckedFactRepository } from './unchecked-fact.repository.js';
import { UncheckedFactService } from './unchecked-fact.service.js';
import { SaleSumReader } from './sale-sum.reader.js';
import { TwinRepository } from './twin.repository.js';
import { TwinService } from './twin.service.js';
import { VolumeFactRepository } from './volume-fact.repository.js';
import { CertificateFlagRepository } from './certificate-flag.repository.js';
import { RevokedVolumeReader } from './revoked-volume.reader.js';
import { VolumeEffectService } from './volume-effect.service.js';
import { VolumeFactService } from './volume-fact.service.js';
import { VolumeRollupRepository } from './volume-rollup.repository.js';
import { VolumeRollupService } from './volume-rollup.service.js';
import { VolumeTargetReader } from './volume-target.reader.js';
import { VolumeTargetRepository } from './volume-target.repository.js';
import { VolumeTargetService } from './volume-target.service.js';
import { VolumeReader } from './volume.reader.js';

@Module({
  imports: [SealModule, ApprovalModule, AuditModule],
  providers: [
    CertificateFlagRepository,
    RevokedVolumeReader,
    VolumeCubeReader,
    ErratumReader,
    ErratumRepository,
    ErratumService,
    MonthCloseReader,
    MonthCloseRepository,
    MonthFreezeService,
    VolumeCheckReader,
    VolumeCheckRepository,
    VolumeCheckService,
    VolumeFactLeafReader,
    PlaceDayReader,
    ProductSaleReader,
    SaleFactReader,
    SaleSumReader,
    TwinRepository,
    UncheckedFactRepository,
    UncheckedFactService,
    TwinService,
    VolumeEffectService,
    VolumeFactRepository,
    VolumeFactService,
    VolumeRollupRepository,
    VolumeRollupService,
    VolumeReader,
    VolumeTargetReader,
    VolumeTargetRepository,
    VolumeTargetService,
  ],
  exports: [
    UncheckedFactService,
    PlaceDayReader,
    ProductSaleReader,
    SaleFactReader,
    SaleSumReader,
    TwinService,
    CertificateFlagRepository,
    RevokedVolumeReader,
    VolumeCubeReader,
    VolumeCheckReader,
    VolumeCheckService,
    ErratumReader,
    ErratumService,
    MonthCloseReader,
    MonthCloseRepository,
    MonthFreezeService,
    VolumeEffectService,
    VolumeFactLeafReader,
    VolumeFactService,
    VolumeRollupService,
    VolumeReader,
    VolumeTargetReader,
    VolumeTargetService,
  ],
})
export class VolumeModule {}
