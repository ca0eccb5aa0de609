import { Injectable } from '@nestjs/common';
import { StockService } from '#libs/inventory';
import { Clock, NotFound } from '#libs/kernel';
import { CreditService } from '#libs/procurement';
import { CouponService } from '#libs/promotion';
import { Database, type Tx } from '#platform/database';
import { emit } from '#platform/outbox';
import { CertificateFreezeService } from './certificate-freeze.service.js';
import type { OrderId } from './order.entity.js';
import type { OrderNotCancellableError } from './order.errors.js';
import { orderCancelled, orderPaid } from './order.events.js';
import { type LockedOrder, OrderRepository } from './order.repository.js';
import { refuseCancel } from './order.rules.js';

export interface OrderPayment {
  readonly orderId: string;
  readonly paymentId: string;
  readonly paidAt: Date;
}

/** KEPT: it paid the order. LATE: the order was cancelled before. DUPLICATE: it had been paid before. */
export type PaymentDisposition = 'KEPT' | 'LATE' | 'DUPLICATE';

/** What happens to an order once it is placed. */
@Injectable()
export class OrderService {
  constructor(
    private readonly database: Database,
    private readonly orders: OrderRepository,
    private readonly stock: StockService,
    private readonly certificates: CertificateFreezeService,
    private readonly credit: CreditService,
    private readonly coupons: CouponService,
    private readonly clock: Clock,
  ) {}

  /** The buyer calls it off; money that has arrived goes back. Throws NotFound for orders of others. */
  cancel(buyerId: string, orderId: string): Promise<OrderId | OrderNotCancellableError> {
    return this.database.transaction(async (tx) => {
      const order = await this.orders.lockForBuyer(tx, orderId, buyerId);
      if (!order) throw new NotFound('Order', orderId);
      const parts = await this.orders.lockParts(tx, order.id);
      const refusal = refuseCancel(
        order.state,
        parts.map((part) => part.state),
      );
      if (refusal) return refusal;

      const at = this.clock.now();
      await this.orders.cancel(tx, [order.id], 'BUYER', at);
      const wasPaid = order.state !== 'PLACED';
      // What has been signed for is owed until the books have credited it.
      if (!wasPaid) {
        await this.credit.giveBack(tx, [order.id]);
        await this.coupons.giveBack(tx, [order.id]);
      }
      await emit(
        tx,
        orderCancelled({ orderId: order.id, buyerId: order.buyerId, reason: 'BUYER', wasPaid }, at),
      );
      await this.stock.releaseOrder(tx, order.id);
      return order.id;
    });
  }

  /** Cancels orders that nobody paid or signed in time and gives back their stock; returns how many. Call again while it returns `limit`. */
  expireDue(limit: number): Promise<number> {
    return this.database.transaction(async (tx) => {
      const at = this.clock.now();
      const overdue = await this.orders.lockOverdue(tx, at, limit);
      if (overdue.length === 0) return 0;
      const ids = overdue.map((order) => order.id);
      await this.orders.cancel(tx, ids, 'EXPIRED', at);
      const facts = overdue.map(({ id, buyerId }) =>
        orderCancelled({ orderId: id, buyerId, reason: 'EXPIRED', wasPaid: false }, at),
      );
      await emit(tx, ...facts);
      await this.credit.giveBack(tx, ids);
      await this.coupons.giveBack(tx, ids);
      await this.stock.releaseOrders(tx, ids);
      return overdue.length;
    });
  }

  /** Joins: to whom somebody's orders went is known no longer; everything else of them stays. */
  async forgetBuyer(tx: Tx, buyerId: string): Promise<void> {
    await this.orders.forgetRecipients(tx, buyerId);
  }

  /** The order as it stands, locked until the caller's transaction ends. Throws NotFound for orders of others. */
  async lockPayable(tx: Tx, buyerId: string, orderId: string): Promise<LockedOrder> {
    const order = await this.orders.lockForBuyer(tx, orderId, buyerId);
    if (!order) throw new NotFound('Order', orderId);
    return order;
  }

  /** Money has arrived. What it is worth depends on the order's state, under the order's lock. Throws NotFound. */
  async markPaid(tx: Tx, { orderId, paymentId, paidAt }: OrderPayment): Promise<PaymentDisposition> {
    const order = await this.orders.lock(tx, orderId);
    if (!order) throw new NotFound('Order', orderId);
    if (order.state === 'CANCELLED') return 'LATE';
    if (order.state === 'PAID' || order.state === 'SIGNED') return 'DUPLICATE';

    await this.orders.markPaid(tx, order.id, paidAt);
    await this.certificates.freeze(tx, order.id, paidAt);
    await emit(tx, orderPaid({ orderId: order.id, paymentId }, paidAt));
    return 'KEPT';
  }
}
