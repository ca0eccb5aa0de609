import { Injectable } from '@nestjs/common';
import { type Allocation, type PlanRefusal, StockService } from '#libs/inventory';
import { InvalidInputError, newId, present, refused } from '#libs/kernel';
import { Database, RetryTransaction, Together, type Tx } from '#platform/database';
import { emit } from '#platform/outbox';
import { CheckoutReader } from './checkout.reader.js';
import { type Placing, mayShare } from './crowd.rules.js';
import { draftOrder } from './order-draft.rules.js';
import type { OrderId } from './order.entity.js';
import type { CrowdedError, IdempotencyConflictError, OrderClaimedError } from './order.errors.js';
import { orderPlaced } from './order.events.js';
import type { CartKey } from './cart.repository.js';
import { OrderRepository } from './order.repository.js';
import { PREPAID, answerAgain, cartChanged } from './order.rules.js';
import type { PurchaseLimitError } from './purchase-limit.errors.js';
import { PurchaseLimitService } from './purchase-limit.service.js';

export type CrowdPlacement =
  | OrderId
  | InvalidInputError
  | PurchaseLimitError
  | PlanRefusal
  | IdempotencyConflictError
  | OrderClaimedError
  | CrowdedError;

/** One of those who share a transaction. */
export interface Sharer {
  readonly placing: Placing;
  /** Has been told to come again, so nothing may be sold to them. */
  hasLeft: boolean;
  /** The transaction that holds their order is being committed: from here on they hear how it ends. */
  isBound: boolean;
}

/** An order that is in nobody's way. */
interface Single {
  readonly placing: Placing;
  readonly alone: () => Promise<unknown>;
}

/**
 * Places the orders of many buyers, no two of them of one buyer: one transaction, and in it for each what placing an order
 * by itself does. What one of them is refused for keeps none of the others from being served.
 */
@Injectable()
export class CrowdPlacementService {
  /** Of one buyer one after the other: the next order sees what the one before has left in the cart. */
  private readonly strangers = new Together<Single, unknown>(
    this.database,
    ({ placing }) => placing.buyerId,
    ({ alone }) => alone(),
    async (singles) => {
      const sharers = singles.map(({ placing }) => ({ placing, hasLeft: false, isBound: false }));
      const outcomes = await this.placeAll(sharers);
      return sharers.map((sharer) => outcomes.get(sharer));
    },
  );

  constructor(
    private readonly database: Database,
    private readonly checkout: CheckoutReader,
    private readonly limits: PurchaseLimitService,
    private readonly orders: OrderRepository,
    private readonly stock: StockService,
  ) {}

  /** By itself, as `alone` does it, or together with whoever else orders at this moment, whatever they want; with the same outcome. */
  async placeAmongStrangers<T>(placing: Placing, alone: () => Promise<T>): Promise<T | CrowdPlacement> {
    if (!mayShare(placing)) return alone();
    return (await this.strangers.of({ placing, alone })) as T | CrowdPlacement;
  }

  /** In the order given: first come, first served. Those who leave before it is committed are missing, and nothing is sold to them. */
  placeAll<S extends Sharer>(sharers: readonly S[]): Promise<Map<S, CrowdPlacement>> {
    let isOvertaken = false;
    return this.database.transaction(async (tx) => {
      for (const sharer of sharers) sharer.isBound = false;
      const here = sharers.filter(({ hasLeft }) => !hasLeft);
      const outcomes = await this.refuse(tx, here);
      const open = here.filter((sharer) => !outcomes.has(sharer));
      const plans = await this.plan(tx, open, isOvertaken);
      // A second attempt means that somebody was faster, or has left: from then on the plan locks what it counts on.
      isOvertaken = true;
      for (const [sharer, plan] of plans)
        outcomes.set(sharer, Array.isArray(plan) ? sharer.placing.orderId : plan);
      await this.recogniseAgain(tx, outcomes);
      await this.sell(
        tx,
        plans.flatMap(([{ placing }, plan]) => (Array.isArray(plan) ? [{ placing, allocations: plan }] : [])),
      );
      // The last moment to leave: nothing is awaited between this and the commit.
      if (here.some(({ hasLeft }) => hasLeft)) throw new RetryTransaction('somebody has left');
      for (const sharer of here) sharer.isBound = true;
      return outcomes;
    });
  }

  /** Who is answered before any stock is looked at: keys that have placed an order, limits, carts that have changed. */
  private async refuse<S extends Sharer>(tx: Tx, sharers: readonly S[]): Promise<Map<S, CrowdPlacement>> {
    const outcomes = new Map<S, CrowdPlacement>();
    if (sharers.length === 0) return outcomes;
    const earlier = await this.checkout.earlierOf(
      sharers.map(({ placing }) => placing),
      tx,
    );
    const isNew = ({ placing }: S) => !earlier.has(placing.buyerId);
    const placings = sharers.filter(isNew).map(({ placing }) => placing);
    const refusals = await this.limits.takeOf(tx, placings);
    const overLimit = new Map(placings.map(({ buyerId }, index) => [buyerId, refusals[index] ?? null]));
    const carts = await this.orders.lockCarts(tx, cartsOf(placings));
    for (const sharer of sharers) {
      const { buyerId, requestHash, isFromCart } = sharer.placing;
      const before = earlier.get(buyerId);
      const over = overLimit.get(buyerId);
      if (before) outcomes.set(sharer, answerAgain(before, requestHash));
      else if (over) outcomes.set(sharer, over);
      else if (isFromCart && !carts.has(buyerId)) outcomes.set(sharer, new InvalidInputError([cartChanged]));
    }
    return outcomes;
  }

  /** Elsewhere the same key may have placed its order meanwhile: then it has what it is refused for here, the last box or what was in the cart. */
  private async recogniseAgain<S extends Sharer>(tx: Tx, outcomes: Map<S, CrowdPlacement>): Promise<void> {
    const refusals = [...outcomes].flatMap(([sharer, outcome]) => (refused(outcome) ? [sharer] : []));
    if (refusals.length === 0) return;
    const first = await this.checkout.earlierOf(
      refusals.map(({ placing }) => placing),
      tx,
    );
    for (const sharer of refusals) {
      const placed = first.get(sharer.placing.buyerId);
      if (placed) outcomes.set(sharer, answerAgain(placed, sharer.placing.requestHash));
    }
  }

  private async plan<S extends Sharer>(tx: Tx, sharers: readonly S[], isLocking: boolean) {
    if (sharers.length === 0) return [];
    const wants = sharers.map(({ placing }) => placing.offered);
    const plans = await this.stock.planInTurn(tx, wants, { isLocking });
    return sharers.map((sharer, index) => [sharer, present(plans[index], 'a plan for each')] as const);
  }

  private async sell(tx: Tx, served: readonly Served[]): Promise<void> {
    if (served.length === 0) return;
    const batches = await this.checkout.batchesOf(
      tx,
      served.flatMap(({ allocations }) => allocations),
    );
    const drafts = served.map(({ placing, allocations }) =>
      draftOrder({ ...placing, term: PREPAID, allocations, batches }, newId),
    );
    await this.orders.insert(tx, ...drafts);
    await this.orders.clearCarts(tx, cartsOf(served.map(({ placing }) => placing)));
    const facts = served.map(({ placing: { orderId, buyerId, placedAt, traceId } }) => ({
      ...orderPlaced({ orderId, buyerId }, placedAt),
      traceId,
    }));
    await emit(tx, ...facts);
    await this.stock.reserveAll(
      tx,
      drafts.flatMap(({ order, picks }) => picks.map((pick) => ({ orderId: order.id, ...pick }))),
    );
  }
}

interface Served {
  readonly placing: Placing;
  readonly allocations: readonly Allocation[];
}

function cartsOf(placings: readonly Placing[]): CartKey[] {
  return placings
    .filter(({ isFromCart }) => isFromCart)
    .flatMap(({ buyerId, offered }) =>
      offered.map(({ variantId, channelPointId }) => ({ buyerId, variantId, channelPointId })),
    );
}
