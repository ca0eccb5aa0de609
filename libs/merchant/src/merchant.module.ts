import { Module } from '@nestjs/common';
import { AuditModule } from '#libs/identity';
import { FoodLicenceReader } from './food-licence.reader.js';
import { MerchantContactReader } from './merchant-contact.reader.js';
import { MerchantReader } from './merchant.reader.js';
import { MerchantRepository } from './merchant.repository.js';
import { MerchantService } from './merchant.service.js';
import { MerchantStandingReader } from './merchant-standing.reader.js';
import { MerchantStandingService } from './merchant-standing.service.js';

@Module({
  imports: [AuditModule],
  providers: [
    FoodLicenceReader,
    MerchantContactReader,
    MerchantReader,
    MerchantRepository,
    MerchantService,
    MerchantStandingReader,
    MerchantStandingService,
  ],
  exports: [
    FoodLicenceReader,
    MerchantContactReader,
    MerchantReader,
    MerchantService,
    MerchantStandingReader,
    MerchantStandingService,
    MerchantRepository,
  ],
})
export class MerchantModule {}
