import { Module } from '@nestjs/common';
import { InventoryModule } from './inventory.module.js';
import { LiveStockService } from './live-stock.service.js';
import { PresaleTurnService } from './presale-turn.service.js';

/** Apart from the stock itself, which needs no Redis. */
@Module({
  imports: [InventoryModule],
  providers: [LiveStockService, PresaleTurnService],
  exports: [LiveStockService, PresaleTurnService],
})
export class LiveStockModule {}
