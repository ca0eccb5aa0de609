import { Injectable } from '@nestjs/common';
import { Clock, NotFound } from '#libs/kernel';
import { Database, type Tx } from '#platform/database';
import { emit } from '#platform/outbox';
import type { MerchantOrderId, ReceivedBy } from './merchant-order.entity.js';
import { type LockedMerchantOrder, MerchantOrderRepository } from './merchant-order.repository.js';
import type { CalledOffBy } from './order-line-call-off.entity.js';
import {
  type CalledOffUnits,
  merchantOrderCompleted,
  merchantOrderPartlyReceived,
  merchantOrderPartlyShipped,
  merchantOrderReceived,
  merchantOrderRestCalledOff,
  merchantOrderShipped,
} from './order.events.js';

/** How the last of it left. */
export interface Shipment {
  readonly fulfillmentId: string;
  readonly at: Date;
  /** When the last parcel that is still on its way counts as received; null where none is. */
  readonly autoReceiptAt: Date | null;
}

/** How the last of it arrived. */
export interface Receipt {
  readonly at: Date;
  readonly by: ReceivedBy;
  /** The end of the last after-sale window: then the merchant is paid. */
  readonly releaseDueAt: Date;
}

/** The life of one merchant's part, from paid to completed. What is in which parcel, fulfillment knows; it asks for the lock first. */
@Injectable()
export class MerchantOrderService {
  constructor(
    private readonly database: Database,
    private readonly merchantOrders: MerchantOrderRepository,
    private readonly clock: Clock,
  ) {}

  /** Throws NotFound for the parts of other merchants. */
  async lockForMerchants(
    tx: Tx,
    merchantOrderId: string,
    merchantIds: readonly string[],
  ): Promise<LockedMerchantOrder> {
    const part = await this.merchantOrders.lock(tx, merchantOrderId);
    if (!part || !merchantIds.includes(part.merchantId)) throw new NotFound('MerchantOrder', merchantOrderId);
    return part;
  }

  /** In the order of their ids. Throws NotFound where one is of another merchant. */
  async lockAllForMerchant(
    tx: Tx,
    merchantOrderIds: readonly string[],
    merchantId: string,
  ): Promise<LockedMerchantOrder[]> {
    const parts = await this.merchantOrders.lockAll(tx, merchantOrderIds, merchantId);
    const missing = merchantOrderIds.find((id) => !parts.some((part) => part.id === id));
    if (missing !== undefined) throw new NotFound('MerchantOrder', missing);
    return parts;
  }

  /** Joins: the carrier under whose number they may leave now; null where they have none. */
  async noteWaybillCarrier(
    tx: Tx,
    merchantOrderIds: readonly string[],
    carrier: string | null,
  ): Promise<void> {
    if (merchantOrderIds.length > 0)
      await this.merchantOrders.noteWaybillCarrier(tx, merchantOrderIds, carrier);
  }

  /** Throws NotFound for the parts of other buyers. */
  async lockForBuyer(tx: Tx, merchantOrderId: string, buyerId: string): Promise<LockedMerchantOrder> {
    const part = await this.lockIfTheirs(tx, merchantOrderId, buyerId);
    if (!part) throw new NotFound('MerchantOrder', merchantOrderId);
    return part;
  }

  /** Null for the parts of other buyers: for whoever has been asked for something else and must not name it. */
  async lockIfTheirs(tx: Tx, merchantOrderId: string, buyerId: string): Promise<LockedMerchantOrder | null> {
    const part = await this.merchantOrders.lock(tx, merchantOrderId);
    return part && (await this.merchantOrders.buyerOf(tx, part.orderId)) === buyerId ? part : null;
  }

  /** Throws NotFound for what was not bought through that place: whoever runs it has nothing to do with it. */
  async lockAtPlace(tx: Tx, merchantOrderId: string, channelPointId: string): Promise<LockedMerchantOrder> {
    const part = await this.merchantOrders.lock(tx, merchantOrderId);
    if (part?.pickUpPointId !== channelPointId) throw new NotFound('MerchantOrder', merchantOrderId);
    return part;
  }

  /** When the parcel that is still on its way counts as received; null where nothing does by itself. The part is locked. */
  changeAutoReceipt(tx: Tx, part: LockedMerchantOrder, at: Date | null): Promise<void> {
    return this.merchantOrders.changeAutoReceipt(tx, part.id, at);
  }

  /** Whether its cell is being opened for whoever came, since when. The part is locked. */
  changeOpening(tx: Tx, part: LockedMerchantOrder, since: Date | null): Promise<void> {
    return this.merchantOrders.changeOpening(tx, part.id, since);
  }

  /** The parts of an order whose cells are being opened at this moment; until the transaction ends no other is. */
  async lockBeingOpened(tx: Tx, orderId: string): Promise<MerchantOrderId[]> {
    const parts = await this.merchantOrders.lockPickedUp(tx, orderId);
    return parts.filter(({ openingSince }) => openingSince !== null).map(({ id }) => id);
  }

  /** All parts of an order, in the order of their ids. */
  lockOfOrder(tx: Tx, orderId: string): Promise<LockedMerchantOrder[]> {
    return this.merchantOrders.lockOfOrder(tx, orderId);
  }

  /** The parts of an order that a cabinet hands out. */
  async lockVended(tx: Tx, orderId: string): Promise<LockedMerchantOrder[]> {
    return (await this.merchantOrders.lockOfOrder(tx, orderId)).filter(({ handover }) => handover === 'VEND');
  }

  /** The parts of an order that were taken out of an open cabinet. */
  async lockTaken(tx: Tx, orderId: string): Promise<LockedMerchantOrder[]> {
    return (await this.merchantOrders.lockOfOrder(tx, orderId)).filter(
      ({ handover }) => handover === 'TAKEN',
    );
  }

  /** TO_SHIP → CANCELLED: nothing of this part will leave, and another one stays. The part is locked. */
  async callOffWhole(
    tx: Tx,
    part: LockedMerchantOrder,
    lines: readonly CalledOffUnits[],
    at: Date,
    by: CalledOffBy = 'CABINET',
  ): Promise<void> {
    await this.merchantOrders.markCancelled(tx, part.id);
    await this.callOff(tx, part, lines, by, at, true);
  }

  /** Those of them of which something is on its way; those that somebody else is moving right now are left out. */
  lockOnTheirWay(tx: Tx, merchantOrderIds: readonly string[]): Promise<LockedMerchantOrder[]> {
    return this.merchantOrders.lockOnTheirWay(tx, merchantOrderIds);
  }

  /** TO_SHIP → PARTLY_SHIPPED, and the same again with every parcel but the last; some of `leftLineIds` has to leave yet. The part is locked and may be shipped. */
  async markPartlyShipped(
    tx: Tx,
    part: LockedMerchantOrder,
    { fulfillmentId, at }: Pick<Shipment, 'fulfillmentId' | 'at'>,
    leftLineIds: readonly string[],
  ): Promise<LockedMerchantOrder> {
    await this.merchantOrders.markPartlyShipped(tx, part.id, leftLineIds);
    await emit(tx, merchantOrderPartlyShipped(refOf(part), fulfillmentId, at));
    return { ...part, state: 'PARTLY_SHIPPED' };
  }

  /** TO_SHIP or PARTLY_SHIPPED → SHIPPED: nothing is left that has to leave. The part is locked. */
  async markShipped(
    tx: Tx,
    part: LockedMerchantOrder,
    { fulfillmentId, at, autoReceiptAt }: Shipment,
  ): Promise<LockedMerchantOrder> {
    await this.merchantOrders.markShipped(tx, part.id, at, autoReceiptAt);
    await emit(tx, merchantOrderShipped(refOf(part), fulfillmentId, at));
    return { ...part, state: 'SHIPPED' };
  }

  /** A parcel has arrived, and something else has not: nothing changes but what is known. */
  async notePartlyReceived(
    tx: Tx,
    part: LockedMerchantOrder,
    fulfillmentIds: readonly string[],
    by: ReceivedBy,
    at: Date,
  ): Promise<void> {
    await emit(tx, merchantOrderPartlyReceived(refOf(part), fulfillmentIds, by, at));
  }

  /** SHIPPED → RECEIVED: everything that left has arrived. The part is locked. */
  async markReceived(tx: Tx, part: LockedMerchantOrder, receipt: Receipt): Promise<void> {
    await this.merchantOrders.markReceived(tx, part.id, receipt);
    await emit(tx, merchantOrderReceived(refOf(part), receipt.by, receipt.at));
  }

  /** What has been called off of its lines before. The part is locked. */
  calledOffOf(tx: Tx, part: Pick<LockedMerchantOrder, 'id'>): Promise<CalledOffUnits[]> {
    return this.merchantOrders.calledOffOf(tx, part.id);
  }

  /** What has not left will not: its money goes back, which the fact asks for. The part is locked; where nothing is left, `markShipped` follows. */
  async callOff(
    tx: Tx,
    { id: merchantOrderId, orderId }: LockedMerchantOrder,
    lines: readonly CalledOffUnits[],
    by: CalledOffBy,
    at: Date,
    isWhole = false,
  ): Promise<void> {
    const before = await this.merchantOrders.calledOffOf(tx, merchantOrderId);
    await this.merchantOrders.insertCallOffs(
      tx,
      lines.map(({ orderLineId, quantity }) => ({
        orderLineId,
        number: before.filter((each) => each.orderLineId === orderLineId).length + 1,
        orderId,
        merchantOrderId,
        quantity,
        calledOffBy: by,
        calledOffAt: at,
      })),
    );
    await emit(
      tx,
      merchantOrderRestCalledOff({ merchantOrderId, orderId, lines, calledOffBy: by, isWhole }, at),
    );
  }

  /** RECEIVED → COMPLETED for parts whose after-sale window is over; returns how many. */
  completeDue(limit: number): Promise<number> {
    return this.database.transaction(async (tx) => {
      const at = this.clock.now();
      const due = await this.merchantOrders.lockReleasable(tx, at, limit);
      if (due.length === 0) return 0;
      const ids = due.map((part) => part.id);
      await this.merchantOrders.markCompleted(tx, ids, at);
      const facts = due.map((part) => merchantOrderCompleted(refOf(part), at));
      await emit(tx, ...facts);
      return due.length;
    });
  }
}

function refOf({ id, orderId }: LockedMerchantOrder) {
  return { merchantOrderId: id, orderId };
}
