import { Injectable } from '@nestjs/common';
import { Clock, present } from '#libs/kernel';
import { MerchantReader } from '#libs/merchant';
import { Database, type Tx } from '#platform/database';
import { emit } from '#platform/outbox';
import { orderBalanceDue, orderDepositPaid } from './order.events.js';
import { type LockedOrder, OrderRepository } from './order.repository.js';
import { PresaleOrderRepository } from './presale-order.repository.js';
import { nextReminderAt } from './presale-order.rules.js';

/** Between the deposit and the rest. */
@Injectable()
export class PresaleOrderService {
  constructor(
    private readonly database: Database,
    private readonly orders: OrderRepository,
    private readonly presales: PresaleOrderRepository,
    private readonly merchants: MerchantReader,
    private readonly clock: Clock,
  ) {}

  /** Joins, behind the order's lock: it waits for the rest until that is due. */
  async takeDeposit(
    tx: Tx,
    order: LockedOrder,
    { paymentId, paidAt }: { readonly paymentId: string; readonly paidAt: Date },
  ): Promise<void> {
    const balanceDueAt = present(order.balanceDueAt, 'until when the rest is paid');
    await this.orders.markDepositPaid(tx, order.id, paidAt, balanceDueAt);
    await this.presales.remindAt(tx, order.id, nextReminderAt(balanceDueAt, this.clock.now()));
    await emit(tx, orderDepositPaid({ orderId: order.id, paymentId, balanceDueAt }, paidAt));
  }

  /** Reminds buyers of what they have still to pay; returns how many orders it looked at. Call again while it returns `limit`. */
  remindDue(limit: number): Promise<number> {
    return this.database.transaction(async (tx) => {
      const now = this.clock.now();
      const due = await this.presales.lockToRemind(tx, now, limit);
      // Of a seller who may not sell nothing is paid: a buyer who was reminded of it would be refused. Once they may again, the next reminder goes out.
      const stopped = new Set(
        due.length > 0 ? (await this.merchants.stopped(tx)).map(({ id }) => String(id)) : [],
      );
      for (const { orderId, merchantId, state, depositPaidAt, balanceFen, balanceDueAt } of due) {
        const isOpen = state === 'PLACED' && depositPaidAt !== null && now < balanceDueAt;
        await this.presales.remindAt(tx, orderId, isOpen ? nextReminderAt(balanceDueAt, now) : null);
        if (isOpen && !stopped.has(merchantId))
          await emit(tx, orderBalanceDue({ orderId, balanceFen, balanceDueAt }, now));
      }
      return due.length;
    });
  }
}
