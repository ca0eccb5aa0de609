import { Injectable } from '@nestjs/common';
import { InvalidInputError } from '#libs/kernel';
import { LiveGateway } from '#platform/live';
import { refuseWatch } from './live-stock.rules.js';
import { LiveStockService } from './live-stock.service.js';

export interface Watch {
  readonly variantIds: readonly string[];
  /** Ends it; again, does nothing. */
  readonly end: () => void;
}

/** What is watched through this process, for its limits, and so that a lost Redis is made up for. */
@Injectable()
export class StockWatchService {
  private readonly watchers = new Map<string, number>();
  private readonly watchedBy = new WeakMap<object, number>();

  constructor(live: LiveGateway, stock: LiveStockService) {
    // What was being told while Redis was away is gone with it: whatever is watched is looked at again, told by whoever comes first.
    live.onBack(() => void stock.note([...this.watchers.keys()]).catch(() => undefined)); // Gone again; it will be back.
  }

  /** `socket` is whatever is one for one connection. */
  begin(socket: object, asked: readonly string[]): Watch | InvalidInputError {
    const variantIds = [...new Set(asked)];
    const already = this.watchedBy.get(socket) ?? 0;
    const refusal = refuseWatch(variantIds, already);
    if (refusal) return refusal;
    this.watchedBy.set(socket, already + variantIds.length);
    for (const id of variantIds) this.watchers.set(id, (this.watchers.get(id) ?? 0) + 1);
    let isOver = false;
    const end = () => {
      if (isOver) return;
      isOver = true;
      this.watchedBy.set(socket, (this.watchedBy.get(socket) ?? 0) - variantIds.length);
      for (const id of variantIds) {
        const left = (this.watchers.get(id) ?? 0) - 1;
        if (left > 0) this.watchers.set(id, left);
        else this.watchers.delete(id);
      }
    };
    return { variantIds, end };
  }

  /** Variants that somebody watches. */
  get size(): number {
    return this.watchers.size;
  }
}
