import { Module } from '@nestjs/common';
import { CatalogModule } from '#libs/catalog';
import { ChannelModule } from '#libs/channel';
import { ShelfStockReader } from './shelf-stock.reader.js';
import { ShelfReader } from './shelf.reader.js';
import { StockReader } from './stock.reader.js';
import { StockRepository } from './stock.repository.js';
import { StockService } from './stock.service.js';

@Module({
  imports: [CatalogModule, ChannelModule],
  providers: [ShelfReader, ShelfStockReader, StockReader, StockRepository, StockService],
  exports: [ShelfReader, ShelfStockReader, StockReader, StockService],
})
export class InventoryModule {}
