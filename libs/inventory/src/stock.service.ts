import { Injectable } from '@nestjs/common';
import { BatchReader, VariantReader } from '#libs/catalog';
import { Clock, type InvalidInputError, NotFound, assert, businessDay, newId, present } from '#libs/kernel';
import { Database, RetryTransaction, type Tx } from '#platform/database';
import { NEVER_EXPIRES_ON } from './stock-level.entity.js';
import { type InsufficientStockError, StockCauseReusedError } from './stock.errors.js';
import { type Goods, type HeldReservation, type LevelRow, StockRepository } from './stock.repository.js';
import { type Allocation, type Want, allocateInTurn, perLevel, refuseReceipt } from './stock.rules.js';

export interface Reservation {
  readonly orderLineId: string;
  readonly levelId: string;
  readonly quantity: number;
}

export interface OrderReservation extends Reservation {
  readonly orderId: string;
}

export interface StockReceipt {
  readonly variantId: string;
  readonly batchId: string;
  readonly quantity: number;
  /** The delivery note: a repeated receipt with the same key changes nothing. */
  readonly causeKey: string;
}

/** Stock is promised by guarded statements only; a plan made without locks is a guess that the guard checks. */
@Injectable()
export class StockService {
  constructor(
    private readonly database: Database,
    private readonly stock: StockRepository,
    private readonly variants: VariantReader,
    private readonly batches: BatchReader,
    private readonly clock: Clock,
  ) {}

  /**
   * Cuts the wants over batches, first expired first. With `isLocking` the levels stay locked, so that the reservation that
   * follows cannot fail: for those whose first plan was overtaken.
   */
  async plan(
    tx: Tx,
    wants: readonly Want[],
    { isLocking = false } = {},
  ): Promise<Allocation[] | InsufficientStockError> {
    const [plan] = await this.planInTurn(tx, [wants], { isLocking });
    return present(plan, 'a plan for those wants');
  }

  /** The same for many orders at once, first come first served: each gets all that it wants of what those before it have left, or nothing. */
  async planInTurn(
    tx: Tx,
    orders: readonly (readonly Want[])[],
    { isLocking = false } = {},
  ): Promise<(Allocation[] | InsufficientStockError)[]> {
    const variantIds = [...new Set(orders.flat().map((want) => want.variantId))];
    const seen = await this.stock.freeLevels(tx, variantIds, businessDay(this.clock.now()));
    const guess = allocateInTurn(orders, seen);
    // A refusal needs no lock: what is gone now was gone when we looked.
    if (!isLocking || !guess.some(Array.isArray)) return guess;
    const ids = seen.map((level) => level.id);
    return allocateInTurn(orders, await this.stock.lockLevels(tx, ids));
  }

  /**
   * Holds stock for an order's lines, one level each. Call it last: the rows it takes are the ones that a crowd wants.
   * Throws `RetryTransaction` when somebody else was faster, so that the caller plans again.
   */
  reserve(tx: Tx, orderId: string, reservations: readonly Reservation[]): Promise<void> {
    return this.reserveAll(
      tx,
      reservations.map((reservation) => ({ orderId, ...reservation })),
    );
  }

  /** The same for many orders: what they take of a level together is taken by one guarded statement. */
  async reserveAll(tx: Tx, reservations: readonly OrderReservation[]): Promise<void> {
    const createdAt = this.clock.now();
    const rows = reservations.map(({ orderId, orderLineId, levelId, quantity }) => ({
      id: newId('rsv'),
      orderId,
      orderLineId,
      stockLevelId: levelId,
      quantity,
      state: 'HELD',
      createdAt,
    }));
    await tx.insert('stock_reservation', rows);
    for (const { levelId, quantity } of perLevel(reservations)) {
      if (!(await this.stock.take(tx, levelId, quantity))) {
        throw new RetryTransaction(`${levelId} no longer has ${quantity}`);
      }
    }
  }

  /** Gives back whatever these orders still hold. Doing it twice is harmless. */
  async releaseOrders(tx: Tx, orderIds: readonly string[]): Promise<void> {
    if (orderIds.length === 0) return;
    const held = await this.stock.lockHeldOfOrders(tx, orderIds);
    if (held.length === 0) return;
    const ids = held.map((reservation) => reservation.id);
    await this.stock.moveReservations(tx, ids, 'RELEASED');
    for (const { levelId, quantity } of perLevel(held)) {
      assert(await this.stock.giveBack(tx, levelId, quantity), `${levelId} holds what was reserved`);
    }
  }

  releaseOrder(tx: Tx, orderId: string): Promise<void> {
    return this.releaseOrders(tx, [orderId]);
  }

  /** What these lines hold leaves the warehouse. Lines that hold nothing (shipped already) are passed over. */
  async shipOrderLines(tx: Tx, orderLineIds: readonly string[], at: Date): Promise<void> {
    if (orderLineIds.length === 0) return;
    const held = await this.stock.lockHeldOfLines(tx, orderLineIds);
    if (held.length === 0) return;
    const ids = held.map((reservation) => reservation.id);
    await this.stock.moveReservations(tx, ids, 'SHIPPED');
    await tx.insert(
      'stock_movement',
      held.map((reservation) => shipmentOf(reservation, at)),
    );
    for (const { levelId, quantity } of perLevel(held)) {
      assert(await this.stock.carryOut(tx, levelId, quantity), `${levelId} holds what was reserved`);
    }
  }

  /** Goods arrive in the warehouse of the merchant whose variant it is; the merchant must be one of `merchantIds`. */
  async receive(
    merchantIds: readonly string[],
    receipt: StockReceipt,
  ): Promise<LevelRow | InvalidInputError | StockCauseReusedError> {
    const refusal = refuseReceipt(receipt);
    if (refusal) return refusal;

    const goods = await this.goodsOf(merchantIds, receipt);
    return this.database.transaction(async (tx) => {
      const { quantity, causeKey } = receipt;
      const level = await this.stock.lockLevel(tx, goods);
      const recorded = await this.stock.movementQuantity(tx, level.id, causeKey);
      if (recorded !== null) return recorded === quantity ? level : new StockCauseReusedError(recorded);

      const movement = { id: newId('stm'), stockLevelId: level.id, kind: 'RECEIVED', quantity, causeKey };
      await tx.insert('stock_movement', [{ ...movement, movedAt: this.clock.now() }]);
      await this.stock.addOnHand(tx, level.id, quantity);
      return { ...level, onHand: level.onHand + quantity };
    });
  }

  private async goodsOf(
    merchantIds: readonly string[],
    { variantId, batchId }: StockReceipt,
  ): Promise<Goods> {
    const [[variant], [batch]] = await Promise.all([
      this.variants.byIds([variantId]),
      this.batches.byIds([batchId]),
    ]);
    if (!variant || !merchantIds.includes(variant.merchantId)) throw new NotFound('Variant', variantId);
    if (batch?.productId !== variant.productId) throw new NotFound('Batch', batchId);
    const { merchantId } = variant;
    return { merchantId, variantId, batchId, bestBeforeOn: batch.bestBeforeOn ?? NEVER_EXPIRES_ON };
  }
}

function shipmentOf({ orderLineId, levelId, quantity }: HeldReservation, movedAt: Date) {
  const causeKey = `order_line:${orderLineId}`;
  return { id: newId('stm'), stockLevelId: levelId, kind: 'SHIPPED', quantity: -quantity, causeKey, movedAt };
}
