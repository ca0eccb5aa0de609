import { Module } from '@nestjs/common';
import { CatalogModule } from '#libs/catalog';
import { ChannelModule } from '#libs/channel';
import { ShelfReader } from './shelf.reader.js';
import { StockReader } from './stock.reader.js';
import { StockRepository } from './stock.repository.js';
import { StockService } from './stock.service.js';

@Module({
  imports: [CatalogModule, ChannelModule],
  providers: [ShelfReader, StockReader, StockRepository, StockService],
  exports: [ShelfReader, StockReader, StockService],
})
export class InventoryModule {}
