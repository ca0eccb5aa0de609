import { Module } from '@nestjs/common';
import { InventoryModule, StockWatchModule } from '#libs/inventory';
import { StockChangedResolver } from './stock-changed.resolver.js';

@Module({ imports: [InventoryModule, StockWatchModule], providers: [StockChangedResolver] })
export class StockDoorModule {}
