import { Module } from '@nestjs/common';
import { CatalogModule } from '#libs/catalog';
import { DivisionModule } from '#libs/division';
import { InventoryModule } from '#libs/inventory';
import { CategoryResolver } from './category.resolver.js';
import { ProductSearchResolver } from './product-search.resolver.js';
import { BatchResolver, ProductResolver } from './product.resolver.js';

@Module({
  imports: [CatalogModule, DivisionModule, InventoryModule],
  providers: [BatchResolver, CategoryResolver, ProductResolver, ProductSearchResolver],
})
export class CatalogDoorModule {}
