import { Module } from '@nestjs/common';
import { CatalogModule } from '#libs/catalog';
import { HarvestModule } from '#libs/harvest';
import { InventoryModule } from '#libs/inventory';
import { MerchantModule } from '#libs/merchant';
import { PurchaserModule } from '#libs/procurement';
import { VolumeModule } from '#libs/volume';
import { SeasonBoardReader } from './season-board.reader.js';

/** Apart from what counts orders: only the merchant's door asks for it. */
@Module({
  imports: [CatalogModule, HarvestModule, InventoryModule, MerchantModule, PurchaserModule, VolumeModule],
  providers: [SeasonBoardReader],
  exports: [SeasonBoardReader],
})
export class SeasonBoardModule {}
