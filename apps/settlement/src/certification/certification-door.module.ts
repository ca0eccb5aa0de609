import { Module } from '@nestjs/common';
import { CatalogModule } from '#libs/catalog';
import { CertificationModule } from '#libs/certification';
import {
  CertificationApplicationFieldResolver,
  CertificationApplicationSummaryFieldResolver,
  CertificationEntryFieldResolver,
} from '#libs/certification/fields';
import { VolumeModule } from '#libs/volume';
import { CertificateResolver } from './certificate.resolver.js';
import { CertificationFileController } from './certification-file.controller.js';
import { CertificationResolver } from './certification.resolver.js';
import { MerchantModule } from '#libs/merchant';

@Module({
  imports: [MerchantModule, CatalogModule, CertificationModule, VolumeModule],
  controllers: [CertificationFileController],
  providers: [
    CertificateResolver,
    CertificationResolver,
    CertificationApplicationFieldResolver,
    CertificationApplicationSummaryFieldResolver,
    CertificationEntryFieldResolver,
  ],
})
export class CertificationDoorModule {}
