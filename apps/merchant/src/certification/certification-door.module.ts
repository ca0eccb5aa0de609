import { Module } from '@nestjs/common';
import { CatalogModule } from '#libs/catalog';
import { CertificationModule } from '#libs/certification';
import {
  CertificationApplicationFieldResolver,
  CertificationApplicationSummaryFieldResolver,
  CertificationEntryFieldResolver,
} from '#libs/certification/fields';
import { CertificationFileController } from './certification-file.controller.js';
import { CertificationResolver } from './certification.resolver.js';
import { MerchantModule } from '#libs/merchant';

@Module({
  imports: [MerchantModule, CatalogModule, CertificationModule],
  controllers: [CertificationFileController],
  providers: [
    CertificationResolver,
    CertificationApplicationFieldResolver,
    CertificationApplicationSummaryFieldResolver,
    CertificationEntryFieldResolver,
  ],
})
export class CertificationDoorModule {}
