import { Module } from '@nestjs/common';
import { DivisionModule } from '#libs/division';
import { AuditModule } from '#libs/identity';
import { MerchantModule } from '#libs/merchant';
import { BatchReader } from './batch.reader.js';
import { BatchRepository } from './batch.repository.js';
import { BatchService } from './batch.service.js';
import { CategoryReader } from './category.reader.js';
import { CertificationEntryReader } from './certification-entry.reader.js';
import { CertificationReader } from './certification.reader.js';
import { CertificationRepository } from './certification.repository.js';
import { HarvestWindowReader } from './harvest-window.reader.js';
import { ProductFacetReader } from './product-facet.reader.js';
import { GoodsKindReader } from './goods-kind.reader.js';
import { PriceChangeReader } from './price-change.reader.js';
import { ReferencePriceReader } from './reference-price.reader.js';
import { FulltextSearchGateway } from './fulltext-search.gateway.js';
import { OwnProductReader } from './own-product.reader.js';
import { ProductChangeService } from './product-change.service.js';
import { ProductPhotoReader } from './product-photo.reader.js';
import { ProductNameReader } from './product-name.reader.js';
import { ProductOriginReader } from './product-origin.reader.js';
import { ProductReader } from './product.reader.js';
import { ProductRepository } from './product.repository.js';
import { ProductSearchGateway } from './product-search.gateway.js';
import { ProductShelfService } from './product-shelf.service.js';
import { ProductService } from './product.service.js';
import { SearchIndexService } from './search-index.service.js';
import { SearchMirrorReader } from './search-mirror.reader.js';
import { SearchService } from './search.service.js';
import { VariantReader } from './variant.reader.js';

@Module({
  imports: [AuditModule, DivisionModule, MerchantModule],
  providers: [
    BatchReader,
    BatchRepository,
    BatchService,
    CategoryReader,
    CertificationEntryReader,
    CertificationReader,
    GoodsKindReader,
    CertificationRepository,
    HarvestWindowReader,
    OwnProductReader,
    PriceChangeReader,
    ProductChangeService,
    ProductPhotoReader,
    ReferencePriceReader,
    ProductFacetReader,
    ProductNameReader,
    ProductOriginReader,
    ProductReader,
    ProductRepository,
    { provide: ProductSearchGateway, useClass: FulltextSearchGateway },
    ProductService,
    ProductShelfService,
    SearchIndexService,
    SearchMirrorReader,
    SearchService,
    VariantReader,
  ],
  exports: [
    BatchReader,
    BatchService,
    CategoryReader,
    CertificationEntryReader,
    CertificationReader,
    GoodsKindReader,
    CertificationRepository,
    HarvestWindowReader,
    OwnProductReader,
    PriceChangeReader,
    ProductChangeService,
    ProductPhotoReader,
    ReferencePriceReader,
    ProductFacetReader,
    ProductNameReader,
    ProductOriginReader,
    ProductReader,
    ProductService,
    ProductShelfService,
    SearchIndexService,
    SearchService,
    VariantReader,
  ],
})
export class CatalogModule {}
