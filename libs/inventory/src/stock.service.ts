import { Injectable } from '@nestjs/common';
import { BatchReader, BatchService, VariantReader } from '#libs/catalog';
import { Clock, type InvalidInputError, NotFound, assert, businessDay, newId, present } from '#libs/kernel';
import { Database, RetryTransaction, type Tx } from '#platform/database';
import { emit } from '#platform/outbox';
import { NEVER_EXPIRES_ON } from './stock-level.entity.js';
import { AdoptionOfferRepository } from './adoption-offer.repository.js';
import { PresaleRepository } from './presale.repository.js';
import { BatchReceivableExceededError, StockCauseReusedError } from './stock.errors.js';
import { stockReceived } from './stock.events.js';
import {
  type Goods,
  type HeldReservation,
  type LevelRow,
  StockRepository,
  isAdoptedObject,
  isHarvestDay,
  isLevel,
} from './stock.repository.js';
import {
  type Allocation,
  type Free,
  type PlanRefusal,
  type Taking,
  type Want,
  allocateInTurn,
  perLevel,
  refuseReceipt,
} from './stock.rules.js';

/** Free objects that a plan looks at: more than an order adopts, so that many who come at once need not all want the same ones. */
const OBJECTS_SEEN_MAX = 200;

/** What a line takes of a level, of a day of a harvest or of an object that is adopted. */
export interface Reservation extends Taking {
  readonly orderLineId: string;
}

export interface OrderReservation extends Reservation {
  readonly orderId: string;
}

/** Units of a line that leave in one parcel. */
export interface LeavingUnits {
  readonly orderLineId: string;
  readonly quantity: number;
  /** Units of the line that had not left before: what is held for all of them. */
  readonly of: number;
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
    private readonly presales: PresaleRepository,
    private readonly adoptions: AdoptionOfferRepository,
    private readonly variants: VariantReader,
    private readonly batches: BatchReader,
    private readonly receivable: BatchService,
    private readonly clock: Clock,
  ) {}

  /**
   * Cuts the wants over batches, first expired first, and finds the day of what is presold. With `isLocking` the levels and days stay locked, so that the reservation that
   * follows cannot fail: for those whose first plan was overtaken.
   */
  async plan(
    tx: Tx,
    wants: readonly Want[],
    { isLocking = false } = {},
  ): Promise<Allocation[] | PlanRefusal> {
    const [plan] = await this.planInTurn(tx, [wants], { isLocking });
    return present(plan, 'a plan for those wants');
  }

  /** The same for many orders at once, first come first served: each gets all that it wants of what those before it have left, or nothing. */
  async planInTurn(
    tx: Tx,
    orders: readonly (readonly Want[])[],
    { isLocking = false } = {},
  ): Promise<(Allocation[] | PlanRefusal)[]> {
    const seen = await this.freeFor(tx, orders.flat());
    const guess = allocateInTurn(orders, seen);
    // A refusal needs no lock: what is gone now was gone when we looked.
    if (!isLocking || !guess.some(Array.isArray)) return guess;
    return allocateInTurn(orders, await this.locked(tx, seen));
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
    const takings = perLevel(reservations);
    const levels = takings.filter(({ levelId }) => isLevel(levelId));
    // Objects before days, and days before levels, each by their ids.
    const each = levels.length > 1 ? takings.filter(({ levelId }) => !isLevel(levelId)) : takings;
    for (const { levelId, quantity } of each) {
      if (!(await this.stock.take(tx, levelId, quantity))) {
        throw new RetryTransaction(`${levelId} no longer has ${quantity}`);
      }
    }
    if (levels.length > 1 && !(await this.stock.takeLevels(tx, levels))) {
      throw new RetryTransaction(`one of ${levels.length} levels no longer has enough`);
    }
  }

  /** Gives back whatever these orders still hold. Doing it twice is harmless. */
  async releaseOrders(tx: Tx, orderIds: readonly string[]): Promise<void> {
    if (orderIds.length === 0) return;
    await this.release(tx, await this.stock.lockHeldOfOrders(tx, orderIds));
  }

  releaseOrder(tx: Tx, orderId: string): Promise<void> {
    return this.releaseOrders(tx, [orderId]);
  }

  /** Gives back whatever these lines still hold. Doing it twice is harmless. */
  async releaseOrderLines(tx: Tx, orderLineIds: readonly string[]): Promise<void> {
    if (orderLineIds.length === 0) return;
    await this.release(tx, await this.stock.lockHeldOfLines(tx, orderLineIds));
  }

  /**
   * Gives back some of what these lines hold; the rest stays held. Lines that hold nothing are passed over; whoever calls holds the merchant order's
   * lock and has checked what is left.
   */
  async releaseUnits(tx: Tx, units: readonly LeavingUnits[]): Promise<void> {
    const whole = units.filter(({ quantity, of }) => quantity === of).map(({ orderLineId }) => orderLineId);
    const some = units.filter(({ quantity, of }) => quantity < of);
    const held = some.length === 0 ? [] : await this.stock.lockHeldOfLines(tx, idsOfLines(some));
    for (const { id, orderLineId, levelId, quantity } of held) {
      const leaving = present(
        some.find((each) => each.orderLineId === orderLineId),
        'a line that was asked for',
      );
      const back = partOf(quantity, leaving);
      assert(await this.stock.keepHeld(tx, id, quantity - back), `${id} holds more than what is given back`);
      assert(await this.stock.giveBack(tx, levelId, back), `${levelId} holds what was reserved`);
    }
    await this.releaseOrderLines(tx, whole);
  }

  /** What these lines hold leaves the warehouse. Lines that hold nothing (shipped already) are passed over. */
  async shipOrderLines(tx: Tx, orderLineIds: readonly string[], at: Date): Promise<void> {
    if (orderLineIds.length === 0) return;
    const held = await this.stock.lockHeldOfLines(tx, orderLineIds);
    await this.carryOut(
      tx,
      held.map((reservation) => ({ ...reservation, causeKey: causeOf(reservation) })),
      at,
    );
  }

  /**
   * Some units of these lines leave the warehouse in the parcel `parcelId`; the rest stays held. Lines that hold nothing are passed over,
   * as above; whoever calls holds the merchant order's lock and has checked what is left.
   */
  async shipUnits(tx: Tx, parcelId: string, units: readonly LeavingUnits[], at: Date): Promise<void> {
    const held = await this.stock.lockHeldOfLines(
      tx,
      units.map(({ orderLineId }) => orderLineId),
    );
    const parts = held.map((reservation) => {
      const leaving = present(
        units.find(({ orderLineId }) => orderLineId === reservation.orderLineId),
        'a line that was asked for',
      );
      const quantity = partOf(reservation.quantity, leaving);
      return { ...reservation, quantity, left: reservation.quantity - quantity };
    });
    for (const { id, left } of parts.filter((part) => part.left !== 0))
      assert(await this.stock.keepHeld(tx, id, left), `${id} holds more than what leaves`);
    const moved = parts.map((part) => ({
      ...part,
      // The last units of a line go under the line's own name, those before them under their parcel's too.
      causeKey: part.left === 0 ? causeOf(part) : `${causeOf(part)}:${parcelId}`,
    }));
    await this.carryOut(tx, moved, at);
  }

  /** Goods arrive in the warehouse of the merchant whose variant it is; the merchant must be one of `merchantIds`. */
  async receive(
    merchantIds: readonly string[],
    receipt: StockReceipt,
    receivedBy: string | null = null,
  ): Promise<LevelRow | InvalidInputError | StockCauseReusedError | BatchReceivableExceededError> {
    const refusal = refuseReceipt(receipt);
    if (refusal) return refusal;

    const goods = await this.goodsOf(merchantIds, receipt);
    return this.database.transaction(async (tx) => {
      const { quantity, causeKey } = receipt;
      // The batch before its levels: receipts of all its variants take turns.
      const receivableG = await this.receivable.lockReceivable(tx, goods.batchId);
      const level = await this.stock.lockLevel(tx, goods);
      const recorded = await this.stock.movementQuantity(tx, level.id, causeKey);
      if (recorded !== null) return recorded === quantity ? level : new StockCauseReusedError(recorded);
      const receivedG = receivableG === null ? 0n : await this.stock.receivedG(tx, goods.batchId);
      if (receivableG !== null && receivedG + BigInt(quantity * goods.netWeightG) > receivableG)
        return new BatchReceivableExceededError(Number(receivableG), Number(receivedG));

      const movement = { id: newId('stm'), stockLevelId: level.id, kind: 'RECEIVED', quantity, causeKey };
      const movedAt = this.clock.now();
      await tx.insert('stock_movement', [{ ...movement, movedAt, movedBy: receivedBy }]);
      await this.stock.addOnHand(tx, level.id, quantity);
      await emit(tx, stockReceived(goods.variantId, movedAt));
      return { ...level, onHand: level.onHand + quantity };
    });
  }

  /** Where any of it could come from, unlocked. */
  private async freeFor(tx: Tx, wants: readonly Want[]): Promise<Free> {
    const today = businessDay(this.clock.now());
    const presaleIds = [...new Set(wants.flatMap(({ harvest }) => harvest?.presaleId ?? []))];
    const stocked = wants.filter(({ harvest, adopted }) => !harvest && !adopted);
    const variantIds = [...new Set(stocked.filter(({ slot }) => !slot).map((want) => want.variantId))];
    const slots = stocked.flatMap(({ slot }) => slot ?? []);
    const adopting = wants.flatMap(({ adopted }) => adopted ?? []);
    const objects = [];
    // An order adopts from one offer, so this goes round once at most.
    for (const { offerId, objectIds } of adopting)
      objects.push(...(await this.adoptions.freeObjects(tx, offerId, objectIds, OBJECTS_SEEN_MAX)));
    return {
      objects,
      levels: [
        ...(variantIds.length === 0 ? [] : await this.stock.freeLevels(tx, variantIds, today)),
        ...(slots.length === 0 ? [] : await this.stock.freeInSlots(tx, slots, today)),
      ],
      days: presaleIds.length === 0 ? [] : await this.presales.freeDays(tx, presaleIds, today),
    };
  }

  private async locked(tx: Tx, { levels, days, objects = [] }: Free): Promise<Free> {
    const [dayIds, objectIds] = [days, objects].map((rows) => rows.map(({ id }) => id));
    // Objects before days, and days before levels: by their ids, as whoever takes them does.
    return {
      objects: objectIds?.length ? await this.adoptions.lockFreeObjects(tx, objectIds) : [],
      days: dayIds?.length ? await this.presales.lockFreeDays(tx, dayIds) : [],
      levels: levels.length > 0 ? await this.stock.lockLevels(tx, levels) : [],
    };
  }

  private async release(tx: Tx, held: readonly HeldReservation[]): Promise<void> {
    if (held.length === 0) return;
    await this.stock.moveReservations(tx, idsOf(held), 'RELEASED');
    for (const { levelId, quantity } of perLevel(held)) {
      assert(await this.stock.giveBack(tx, levelId, quantity), `${levelId} holds what was reserved`);
    }
  }

  private async carryOut(tx: Tx, leaving: readonly Leaving[], at: Date): Promise<void> {
    if (leaving.length === 0) return;
    const done = idsOf(leaving.filter(({ left = 0 }) => left === 0));
    if (done.length > 0) await this.stock.moveReservations(tx, done, 'SHIPPED');
    // What goes from the tree into the parcel has never lain on a shelf.
    const stocked = leaving.filter(({ levelId }) => !isHarvestDay(levelId) && !isAdoptedObject(levelId));
    if (stocked.length > 0)
      await tx.insert(
        'stock_movement',
        stocked.map((each) => shipmentOf(each, at)),
      );
    for (const { levelId, quantity } of perLevel(leaving)) {
      assert(await this.stock.carryOut(tx, levelId, quantity), `${levelId} holds what was reserved`);
    }
  }

  private async goodsOf(
    merchantIds: readonly string[],
    { variantId, batchId }: StockReceipt,
  ): Promise<Goods & { readonly netWeightG: number }> {
    const [[variant], [batch]] = await Promise.all([
      this.variants.byIds([variantId]),
      this.batches.keptByIds([batchId]),
    ]);
    if (!variant || !merchantIds.includes(variant.merchantId)) throw new NotFound('Variant', variantId);
    if (batch?.productId !== variant.productId) throw new NotFound('Batch', batchId);
    const { merchantId, netWeightG } = variant;
    return {
      merchantId,
      variantId,
      batchId,
      netWeightG,
      bestBeforeOn: batch.bestBeforeOn ?? NEVER_EXPIRES_ON,
    };
  }
}

/** What leaves of what is held, and what stays; nothing unless said. */
interface Leaving extends HeldReservation {
  readonly causeKey: string;
  readonly left?: number;
}

/** Of a level units are held, of a day of a harvest grams: both in proportion. */
function partOf(held: number, { quantity, of }: LeavingUnits): number {
  return quantity === of ? held : Math.floor((held * quantity) / of);
}

function idsOfLines(units: readonly LeavingUnits[]): string[] {
  return units.map(({ orderLineId }) => orderLineId);
}

function idsOf(held: readonly HeldReservation[]): string[] {
  return held.map((reservation) => reservation.id);
}

function causeOf({ orderLineId }: HeldReservation): string {
  return `order_line:${orderLineId}`;
}

function shipmentOf({ causeKey, levelId, quantity }: Leaving, movedAt: Date) {
  return { id: newId('stm'), stockLevelId: levelId, kind: 'SHIPPED', quantity: -quantity, causeKey, movedAt };
}
