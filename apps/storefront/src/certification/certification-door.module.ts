import { Module } from '@nestjs/common';
import { CatalogModule } from '#libs/catalog';
import { CertificationModule } from '#libs/certification';
import { DivisionModule } from '#libs/division';
import { MerchantModule } from '#libs/merchant';
import { CertificationNoticeResolver } from './certification.resolver.js';

@Module({
  imports: [CatalogModule, CertificationModule, DivisionModule, MerchantModule],
  providers: [CertificationNoticeResolver],
})
export class CertificationDoorModule {}
