import { Injectable } from '@nestjs/common';
import { StockService } from '#libs/inventory';
import { Clock, NotFound, assert, refused } from '#libs/kernel';
import { CreditService } from '#libs/procurement';
import { CouponService } from '#libs/promotion';
import { Database, type Tx } from '#platform/database';
import { emit } from '#platform/outbox';
import { CertificateFreezeService } from './certificate-freeze.service.js';
import type { OrderId } from './order.entity.js';
import type { OrderNotCancellableError } from './order.errors.js';
import { orderCancelled, orderPaid } from './order.events.js';
import { type LockedOrder, OrderRepository, type OwnOrder } from './order.repository.js';
import { expiredFor, refuseCancel } from './order.rules.js';
import { PresaleOrderService } from './presale-order.service.js';

/** What of an order a payment is for. */
export type PaymentStage = 'WHOLE' | 'DEPOSIT' | 'BALANCE';

export interface OrderPayment {
  readonly orderId: string;
  readonly paymentId: string;
  /** WHOLE unless said. */
  readonly stage?: PaymentStage;
  /** Of a BALANCE: whether nothing of the deposit has gone back. */
  readonly isDepositWhole?: boolean;
  readonly paidAt: Date;
}

/** KEPT: it paid the order, or the rest of it. DEPOSIT: it is held until the rest comes. LATE: the order was cancelled before. DUPLICATE: it had been paid before.
 * MISMATCHED: it is the rest of what is no longer there. */
export type PaymentDisposition = 'KEPT' | 'DEPOSIT' | 'LATE' | 'DUPLICATE' | 'MISMATCHED';

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
    private readonly presales: PresaleOrderService,
    private readonly clock: Clock,
  ) {}

  /** The buyer calls it off; money that has arrived goes back. Throws NotFound for orders of others. */
  cancel(buyerId: string, orderId: string): Promise<OrderId | OrderNotCancellableError> {
    return this.database.transaction(async (tx) =>
      this.callOff(tx, await this.lockPayable(tx, buyerId, orderId), 'BUYER'),
    );
  }

  /** Joins: the same of an order that the caller has locked. */
  async callOff(
    tx: Tx,
    order: LockedOrder,
    reason: 'BUYER' | 'DELAYED' | 'HARVEST_FAILED' | 'UNDELIVERED' | 'WAIVED',
  ): Promise<OrderId | OrderNotCancellableError> {
    const parts = await this.orders.lockParts(tx, order.id);
    const refusal = refuseCancel(
      order.state,
      parts.map((part) => part.state),
      {
        isComingOut: reason === 'BUYER' && parts.some(({ handover }) => handover === 'VEND'),
        isTaken: reason === 'BUYER' && parts.some(({ handover }) => handover === 'TAKEN'),
      },
    );
    if (refusal) return refusal;

    const at = this.clock.now();
    await this.orders.cancel(tx, [order.id], reason, at);
    // A deposit alone has not paid it: it goes back by itself, and nobody's share was made of it.
    const wasPaid = order.state !== 'PLACED';
    // What has been signed for is owed until the books have credited it.
    if (!wasPaid) {
      await this.credit.giveBack(tx, [order.id]);
      await this.coupons.giveBack(tx, [order.id]);
    }
    await emit(tx, orderCancelled({ orderId: order.id, buyerId: order.buyerId, reason, wasPaid }, at));
    await this.stock.releaseOrder(tx, order.id);
    return order.id;
  }

  /** Cancels orders that nobody paid (or paid the rest of) or signed in time and gives back their stock; returns how many. Call again while it returns `limit`. */
  expireDue(limit: number): Promise<number> {
    return this.database.transaction(async (tx) => {
      const at = this.clock.now();
      const overdue = await this.orders.lockOverdue(tx, at, limit);
      if (overdue.length === 0) return 0;
      const ids = overdue.map((order) => order.id);
      for (const reason of ['EXPIRED', 'BALANCE_UNPAID'] as const) {
        const gone = overdue.filter((order) => expiredFor(order) === reason);
        if (gone.length === 0) continue;
        await this.orders.cancel(
          tx,
          gone.map(({ id }) => id),
          reason,
          at,
        );
        const facts = gone.map(({ id, buyerId }) =>
          orderCancelled({ orderId: id, buyerId, reason, wasPaid: false }, at),
        );
        await emit(tx, ...facts);
      }
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
    const [order] = await this.lockAllPayable(tx, [{ orderId, buyerId }]);
    if (!order) throw new NotFound('Order', orderId);
    return order;
  }

  /** The same of several; null for those of others. */
  async lockAllPayable(tx: Tx, orders: readonly OwnOrder[]): Promise<(LockedOrder | null)[]> {
    const locked = new Map<string, LockedOrder>(
      (await this.orders.lockForBuyers(tx, orders)).map((order) => [order.id, order]),
    );
    return orders.map(({ orderId }) => locked.get(orderId) ?? null);
  }

  /** Joins: the cabinet has handed out nothing of it, so all of it goes back. Whoever calls holds the lock of the vend. */
  async callOffUndelivered(tx: Tx, orderId: string): Promise<void> {
    const order = await this.orders.lock(tx, orderId);
    if (!order) throw new NotFound('Order', orderId);
    const gone = await this.callOff(tx, order, 'UNDELIVERED');
    assert(!refused(gone), `${orderId} is paid, and nothing of it has left`);
  }

  /** Joins: before what is left of it is called off part by part. */
  async lockForUnits(tx: Tx, orderId: string): Promise<void> {
    if (!(await this.orders.lock(tx, orderId))) throw new NotFound('Order', orderId);
  }

  /** Money has arrived. What it is worth depends on the order's state, under the order's lock. Throws NotFound. */
  async markPaid(
    tx: Tx,
    { orderId, paymentId, stage = 'WHOLE', isDepositWhole = true, paidAt }: OrderPayment,
  ): Promise<PaymentDisposition> {
    const order = await this.orders.lock(tx, orderId);
    if (!order) throw new NotFound('Order', orderId);
    if (order.state === 'CANCELLED') return 'LATE';
    if (order.state === 'PAID' || order.state === 'SIGNED') return 'DUPLICATE';

    if (stage === 'DEPOSIT') {
      if (order.depositPaidAt !== null) return 'DUPLICATE';
      await this.presales.takeDeposit(tx, order, { paymentId, paidAt });
      return 'DEPOSIT';
    }
    if (!isDepositWhole) return 'MISMATCHED';
    await this.orders.markPaid(tx, order.id, paidAt);
    await this.certificates.freeze(tx, order.id, paidAt);
    await emit(tx, orderPaid({ orderId: order.id, paymentId }, paidAt));
    return 'KEPT';
  }
}
