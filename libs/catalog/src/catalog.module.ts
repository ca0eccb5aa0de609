import { Module } from '@nestjs/common';
import { DivisionModule } from '#libs/division';
import { MerchantModule } from '#libs/merchant';
import { BatchReader } from './batch.reader.js';
import { CategoryReader } from './category.reader.js';
import { CertificationReader } from './certification.reader.js';
import { ProductNameReader } from './product-name.reader.js';
import { ProductOriginReader } from './product-origin.reader.js';
import { ProductReader } from './product.reader.js';
import { VariantReader } from './variant.reader.js';

@Module({
  imports: [DivisionModule, MerchantModule],
  providers: [
    BatchReader,
    CategoryReader,
    CertificationReader,
    ProductNameReader,
    ProductOriginReader,
    ProductReader,
    VariantReader,
  ],
  exports: [
    BatchReader,
    CategoryReader,
    CertificationReader,
    ProductNameReader,
    ProductOriginReader,
    ProductReader,
    VariantReader,
  ],
})
export class CatalogModule {}
