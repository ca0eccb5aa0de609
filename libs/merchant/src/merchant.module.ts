import { Module } from '@nestjs/common';
import { MerchantContactReader } from './merchant-contact.reader.js';
import { MerchantReader } from './merchant.reader.js';
import { MerchantRepository } from './merchant.repository.js';
import { MerchantService } from './merchant.service.js';

@Module({
  providers: [MerchantContactReader, MerchantReader, MerchantRepository, MerchantService],
  exports: [MerchantContactReader, MerchantReader, MerchantService],
})
export class MerchantModule {}
