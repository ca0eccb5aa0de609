import { Injectable } from '@nestjs/common';
import { Clock, assert, listsBy } from '#libs/kernel';
import type { Tx } from '#platform/database';
import { emit } from '#platform/outbox';
import { StockPlaceShortError } from './stock.errors.js';
import { stockTransferred } from './stock.events.js';
import type { MovementKind } from './stock-movement.entity.js';
import type { StockSpot } from './stock-place.reader.js';
import { StockRepository } from './stock.repository.js';
import { type PlacedGoods, StockTransferRepository } from './stock-transfer.repository.js';

/** Units of one batch of a variant. */
export interface BatchUnits {
  readonly variantId: string;
  readonly batchId: string;
  /** 9999-12-31 for what does not perish. */
  readonly bestBeforeOn: string;
  readonly quantity: number;
}

export interface ShiftStep extends BatchUnits {
  readonly locationId: string;
  /** Signed. */
  readonly quantity: number;
}

export interface Shift {
  readonly kind: MovementKind;
  /** One cause moves a level once. */
  readonly causeKey: string;
  /** Null where no person did. */
  readonly by: string | null;
  readonly steps: readonly ShiftStep[];
}

/** A batch in a place, as the book has it now and as it had it when somebody counted. */
export interface StandingBatch extends PlacedGoods {
  readonly onHand: number;
  readonly reserved: number;
  /** Signed: what has moved since that moment. */
  readonly since: number;
}

const spotKey = ({ variantId, batchId }: Pick<BatchUnits, 'variantId' | 'batchId'>) =>
  `${variantId}/${batchId}`;
const levelKey = (goods: Pick<PlacedGoods, 'locationId' | 'variantId' | 'batchId'>) =>
  `${goods.locationId}/${spotKey(goods)}`;

/** Variants of one fact: a count of a whole warehouse tells of thousands, and each fact is handled at one go. */
const VARIANTS_PER_FACT = 500;

/** What people move, count and throw away. What is promised stays where it is. */
@Injectable()
export class StockShiftService {
  constructor(
    private readonly transfers: StockTransferRepository,
    private readonly stock: StockRepository,
    private readonly clock: Clock,
  ) {}

  /** Made when first needed. */
  async placeOf(tx: Tx, { merchantId, channelPointId }: StockSpot): Promise<string> {
    if (channelPointId === null) return this.stock.warehouseOf(tx, merchantId);
    const [id] = await this.transfers.slotsOf(tx, [{ channelPointId, slotCode: '' }]);
    assert(id !== undefined, 'a place for each that was asked for');
    return id;
  }

  /** Goods on their way, or waiting to be written off: on no shelf, and sold to nobody. */
  heldFor(tx: Tx, id: string): Promise<string> {
    return this.transfers.heldFor(tx, id);
  }

  /** All of it, or nothing and what there is too little of. Whoever calls says it once, behind the lock of what it is said of. */
  async shift(tx: Tx, { kind, causeKey, by, steps }: Shift): Promise<StockPlaceShortError | null> {
    await this.transfers.ensure(tx, steps);
    const levels = await this.transfers.lock(tx, steps, []);
    const levelOf = new Map(levels.map((level) => [levelKey(level), level]));
    const at = this.clock.now();
    const moves = [];
    for (const { quantity, ...goods } of steps) {
      const level = levelOf.get(levelKey(goods));
      assert(level !== undefined, 'the level that was just made');
      const free = level.onHand - level.reserved;
      if (quantity < 0 && free < -quantity)
        return new StockPlaceShortError(goods.variantId, goods.batchId, free);
      moves.push({ levelId: level.id, kind, quantity, causeKey, at, by });
    }
    await this.transfers.apply(tx, moves);
    const variantIds = [...new Set(steps.map(({ variantId }) => variantId))];
    // Also where none of it is sold from there: looking once too often changes nothing.
    const facts = [];
    for (let from = 0; from < variantIds.length; from += VARIANTS_PER_FACT)
      facts.push(stockTransferred(variantIds.slice(from, from + VARIANTS_PER_FACT), at));
    if (facts.length > 0) await emit(tx, ...facts);
    return null;
  }

  /** What this cause has moved in a place already, signed, by `variant/batch`. */
  async shifted(
    tx: Tx,
    goods: readonly PlacedGoods[],
    causeKey: string,
  ): Promise<ReadonlyMap<string, number>> {
    const levels = await this.transfers.lock(tx, goods, []);
    const moved = await this.transfers.moved(
      tx,
      levels.map(({ id }) => id),
      causeKey,
    );
    const keyOf = new Map(levels.map((level) => [level.id, spotKey(level)]));
    return new Map(moved.map(({ levelId, quantity }) => [keyOf.get(levelId) ?? '', quantity]));
  }

  /** Held until the end of the transaction; made when nothing of it has ever lain there. `seenAt` is of each when it was counted. */
  async standing(
    tx: Tx,
    goods: readonly (PlacedGoods & { readonly seenAt: Date })[],
  ): Promise<StandingBatch[]> {
    await this.transfers.ensure(tx, goods);
    const levels = await this.transfers.lock(tx, goods, []);
    const first = goods.map(({ seenAt }) => seenAt.getTime());
    const moves = await this.transfers.since(
      tx,
      levels.map(({ id }) => id),
      new Date(Math.min(...first)),
    );
    const levelOf = new Map(levels.map((level) => [levelKey(level), level]));
    const movesOf = listsBy(moves, ({ levelId }) => levelId);
    return goods.map(({ seenAt, ...each }) => {
      const level = levelOf.get(levelKey(each));
      assert(level !== undefined, 'the level that was just made');
      const since = (movesOf.get(level.id) ?? [])
        .filter(({ movedAt }) => movedAt > seenAt)
        .reduce((sum, { quantity }) => sum + quantity, 0);
      return { ...each, onHand: level.onHand, reserved: level.reserved, since };
    });
  }
}
