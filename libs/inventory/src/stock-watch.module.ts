import { Module } from '@nestjs/common';
import { LiveStockModule } from './live-stock.module.js';
import { StockWatchService } from './stock-watch.service.js';

/** For those through whom people watch; whoever only tells has nobody to remember. */
@Module({ imports: [LiveStockModule], providers: [StockWatchService], exports: [StockWatchService] })
export class StockWatchModule {}
