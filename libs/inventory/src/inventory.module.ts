import { Module } from '@nestjs/common';
import { CatalogModule } from '#libs/catalog';
import { ChannelModule } from '#libs/channel';
import { AdoptionOfferReader } from './adoption-offer.reader.js';
import { AdoptionOfferRepository } from './adoption-offer.repository.js';
import { BatchStockReader } from './batch-stock.reader.js';
import { BatchStopService } from './batch-stop.service.js';
import { PresaleReader } from './presale.reader.js';
import { PresaleRepository } from './presale.repository.js';
import { PresaleService } from './presale.service.js';
import { PlaceRangeReader } from './place-range.reader.js';
import { PlaceStockService } from './place-stock.service.js';
import { ShelfFacetReader } from './shelf-facet.reader.js';
import { ShelfStockReader } from './shelf-stock.reader.js';
import { ShelfReader } from './shelf.reader.js';
import { SlotMovementReader } from './slot-movement.reader.js';
import { SlotStockReader } from './slot-stock.reader.js';
import { SlotStockRepository } from './slot-stock.repository.js';
import { SlotStockService } from './slot-stock.service.js';
import { SlotVisitService } from './slot-visit.service.js';
import { StockPlaceReader } from './stock-place.reader.js';
import { StockReader } from './stock.reader.js';
import { StockRepository } from './stock.repository.js';
import { StockService } from './stock.service.js';
import { StockShiftService } from './stock-shift.service.js';
import { StockTransferRepository } from './stock-transfer.repository.js';
import { VanStockReader } from './van-stock.reader.js';
import { VanStockService } from './van-stock.service.js';
import { WarehouseReader } from './warehouse.reader.js';
import { WarehouseService } from './warehouse.service.js';

@Module({
  imports: [CatalogModule, ChannelModule],
  providers: [
    AdoptionOfferReader,
    AdoptionOfferRepository,
    BatchStockReader,
    BatchStopService,
    PresaleReader,
    PresaleRepository,
    PresaleService,
    PlaceRangeReader,
    PlaceStockService,
    ShelfFacetReader,
    ShelfReader,
    ShelfStockReader,
    SlotMovementReader,
    SlotStockReader,
    SlotStockRepository,
    SlotStockService,
    StockPlaceReader,
    StockReader,
    SlotVisitService,
    StockRepository,
    StockService,
    StockShiftService,
    StockTransferRepository,
    VanStockReader,
    VanStockService,
    WarehouseReader,
    WarehouseService,
  ],
  exports: [
    AdoptionOfferReader,
    BatchStockReader,
    BatchStopService,
    PresaleReader,
    PresaleService,
    PlaceRangeReader,
    PlaceStockService,
    ShelfFacetReader,
    ShelfReader,
    ShelfStockReader,
    SlotMovementReader,
    SlotStockReader,
    SlotStockService,
    SlotVisitService,
    StockPlaceReader,
    StockReader,
    StockService,
    StockShiftService,
    VanStockReader,
    VanStockService,
    WarehouseReader,
    WarehouseService,
  ],
})
export class InventoryModule {}
