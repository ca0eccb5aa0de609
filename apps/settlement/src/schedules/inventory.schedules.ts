import { Injectable } from '@nestjs/common';
import { LiveStockService, PresaleTurnService } from '#libs/inventory';
import type { Schedule, Schedules } from './ticker.js';

@Injectable()
export class InventorySchedules implements Schedules {
  readonly all: readonly Schedule[];

  constructor(stock: LiveStockService, turns: PresaleTurnService) {
    this.all = [
      // Looked at more often than it tells, so that the first change after a quiet time is told of soon. The rest may wait.
      { name: 'announce-stock', everyMs: 250, work: async () => (await stock.announce(), 0) },
      // No list that a presale has just come into, or gone out of, is staler than the second that answers are kept.
      { name: 'tell-turning-presales', everyMs: 1_000, work: async () => (await turns.tell(), 0) },
    ];
  }
}
