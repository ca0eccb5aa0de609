import { Injectable } from '@nestjs/common';
import { type InsufficientStockError, StockService } from '#libs/inventory';
import { Clock, type InvalidInputError, newId, refused } from '#libs/kernel';
import {
  type Handover,
  type HandoverMismatchError,
  type MerchantOrderId,
  type MerchantOrderNotReceivableError,
  type MerchantOrderNotShippableError,
  MerchantOrderService,
  type OrderLineId,
  OrderReader,
} from '#libs/ordering';
import { Database, type Tx } from '#platform/database';
import type { Fulfillment, FulfillmentId } from './fulfillment.entity.js';
import { FulfillmentRepository } from './fulfillment.repository.js';
import { type Parcel, parcelOf } from './fulfillment.rules.js';

export interface ShipInput extends Parcel {
  readonly merchantOrderId: string;
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

export type Dispatch = MerchantOrderId | MerchantOrderNotShippableError | HandoverMismatchError;

/** Goods on their way or waiting, and at their end. */
@Injectable()
export class FulfillmentService {
  constructor(
    private readonly database: Database,
    private readonly fulfillments: FulfillmentRepository,
    private readonly merchantOrders: MerchantOrderService,
    private readonly orders: OrderReader,
    private readonly stock: StockService,
    private readonly clock: Clock,
  ) {}

  /** The whole merchant order goes out in one parcel. Throws NotFound unless it belongs to one of `merchantIds`. */
  async ship(
    merchantIds: readonly string[],
    { merchantOrderId, ...input }: ShipInput,
  ): Promise<Dispatch | InvalidInputError> {
    const parcel = parcelOf(input);
    return refused(parcel) ? parcel : this.dispatch(merchantIds, merchantOrderId, 'PARCEL', parcel);
  }

  /** The whole merchant order waits where it is picked up. Throws NotFound unless it belongs to one of `merchantIds`. */
  ready(merchantIds: readonly string[], merchantOrderId: string): Promise<Dispatch> {
    return this.dispatch(merchantIds, merchantOrderId, 'PICK_UP', { carrier: null, trackingNo: null });
  }

  /** The buyer has it. Throws NotFound for the orders of others. */
  receive(
    buyerId: string,
    merchantOrderId: string,
  ): Promise<MerchantOrderId | MerchantOrderNotReceivableError> {
    return this.database.transaction(async (tx) => {
      const at = this.clock.now();
      const received = await this.merchantOrders.markReceived(tx, merchantOrderId, { buyerId }, at);
      if (refused(received)) return received;
      await this.fulfillments.markReceived(tx, received.id, at);
      return received.id;
    });
  }

  /** Signs for buyers who have said nothing in time. Bounded by `limit`; returns how many. */
  receiveDue(limit: number): Promise<number> {
    return this.database.transaction(async (tx) => {
      const at = this.clock.now();
      const due = await this.merchantOrders.lockDueForReceipt(tx, limit);
      for (const merchantOrderId of due) {
        const received = await this.merchantOrders.markReceived(tx, merchantOrderId, 'AUTO', at);
        if (refused(received)) throw new Error(`${merchantOrderId} is locked and due, and ${received.code}`);
        await this.fulfillments.markReceived(tx, merchantOrderId, at);
      }
      return due.length;
    });
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
    if (refused(plan)) return plan;
    const at = this.clock.now();
    const id = newId('ful');
    const fulfillment = { id, merchantOrderId, ...parcel, shippedAt: at, receivedAt: null, replacesRef: ref };
    await this.fulfillments.insert(tx, fulfillment, [{ fulfillmentId: id, orderLineId, quantity }]);
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

  private dispatch(
    merchantIds: readonly string[],
    merchantOrderId: string,
    handover: Handover,
    parcel: Pick<Fulfillment, 'carrier' | 'trackingNo'>,
  ): Promise<Dispatch> {
    return this.database.transaction(async (tx) => {
      const id = newId('ful');
      const at = this.clock.now();
      const shipped = await this.merchantOrders.markShipped(tx, merchantOrderId, {
        merchantIds,
        fulfillmentId: id,
        handover,
        at,
      });
      if (refused(shipped)) return shipped;

      const lines = await this.orders.linesOfMerchantOrder(shipped.id, tx);
      await this.fulfillments.insert(
        tx,
        { id, merchantOrderId: shipped.id, ...parcel, shippedAt: at, receivedAt: null, replacesRef: null },
        lines.map((line) => ({ fulfillmentId: id, orderLineId: line.id, quantity: line.quantity })),
      );
      // Last, because the shelf is what others wait for.
      const lineIds = lines.map((line) => line.id);
      await this.stock.shipOrderLines(tx, lineIds, at);
      return shipped.id;
    });
  }
}
