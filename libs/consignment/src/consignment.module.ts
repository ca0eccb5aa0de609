import { Module } from '@nestjs/common';
import { CatalogModule } from '#libs/catalog';
import { ChannelModule, PlaceModule } from '#libs/channel';
import { IdentityModule } from '#libs/identity';
import { InventoryModule } from '#libs/inventory';
import { MerchantModule } from '#libs/merchant';
import { OfftakeReader } from './offtake.reader.js';
import { OfftakeRepository } from './offtake.repository.js';
import { OfftakeService } from './offtake.service.js';
import { RangeGoodsReader } from './range-goods.reader.js';
import { RangeOfferReader } from './range-offer.reader.js';
import { RangeOfferRepository } from './range-offer.repository.js';
import { RangeOfferService } from './range-offer.service.js';
import { SellThroughChunkService } from './sell-through-chunk.service.js';
import { SellThroughFileService } from './sell-through-file.service.js';
import { SellThroughReader } from './sell-through.reader.js';
import { SellThroughRepository } from './sell-through.repository.js';
import { SellThroughRunService } from './sell-through-run.service.js';
import { SellThroughService } from './sell-through.service.js';

@Module({
  imports: [CatalogModule, ChannelModule, IdentityModule, InventoryModule, MerchantModule, PlaceModule],
  providers: [
    OfftakeReader,
    OfftakeRepository,
    OfftakeService,
    RangeGoodsReader,
    RangeOfferReader,
    RangeOfferRepository,
    RangeOfferService,
    SellThroughChunkService,
    SellThroughFileService,
    SellThroughReader,
    SellThroughRepository,
    SellThroughRunService,
    SellThroughService,
  ],
  exports: [
    OfftakeReader,
    OfftakeService,
    RangeGoodsReader,
    RangeOfferReader,
    RangeOfferService,
    SellThroughChunkService,
    SellThroughFileService,
    SellThroughReader,
    SellThroughRunService,
    SellThroughService,
  ],
})
export class ConsignmentModule {}
