import { Injectable } from '@nestjs/common';
import { Clock, assert } from '#libs/kernel';
import type { Tx } from '#platform/database';
import { SlotFullError, SlotHeldError } from './slot-stock.errors.js';
import { type SlotLevel, SlotStockRepository } from './slot-stock.repository.js';
import { StockCauseReusedError } from './stock.errors.js';
import { StockRepository } from './stock.repository.js';
import type { SlotPlace } from './stock.rules.js';

export interface SlotGoods {
  readonly variantId: string;
  readonly batchId: string;
  /** 9999-12-31 for what does not perish. */
  readonly bestBeforeOn: string;
}

export interface SlotFilling {
  readonly quantity: number;
  /** A repeated filling with the same key changes nothing. */
  readonly causeKey: string;
  readonly capacity: number;
}

/** What people put into slots and find there. What buyers take out moves like anything else that is ordered. */
@Injectable()
export class SlotStockService {
  constructor(
    private readonly slots: SlotStockRepository,
    private readonly stock: StockRepository,
    private readonly clock: Clock,
  ) {}

  /** What lies there, batch by batch; nobody changes it before the caller's transaction ends. */
  async lock(tx: Tx, slot: SlotPlace): Promise<SlotLevel[]> {
    return (await this.slots.lock(tx, slot)).filter(({ onHand }) => onHand > 0);
  }

  async fill(
    tx: Tx,
    slot: SlotPlace,
    goods: SlotGoods,
    { quantity, causeKey, capacity }: SlotFilling,
  ): Promise<SlotFullError | StockCauseReusedError | null> {
    const level = await this.slots.lockLevel(tx, slot, goods);
    const recorded = await this.stock.movementQuantity(tx, level.id, causeKey);
    if (recorded !== null) return recorded === quantity ? null : new StockCauseReusedError(recorded);
    const room = capacity - unitsIn(await this.slots.lock(tx, slot));
    if (quantity > room) return new SlotFullError(Math.max(0, room));
    await this.move(tx, level, 'RECEIVED', quantity, causeKey);
    return null;
  }

  /** From now on these batches lie there, so many of each, and no other. Answers how many there should have been. */
  async count(
    tx: Tx,
    slot: SlotPlace,
    found: readonly (SlotGoods & { readonly quantity: number })[],
    causeKey: string,
  ): Promise<number | SlotHeldError> {
    for (const goods of found) await this.slots.lockLevel(tx, slot, goods);
    const levels = await this.slots.lock(tx, slot);
    const reserved = levels.reduce((sum, level) => sum + level.reserved, 0);
    if (reserved > 0) return new SlotHeldError(reserved);
    for (const level of levels) {
      const there = found.find(
        ({ variantId, batchId }) => variantId === level.variantId && batchId === level.batchId,
      );
      const difference = (there?.quantity ?? 0) - level.onHand;
      if (difference !== 0) await this.move(tx, level, 'COUNTED', difference, causeKey);
    }
    return unitsIn(levels);
  }

  /** It is gone, whoever has it: as much of it (of one variant, where it is named) as nobody holds, what expires first first. Answers how much that was. */
  async takeOut(
    tx: Tx,
    slot: SlotPlace,
    units: number,
    causeKey: string,
    variantId: string | null = null,
  ): Promise<number> {
    let left = units;
    const levels = (await this.slots.lock(tx, slot)).filter(
      (level) => variantId === null || level.variantId === variantId,
    );
    for (const level of levels.toSorted((a, b) => (a.bestBeforeOn < b.bestBeforeOn ? -1 : 1))) {
      const taken = Math.min(left, level.onHand - level.reserved);
      if (taken <= 0) continue;
      await this.move(tx, level, 'COUNTED', -taken, causeKey);
      left -= taken;
    }
    return units - left;
  }

  private async move(
    tx: Tx,
    { id }: SlotLevel,
    kind: 'RECEIVED' | 'COUNTED',
    quantity: number,
    causeKey: string,
  ): Promise<void> {
    const at = this.clock.now();
    assert(await this.slots.move(tx, id, { kind, quantity, causeKey, at }), `${id} keeps what is promised`);
  }
}

function unitsIn(levels: readonly SlotLevel[]): number {
  return levels.reduce((sum, { onHand }) => sum + onHand, 0);
}
