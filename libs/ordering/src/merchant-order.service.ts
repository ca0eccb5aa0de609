import { Injectable } from '@nestjs/common';
import { Clock, NotFound } from '#libs/kernel';
import { Database, type Tx } from '#platform/database';
import { emit } from '#platform/outbox';
import { autoReceiptAt, releaseDueAt } from './after-sale.rules.js';
import type { Handover } from './merchant-order.entity.js';
import {
  HandoverMismatchError,
  MerchantOrderNotReceivableError,
  MerchantOrderNotShippableError,
} from './merchant-order.errors.js';
import { type LockedMerchantOrder, MerchantOrderRepository } from './merchant-order.repository.js';
import { merchantOrderCompleted, merchantOrderReceived, merchantOrderShipped } from './order.events.js';

export interface Shipment {
  /** The merchants on whose behalf the actor may ship. */
  readonly merchantIds: readonly string[];
  readonly fulfillmentId: string;
  /** What has been done, which has to be what was ordered. */
  readonly handover: Handover;
  readonly at: Date;
}

/** Whoever signs: the buyer, or nobody in time. */
export type Receiver = { readonly buyerId: string } | 'AUTO';

/** The life of one merchant's part, from paid to completed. */
@Injectable()
export class MerchantOrderService {
  constructor(
    private readonly database: Database,
    private readonly merchantOrders: MerchantOrderRepository,
    private readonly clock: Clock,
  ) {}

  /** TO_SHIP → SHIPPED, by a carrier or waiting at its place. Throws NotFound for the parts of other merchants. */
  async markShipped(
    tx: Tx,
    merchantOrderId: string,
    { merchantIds, fulfillmentId, handover, at }: Shipment,
  ): Promise<LockedMerchantOrder | MerchantOrderNotShippableError | HandoverMismatchError> {
    const part = await this.merchantOrders.lock(tx, merchantOrderId);
    if (!part || !merchantIds.includes(part.merchantId)) throw new NotFound('MerchantOrder', merchantOrderId);
    if (part.handover !== handover) return new HandoverMismatchError(part.handover);
    if (part.state !== 'TO_SHIP') return new MerchantOrderNotShippableError(part.state);

    await this.merchantOrders.markShipped(tx, part.id, at, autoReceiptAt(at, handover));
    await emit(
      tx,
      merchantOrderShipped({ merchantOrderId: part.id, orderId: part.orderId }, fulfillmentId, at),
    );
    return { ...part, state: 'SHIPPED' };
  }

  /** SHIPPED → RECEIVED; the after-sale window begins. Throws NotFound for the parts of other buyers. */
  async markReceived(
    tx: Tx,
    merchantOrderId: string,
    receiver: Receiver,
    at: Date,
  ): Promise<LockedMerchantOrder | MerchantOrderNotReceivableError> {
    const part = await this.merchantOrders.lock(tx, merchantOrderId);
    const isTheirs =
      receiver === 'AUTO' ||
      (part && (await this.merchantOrders.buyerOf(tx, part.orderId)) === receiver.buyerId);
    if (!part || !isTheirs) throw new NotFound('MerchantOrder', merchantOrderId);
    if (part.state !== 'SHIPPED') return new MerchantOrderNotReceivableError(part.state);

    const hasPerishables = await this.merchantOrders.hasPerishables(tx, part.id);
    const by = receiver === 'AUTO' ? 'AUTO' : 'BUYER';
    await this.merchantOrders.markReceived(tx, part.id, {
      at,
      by,
      releaseDueAt: releaseDueAt(at, hasPerishables),
    });
    await emit(tx, merchantOrderReceived({ merchantOrderId: part.id, orderId: part.orderId }, by, at));
    return { ...part, state: 'RECEIVED' };
  }

  /** Shipped parts that nobody signed for in time, locked for whoever now does. */
  async lockDueForReceipt(tx: Tx, limit: number): Promise<string[]> {
    const due = await this.merchantOrders.lockOverdueReceipts(tx, this.clock.now(), limit);
    return due.map((part) => part.id);
  }

  /** RECEIVED → COMPLETED for parts whose after-sale window is over; returns how many. */
  completeDue(limit: number): Promise<number> {
    return this.database.transaction(async (tx) => {
      const at = this.clock.now();
      const due = await this.merchantOrders.lockReleasable(tx, at, limit);
      if (due.length === 0) return 0;
      const ids = due.map((part) => part.id);
      await this.merchantOrders.markCompleted(tx, ids, at);
      const facts = due.map((part) =>
        merchantOrderCompleted({ merchantOrderId: part.id, orderId: part.orderId }, at),
      );
      await emit(tx, ...facts);
      return due.length;
    });
  }
}
