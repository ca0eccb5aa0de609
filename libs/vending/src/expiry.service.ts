import { Injectable } from '@nestjs/common';
import { CabinetReader, SlotLockService } from '#libs/counter';
import { SlotStockReader } from '#libs/inventory';
import { Database } from '#platform/database';

/** Goods that have passed their day, or are of a batch that was stopped, lock themselves: a lane hands out what lies in front, whatever the book prefers. */
@Injectable()
export class ExpiryService {
  constructor(
    private readonly database: Database,
    private readonly stock: SlotStockReader,
    private readonly cabinets: CabinetReader,
    private readonly locks: SlotLockService,
  ) {}

  /** Answers how many slots it has locked. Done again it changes nothing. */
  async lockExpired(): Promise<number> {
    const expired = await this.stock.expired();
    const cabinets = await this.cabinets.standingAt([
      ...new Set(expired.map(({ channelPointId }) => channelPointId)),
    ]);
    let locked = 0;
    for (const { id, channelPointId } of cabinets) {
      const codes = expired
        .filter((slot) => slot.channelPointId === channelPointId)
        .map(({ slotCode }) => slotCode);
      const fresh = await this.database.transaction((tx) =>
        this.locks.lock(tx, id, codes, { reason: 'EXPIRED', detail: '商品已过保质期或已停售', by: null }),
      );
      locked += fresh.length;
    }
    return locked;
  }
}
