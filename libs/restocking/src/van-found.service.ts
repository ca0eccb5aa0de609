import { Injectable } from '@nestjs/common';
import { VanShortError, VanStockService } from '#libs/inventory';
import { assert } from '#libs/kernel';
import type { Tx } from '#platform/database';
import { VanWriteOffRepository } from './van-write-off.repository.js';
import { takenBack } from './van-write-off.rules.js';

/** What was written off and is accounted for after all: a visit that comes late, or goods that turn up. */
@Injectable()
export class VanFoundService {
  constructor(
    private readonly writeOffs: VanWriteOffRepository,
    private readonly vans: VanStockService,
  ) {}

  /**
   * Where the van is short of what `work` needs and as much was written off, that is on it again and `work` is done once more: batch by batch, and each time less is written off, so that
   * it ends. Behind the lock of the route. `causeKey` stands for this work alone.
   */
  async during<Outcome>(
    tx: Tx,
    { routeId, causeKey }: { readonly routeId: string; readonly causeKey: string },
    work: () => Promise<Outcome | VanShortError>,
  ): Promise<Outcome | VanShortError> {
    for (;;) {
      const outcome = await work();
      if (!(outcome instanceof VanShortError) || !(await this.find(tx, routeId, causeKey, outcome)))
        return outcome;
    }
  }

  private async find(
    tx: Tx,
    routeId: string,
    causeKey: string,
    { variantId, batchId, missing }: VanShortError,
  ): Promise<boolean> {
    const lines = await this.writeOffs.bookedOf(tx, routeId, variantId, batchId);
    const units = takenBack(lines, missing);
    const [first] = lines;
    if (!units || !first) return false;
    for (const [index, line] of lines.entries())
      if (units[index]) await this.writeOffs.noteFound(tx, line, units[index]);
    const goods = [{ ...first, quantity: missing }];
    const short = await this.vans.recount(tx, { routeId, causeKey: `found:${causeKey}`, goods });
    assert(!short, 'what comes onto a van is not missing there');
    return true;
  }
}
