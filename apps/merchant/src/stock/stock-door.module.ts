import { Module } from '@nestjs/common';
import { CatalogModule } from '#libs/catalog';
import { InventoryModule } from '#libs/inventory';
import { StockLevelResolver } from './stock-level.resolver.js';

@Module({ imports: [CatalogModule, InventoryModule], providers: [StockLevelResolver] })
export class StockDoorModule {}
