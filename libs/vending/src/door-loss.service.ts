import { Injectable } from '@nestjs/common';
import { SlotStockService } from '#libs/inventory';
import { Clock, newId } from '#libs/kernel';
import type { Tx } from '#platform/database';
import { DoorOpeningRepository, type OpeningRow } from './door-opening.repository.js';
import { goneAt } from './door-opening.rules.js';
import { PlanogramRepository } from './planogram.repository.js';

/** What was taken out of an open cabinet and nobody pays for lies there no longer all the same. */
@Injectable()
export class DoorLossService {
  constructor(
    private readonly openings: DoorOpeningRepository,
    private readonly plans: PlanogramRepository,
    private readonly stock: SlotStockService,
    private readonly clock: Clock,
  ) {}

  /**
   * Joins, last, because of the stock: nothing is asked for an opening, and what is known to have been taken leaves the book, as far as it lies there and nobody has counted since. What is not known the next
   * count will show. `hasLeft`: it had been billed, and so has left the book already.
   */
  async write(tx: Tx, opening: OpeningRow, { hasLeft }: { readonly hasLeft: boolean }): Promise<void> {
    const { id, cabinetId, channelPointId } = opening;
    const now = this.clock.now();
    const lostAt = goneAt(opening, now);
    const causeKey = `door:${id}`;
    const items = await this.openings.itemsOf(tx, id);
    if (items.length === 0) return;
    await this.plans.lock(tx, cabinetId, now);
    for (const { slotCode, variantId, quantity } of items) {
      const isCounted = !hasLeft && (await this.plans.isCountedSince(tx, cabinetId, slotCode, lostAt));
      // Whoever has counted has found it missing, and that is in the sums already.
      if (isCounted) continue;
      const units = hasLeft
        ? quantity
        : await this.stock.takeOut(
            tx,
            { channelPointId, slotCode },
            quantity,
            `${causeKey}:${slotCode}`,
            variantId,
          );
      if (units > 0)
        await this.plans.insertLoss(tx, {
          id: newId('slo'),
          cabinetId,
          slotCode,
          variantId,
          causeKey,
          units,
          lostAt,
        });
    }
  }
}
