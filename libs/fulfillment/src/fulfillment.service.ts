import { Injectable } from '@nestjs/common';
import { BatchStockReader, InsufficientStockError, StockService } from '#libs/inventory';
import { Clock, type InvalidInputError, NotFound, assert, newId, refused } from '#libs/kernel';
import {
  GoesIntoCellError,
  type HandoverMismatchError,
  type LockedMerchantOrder,
  type MerchantOrderId,
  type MerchantOrderNotShippableError,
  MerchantOrderService,
  type OrderLineId,
  type OrderLineRow,
  OrderReader,
  autoReceiptAt,
  refuseShipping,
} from '#libs/ordering';
import { Database, type Tx } from '#platform/database';
import type { FulfillmentId } from './fulfillment.entity.js';
import { BatchStoppedError, type ParcelExceedsRestError, ParcelExistsError } from './fulfillment.errors.js';
import { FulfillmentRepository } from './fulfillment.repository.js';
import { type Parcel, parcelOf } from './fulfillment.rules.js';
import {
  type Leaving,
  type CarriedUnits,
  type LineUnits,
  allOf,
  contentsOf,
  isSameContents,
  refuseContents,
  refuseCount,
  restOf,
  sameParcel,
} from './parcel.rules.js';
import { WaybillService } from './waybill.service.js';

export interface ShipInput extends Parcel {
  readonly merchantOrderId: string;
  /** What is in the parcel; all that has not left yet unless it says. */
  readonly lines?: readonly LineUnits[] | null;
}

/** Units of a line that go out once more, for a case. */
export interface Replacement {
  /** The case: it is sent once. */
  readonly ref: string;
  readonly orderId: string;
  readonly merchantOrderId: MerchantOrderId;
  readonly orderLineId: OrderLineId;
  readonly variantId: string;
  readonly quantity: number;
}

/** What else speaks against lines in one parcel, by whoever knows more of them; asked behind the lock. */
export type ParcelRule = (
  tx: Tx,
  orderLineIds: readonly string[],
  isNamed: boolean,
) => Promise<InvalidInputError | null>;

export type Dispatch = MerchantOrderId | MerchantOrderNotShippableError | HandoverMismatchError;
export type ParcelRefusal =
  | InvalidInputError
  | ParcelExceedsRestError
  | ParcelExistsError
  | BatchStoppedError;

/** Goods that leave, or wait. */
@Injectable()
export class FulfillmentService {
  constructor(
    private readonly database: Database,
    private readonly fulfillments: FulfillmentRepository,
    private readonly merchantOrders: MerchantOrderService,
    private readonly orders: OrderReader,
    private readonly stock: StockService,
    private readonly batches: BatchStockReader,
    private readonly waybills: WaybillService,
    private readonly clock: Clock,
  ) {}

  /**
   * A parcel goes out, with the lines that are named or with all that has not left yet. The same number with the same lines again changes
   * nothing, so whoever heard nothing asks again. Throws NotFound unless it belongs to one of `merchantIds`, and for lines of other orders.
   */
  async ship(
    merchantIds: readonly string[],
    { merchantOrderId, lines = null, ...input }: ShipInput,
    rule: ParcelRule = anything,
  ): Promise<Dispatch | ParcelRefusal> {
    const parcel = parcelOf(input);
    if (refused(parcel)) return parcel;
    const refusal = lines && refuseContents(lines);
    if (refusal) return refusal;
    return this.database.transaction(async (tx) => {
      const part = await this.merchantOrders.lockForMerchants(tx, merchantOrderId, merchantIds);
      const carried = await this.fulfillments.carriedOf(tx, part.id);
      const same = sameParcel(carried, parcel);
      const [first] = same;
      if (first && lines && isSameContents(same, lines)) return part.id;
      const notNow = refuseShipping(part, 'PARCEL');
      if (notNow) return notNow;
      if (first) return new ParcelExistsError(first.fulfillmentId);
      return this.dispatch(tx, part, parcel, { carried, wanted: lines, rule });
    });
  }

  /** The whole merchant order waits where it is picked up. Throws NotFound unless it belongs to one of `merchantIds`. */
  ready(
    merchantIds: readonly string[],
    merchantOrderId: string,
  ): Promise<Dispatch | GoesIntoCellError | BatchStoppedError> {
    return this.database.transaction(async (tx) => {
      const part = await this.merchantOrders.lockForMerchants(tx, merchantOrderId, merchantIds);
      const notNow = refuseShipping(part, 'PICK_UP');
      if (notNow) return notNow;
      const lines = await this.orders.linesOfMerchantOrder(part.id, tx);
      if (lines.some(({ channelKind }) => channelKind === 'COUNTER')) return new GoesIntoCellError();
      const stopped = await this.stoppedAmong(tx, lines);
      if (stopped) return stopped;
      await this.wait(tx, part, lines, autoReceiptAt(this.clock.now(), part.handover));
      return part.id;
    });
  }

  /** Joins, behind the lock of what has not left: all of it waits, until `dueAt` if it then counts as received by itself. */
  wait(
    tx: Tx,
    part: LockedMerchantOrder,
    lines: readonly OrderLineRow[],
    dueAt: Date | null,
  ): Promise<FulfillmentId> {
    return this.leave(tx, part, NO_CARRIER, allOf(restOf(lines, [])), { leftLineIds: [], dueAt });
  }

  /** A replacement leaves, from whatever batch has it; part of what the case decides. */
  async replace(
    tx: Tx,
    { ref, orderId, merchantOrderId, orderLineId, variantId, quantity }: Replacement,
    input: Parcel,
  ): Promise<FulfillmentId | InvalidInputError | InsufficientStockError> {
    const parcel = parcelOf(input);
    if (refused(parcel)) return parcel;
    // The levels stay locked from the plan on: what follows cannot fail, and the contended rows are the last that are taken.
    const plan = await this.stock.plan(tx, [{ variantId, quantity }], { isLocking: true });
    if (plan instanceof InsufficientStockError) return plan;
    assert(!refused(plan), 'what lies there is expected on no day');
    const at = this.clock.now();
    const id = newId('ful');
    const fulfillment = {
      id,
      merchantOrderId,
      ...parcel,
      shippedAt: at,
      autoReceiptAt: null,
      replacesRef: ref,
    };
    await this.fulfillments.insert(tx, { ...fulfillment, receivedAt: null, receivedBy: null }, [
      { fulfillmentId: id, orderLineId, quantity },
    ]);
    // A reservation is of one level; the second and following ones of a case are numbered.
    const held = plan.map(({ levelId, quantity: units }, index) => ({
      orderLineId: index === 0 ? ref : `${ref}:${index + 1}`,
      levelId,
      quantity: units,
    }));
    await this.stock.reserve(tx, orderId, held);
    const refs = held.map((each) => each.orderLineId);
    await this.stock.shipOrderLines(tx, refs, at);
    return id;
  }

  /** The replacement has arrived; part of what the case decides. */
  receiveReplacement(tx: Tx, ref: string): Promise<void> {
    return this.fulfillments.markReplacementReceived(tx, ref, this.clock.now());
  }

  private async dispatch(
    tx: Tx,
    part: LockedMerchantOrder,
    parcel: Parcel,
    {
      carried,
      wanted,
      rule,
    }: {
      readonly carried: readonly CarriedUnits[];
      readonly wanted: readonly LineUnits[] | null;
      readonly rule: ParcelRule;
    },
  ): Promise<MerchantOrderId | ParcelExceedsRestError | InvalidInputError | BatchStoppedError> {
    const lines = await this.orders.linesOfMerchantOrder(part.id, tx);
    const foreign = wanted?.find(({ orderLineId }) => !lines.some(({ id }) => id === orderLineId));
    if (foreign) throw new NotFound('OrderLine', foreign.orderLineId);
    const rest = restOf(lines, [...carried, ...(await this.merchantOrders.calledOffOf(tx, part))]);
    const contents = contentsOf(rest, wanted);
    if (refused(contents)) return contents;
    const ids = contents.map(({ orderLineId }) => orderLineId);
    const stopped = await this.stoppedAmong(
      tx,
      lines.filter(({ id }) => ids.includes(id)),
    );
    if (stopped) return stopped;
    const apart = ids.length < 2 ? null : await rule(tx, ids, wanted !== null);
    if (apart) return apart;
    const left = restOf(
      rest.map((units) => ({ ...units, id: units.orderLineId })),
      contents,
    );
    const tooMany = refuseCount(carried, left.length === 0);
    if (tooMany) return tooMany;
    const dueAt = autoReceiptAt(this.clock.now(), part.handover);
    const leftLineIds = left.map(({ orderLineId }) => orderLineId);
    await this.leave(tx, part, parcel, contents, { leftLineIds, dueAt });
    return part.id;
  }

  /** What was promised before a batch was stopped does not leave either. */
  private async stoppedAmong(tx: Tx, lines: readonly OrderLineRow[]): Promise<BatchStoppedError | null> {
    const stops = await this.batches.stopsOf([...new Set(lines.map(({ batchId }) => batchId))], tx);
    if (stops.length === 0) return null;
    const stopped = new Set(stops.map(({ batchId }) => batchId));
    return new BatchStoppedError(lines.filter(({ batchId }) => stopped.has(batchId)).map(({ id }) => id));
  }

  /** The parcel is written, its part moves on, and its stock leaves the shelf. */
  private async leave(
    tx: Tx,
    part: LockedMerchantOrder,
    parcel: Parcel | typeof NO_CARRIER,
    contents: readonly Leaving<{ readonly orderLineId: OrderLineId; readonly quantity: number }>[],
    { leftLineIds, dueAt }: { readonly leftLineIds: readonly string[]; readonly dueAt: Date | null },
  ): Promise<FulfillmentId> {
    const id = newId('ful');
    const at = this.clock.now();
    if (leftLineIds.length === 0)
      await this.merchantOrders.markShipped(tx, part, { fulfillmentId: id, at, autoReceiptAt: dueAt });
    else await this.merchantOrders.markPartlyShipped(tx, part, { fulfillmentId: id, at }, leftLineIds);
    const fulfillment = { id, merchantOrderId: part.id, ...parcel, shippedAt: at, autoReceiptAt: dueAt };
    await this.fulfillments.insert(
      tx,
      { ...fulfillment, receivedAt: null, receivedBy: null, replacesRef: null },
      contents.map(({ orderLineId, quantity }) => ({ fulfillmentId: id, orderLineId, quantity })),
    );
    if (parcel.carrier !== null) await this.waybills.left(tx, part, parcel, id, leftLineIds.length === 0);
    // Last, because the shelf is what others wait for.
    await this.stock.shipUnits(tx, id, contents, at);
    return id;
  }
}

const anything: ParcelRule = () => Promise.resolve(null);

const NO_CARRIER = { carrier: null, trackingNo: null } as const;
