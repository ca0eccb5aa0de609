import { Module } from '@nestjs/common';
import { CatalogModule } from '#libs/catalog';
import { IdentityModule } from '#libs/identity';
import { InventoryModule } from '#libs/inventory';
import { OrderingModule } from '#libs/ordering';
import { StockkeepingModule } from '#libs/stockkeeping';
import { StockItemResolver } from './stock-item.resolver.js';
import { StockLevelResolver } from './stock-level.resolver.js';
import { StockMovementResolver } from './stock-movement.resolver.js';
import { StockWriteOffLineResolver } from './stock-write-off-line.resolver.js';
import { StockWriteOffResolver } from './stock-write-off.resolver.js';

@Module({
  imports: [CatalogModule, IdentityModule, InventoryModule, OrderingModule, StockkeepingModule],
  providers: [
    StockItemResolver,
    StockLevelResolver,
    StockMovementResolver,
    StockWriteOffLineResolver,
    StockWriteOffResolver,
  ],
})
export class StockDoorModule {}
