import { Module } from '@nestjs/common';
import { MerchantReader } from './merchant.reader.js';
import { MerchantRepository } from './merchant.repository.js';
import { MerchantService } from './merchant.service.js';

@Module({
  providers: [MerchantReader, MerchantRepository, MerchantService],
  exports: [MerchantReader, MerchantService],
})
export class MerchantModule {}
