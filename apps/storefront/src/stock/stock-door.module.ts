import { Module } from '@nestjs/common';
import { InventoryModule, LiveStockModule } from '#libs/inventory';
import { StockChangedResolver } from './stock-changed.resolver.js';

@Module({ imports: [InventoryModule, LiveStockModule], providers: [StockChangedResolver] })
export class StockDoorModule {}
