import { Injectable } from '@nestjs/common';
import { LiveStockService } from '#libs/inventory';
import type { Schedule, Schedules } from './ticker.js';

@Injectable()
export class InventorySchedules implements Schedules {
  readonly all: readonly Schedule[];

  constructor(stock: LiveStockService) {
    this.all = [
      // Looked at more often than it tells, so that the first change after a quiet time is told of soon. The rest may wait.
      { name: 'announce-stock', everyMs: 250, work: async () => (await stock.announce(), 0) },
    ];
  }
}
