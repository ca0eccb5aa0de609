import { Module } from '@nestjs/common';
import { CatalogModule } from '#libs/catalog';
import { ChannelModule } from '#libs/channel';
import { IdentityModule } from '#libs/identity';
import { InventoryModule } from '#libs/inventory';
import { OrderingModule } from '#libs/ordering';
import { StockkeepingModule } from '#libs/stockkeeping';
import { StockCountLineResolver } from './stock-count-line.resolver.js';
import { StockCountResolver } from './stock-count.resolver.js';
import { StockItemResolver } from './stock-item.resolver.js';
import { StockLevelResolver } from './stock-level.resolver.js';
import { StockMovementResolver } from './stock-movement.resolver.js';
import { StockThresholdResolver } from './stock-threshold.resolver.js';
import { StockTransferLineResolver } from './stock-transfer-line.resolver.js';
import { StockTransferResolver } from './stock-transfer.resolver.js';
import { StockWriteOffLineResolver } from './stock-write-off-line.resolver.js';
import { StockWriteOffResolver } from './stock-write-off.resolver.js';

@Module({
  imports: [
    CatalogModule,
    ChannelModule,
    IdentityModule,
    InventoryModule,
    OrderingModule,
    StockkeepingModule,
  ],
  providers: [
    StockCountLineResolver,
    StockCountResolver,
    StockItemResolver,
    StockLevelResolver,
    StockMovementResolver,
    StockThresholdResolver,
    StockTransferLineResolver,
    StockTransferResolver,
    StockWriteOffLineResolver,
    StockWriteOffResolver,
  ],
})
export class StockDoorModule {}
