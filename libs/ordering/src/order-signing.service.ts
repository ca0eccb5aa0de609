import { Injectable } from '@nestjs/common';
import { AuditService, type UserId } from '#libs/identity';
import { StockService } from '#libs/inventory';
import { Clock, NotFound } from '#libs/kernel';
import { CreditService, ProcurementUnitReader } from '#libs/procurement';
import { Database, type Tx } from '#platform/database';
import { emit } from '#platform/outbox';
import { CertificateFreezeService } from './certificate-freeze.service.js';
import type { OrderId } from './order.entity.js';
import type { OrderNotSignableError, SelfSigningError, SellerSuspendedError } from './order.errors.js';
import { orderCancelled, orderSigned } from './order.events.js';
import { OrderSellerReader } from './order-seller.reader.js';
import { OrderReader } from './order.reader.js';
import { type LockedOrder, OrderRepository } from './order.repository.js';
import { refuseSigning } from './order.rules.js';

type Signing = OrderId | SelfSigningError | OrderNotSignableError;
export type OrderSigning = Signing | SellerSuspendedError;

/** Orders on account wait for an approver of their unit, who is not who placed them. Throws NotFound for the orders of other units. */
@Injectable()
export class OrderSigningService {
  constructor(
    private readonly database: Database,
    private readonly reader: OrderReader,
    private readonly units: ProcurementUnitReader,
    private readonly orders: OrderRepository,
    private readonly certificates: CertificateFreezeService,
    private readonly sellers: OrderSellerReader,
    private readonly credit: CreditService,
    private readonly stock: StockService,
    private readonly audit: AuditService,
    private readonly clock: Clock,
  ) {}

  /** It is owed from now on, and shipped before it is paid. Signed again by the same person it stays as it is. */
  async sign(userId: UserId, orderId: string): Promise<OrderSigning> {
    await this.assertApprover(userId, orderId);
    return this.database.transaction(async (tx) => {
      const order = await this.locked(tx, orderId);
      if (order.state === 'SIGNED' && order.signedBy === userId) return order.id;
      const at = this.clock.now();
      const refusal = refuseSigning(order, userId, at);
      if (refusal) return refusal;
      const suspended = (await this.sellers.refusalsOf(tx, [order.id])).get(order.id);
      if (suspended) return suspended;
      await this.orders.markSigned(tx, order.id, userId, at);
      await this.certificates.freeze(tx, order.id, at);
      await emit(tx, orderSigned(order, at));
      const detail = { unitId: order.unitId, totalFen: String(order.totalFen) };
      await this.audit.record(tx, { actorId: userId, act: 'order.signed', subject: order.id, detail });
      return order.id;
    });
  }

  /** It is not bought; stock and credit are free again. */
  async decline(userId: UserId, orderId: string): Promise<Signing> {
    await this.assertApprover(userId, orderId);
    return this.database.transaction(async (tx) => {
      const order = await this.locked(tx, orderId);
      const at = this.clock.now();
      const refusal = refuseSigning(order, userId, at);
      if (refusal) return refusal;
      const { id, buyerId } = order;
      await this.orders.cancel(tx, [id], 'DECLINED', at);
      await emit(tx, orderCancelled({ orderId: id, buyerId, reason: 'DECLINED', wasPaid: false }, at));
      await this.audit.record(tx, {
        actorId: userId,
        act: 'order.declined',
        subject: id,
        detail: { unitId: order.unitId },
      });
      await this.credit.giveBack(tx, [id]);
      await this.stock.releaseOrder(tx, id);
      return id;
    });
  }

  /** What an order is bought for never changes, so this may be asked before the order is locked. */
  private async assertApprover(userId: string, orderId: string): Promise<void> {
    const order = await this.reader.byId(orderId);
    const isTheirs =
      order?.paymentTerm === 'ON_ACCOUNT' && (await this.units.isMember(order.unitId, userId, 'APPROVER'));
    if (!isTheirs) throw new NotFound('Order', orderId);
  }

  private async locked(tx: Tx, orderId: string): Promise<LockedOrder> {
    const order = await this.orders.lock(tx, orderId);
    if (!order) throw new NotFound('Order', orderId);
    return order;
  }
}
