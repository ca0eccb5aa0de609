import { Injectable } from '@nestjs/common';
import { Clock, assert } from '#libs/kernel';
import type { Tx } from '#platform/database';
import { emit } from '#platform/outbox';
import { StockCauseReusedError, InsufficientStockError } from './stock.errors.js';
import { stockTransferred } from './stock.events.js';
import { StockRepository } from './stock.repository.js';
import { type LevelMove, type PlacedLevel, StockTransferRepository } from './stock-transfer.repository.js';
import { VanShortError } from './van-stock.errors.js';

/** Units of one batch. */
interface VanUnits {
  readonly variantId: string;
  readonly batchId: string;
  /** 9999-12-31 for what does not perish. */
  readonly bestBeforeOn: string;
  readonly quantity: number;
}

/** And whose goods they are. */
export interface VanGoods extends VanUnits {
  readonly merchantId: string;
}

export interface VanLoad {
  readonly routeId: string;
  readonly operatorId: string;
  readonly goods: readonly VanGoods[];
  /** Repeated with the same key it changes nothing. */
  readonly causeKey: string;
}

/**
 * What goes onto a van and comes back. The operator's own goods leave their warehouse and return to it; those of others are handed over when it is loaded, and given back. What is
 * filled on the way leaves the van for its slot.
 */
@Injectable()
export class VanStockService {
  constructor(
    private readonly transfers: StockTransferRepository,
    private readonly stock: StockRepository,
    private readonly clock: Clock,
  ) {}

  load(tx: Tx, load: VanLoad): Promise<InsufficientStockError | StockCauseReusedError | null> {
    return this.carry(tx, load, (own, van, { quantity, variantId }) => {
      if (own && own.onHand - own.reserved < quantity)
        return new InsufficientStockError(variantId, Math.max(0, own.onHand - own.reserved));
      const from = own ? [{ level: own, kind: 'MOVED' as const, quantity: -quantity }] : [];
      return [...from, { level: van, kind: own ? 'MOVED' : 'RECEIVED', quantity }];
    });
  }

  unload(tx: Tx, load: VanLoad): Promise<VanShortError | StockCauseReusedError | null> {
    return this.carry(tx, load, (own, van, { quantity, variantId, batchId }) => {
      if (van.onHand < quantity)
        return new VanShortError(variantId, batchId, van.onHand, quantity - van.onHand);
      const to = own ? [{ level: own, kind: 'MOVED' as const, quantity }] : [];
      return [{ level: van, kind: own ? 'MOVED' : 'GIVEN_BACK', quantity: -quantity }, ...to];
    });
  }

  /**
   * What nobody knows where it is leaves the book (below nothing), and comes back into it where somebody does after all. Whoever calls says it once, behind the lock of the route.
   */
  async recount(
    tx: Tx,
    {
      routeId,
      goods,
      causeKey,
    }: Omit<VanLoad, 'operatorId' | 'goods'> & { readonly goods: readonly VanUnits[] },
  ): Promise<VanShortError | null> {
    const locationId = await this.transfers.vanOf(tx, routeId);
    const placed = goods.map((each) => ({ ...each, locationId }));
    await this.transfers.ensure(tx, placed);
    const levels = await this.transfers.lock(tx, placed, []);
    const at = this.clock.now();
    const moves: LevelMove[] = [];
    for (const { variantId, batchId, quantity } of goods) {
      const level = levels.find((each) => each.variantId === variantId && each.batchId === batchId);
      assert(level !== undefined, 'the level that was just made');
      const missing = -quantity - level.onHand;
      if (missing > 0) return new VanShortError(variantId, batchId, level.onHand, missing);
      moves.push({ levelId: level.id, kind: 'COUNTED', quantity, causeKey, at });
    }
    await this.transfers.apply(tx, moves);
    return null;
  }

  private async carry<Refusal extends InsufficientStockError | VanShortError>(
    tx: Tx,
    { routeId, operatorId, goods, causeKey }: VanLoad,
    step: (
      own: PlacedLevel | null,
      van: PlacedLevel,
      each: VanGoods,
    ) => Refusal | (Pick<LevelMove, 'kind' | 'quantity'> & { readonly level: PlacedLevel })[],
  ): Promise<Refusal | StockCauseReusedError | null> {
    const van = await this.transfers.vanOf(tx, routeId);
    const warehouse = await this.stock.warehouseOf(tx, operatorId);
    const placed = (locationId: string, each: VanGoods) => ({ ...each, locationId });
    const own = goods.filter(({ merchantId }) => merchantId === operatorId);
    const wanted = [...goods.map((each) => placed(van, each)), ...own.map((each) => placed(warehouse, each))];
    await this.transfers.ensure(tx, wanted);
    const levels = await this.transfers.lock(tx, wanted, []);
    const levelAt = (locationId: string, { variantId, batchId }: VanGoods): PlacedLevel => {
      const level = levels.find(
        (each) => each.locationId === locationId && each.variantId === variantId && each.batchId === batchId,
      );
      assert(level !== undefined, 'the level that was just made');
      return level;
    };
    const before = await this.transfers.moved(
      tx,
      levels.filter(({ locationId }) => locationId === van).map(({ id }) => id),
      causeKey,
    );
    if (before.length > 0)
      return sameAgain(
        goods.map((each) => [levelAt(van, each).id, each.quantity]),
        before,
      );
    const at = this.clock.now();
    const moves: LevelMove[] = [];
    for (const each of goods) {
      const steps = step(
        each.merchantId === operatorId ? levelAt(warehouse, each) : null,
        levelAt(van, each),
        each,
      );
      if (!Array.isArray(steps)) return steps;
      moves.push(
        ...steps.map(({ level, kind, quantity }) => ({ levelId: level.id, kind, quantity, causeKey, at })),
      );
    }
    await this.transfers.apply(tx, moves);
    const variantIds = [...new Set(own.map(({ variantId }) => variantId))];
    if (variantIds.length > 0) await emit(tx, stockTransferred(variantIds, at));
    return null;
  }
}

function sameAgain(
  wanted: readonly (readonly [levelId: string, quantity: number])[],
  before: readonly { readonly levelId: string; readonly quantity: number }[],
): StockCauseReusedError | null {
  const quantityOf = new Map<string, number>(
    before.map(({ levelId, quantity }) => [levelId, Math.abs(quantity)]),
  );
  const other = wanted.find(([levelId, quantity]) => quantityOf.get(levelId) !== quantity);
  if (other) return new StockCauseReusedError(quantityOf.get(other[0]) ?? 0);
  return null;
}
