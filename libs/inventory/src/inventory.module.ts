import { Module } from '@nestjs/common';
import { CatalogModule } from '#libs/catalog';
import { ChannelModule } from '#libs/channel';
import { PresaleReader } from './presale.reader.js';
import { PresaleRepository } from './presale.repository.js';
import { PresaleService } from './presale.service.js';
import { PlaceRangeReader } from './place-range.reader.js';
import { ShelfFacetReader } from './shelf-facet.reader.js';
import { ShelfStockReader } from './shelf-stock.reader.js';
import { ShelfReader } from './shelf.reader.js';
import { StockReader } from './stock.reader.js';
import { StockRepository } from './stock.repository.js';
import { StockService } from './stock.service.js';

@Module({
  imports: [CatalogModule, ChannelModule],
  providers: [
    PresaleReader,
    PresaleRepository,
    PresaleService,
    PlaceRangeReader,
    ShelfFacetReader,
    ShelfReader,
    ShelfStockReader,
    StockReader,
    StockRepository,
    StockService,
  ],
  exports: [
    PresaleReader,
    PresaleService,
    PlaceRangeReader,
    ShelfFacetReader,
    ShelfReader,
    ShelfStockReader,
    StockReader,
    StockService,
  ],
})
export class InventoryModule {}
