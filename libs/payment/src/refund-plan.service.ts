import { Injectable } from '@nestjs/common';
import { Clock, type Fen, fen, newId, present } from '#libs/kernel';
import { MerchantOrderReader, OrderReader } from '#libs/ordering';
import type { Tx } from '#platform/database';
import { emit } from '#platform/outbox';
import type { Payment } from './payment.entity.js';
import { PaymentRepository } from './payment.repository.js';
import type { Refund, RefundId } from './refund.entity.js';
import { refundRequested } from './refund.events.js';
import { RefundReader } from './refund.reader.js';
import { RefundRepository } from './refund.repository.js';
import {
  type RefundableLine,
  amountOf,
  cutOver,
  fundingsBack,
  remainingLines,
  unkeptLine,
} from './refund.rules.js';

/** What a refund is when it is decided; its amount is what its lines make. */
export interface RefundPlan
  extends
    Pick<Refund, 'reason' | 'kind'>,
    Partial<
      Pick<
        Refund,
        | 'channel'
        | 'borneBy'
        | 'state'
        | 'providerRef'
        | 'requestedBy'
        | 'note'
        | 'forRef'
        | 'idempotencyKey'
        | 'requestHash'
      >
    > {
  readonly lines: readonly RefundableLine[];
}

/** What is left to give back, and writing down what is given. Both need the payment's lock. */
@Injectable()
export class RefundPlanService {
  constructor(
    private readonly refunds: RefundRepository,
    private readonly reader: RefundReader,
    private readonly payments: PaymentRepository,
    private readonly orders: OrderReader,
    private readonly merchantOrders: MerchantOrderReader,
    private readonly clock: Clock,
  ) {}

  /** Of one payment: all that is left of the order, or its part of that where two have paid it. */
  async remainingOf(tx: Tx, payment: Payment): Promise<RefundableLine[]> {
    if (payment.disposition !== 'KEPT') {
      const refunded = await this.reader.refundedLines([payment.id], tx);
      return remainingLines([unkeptLine(payment.capturedFen ?? 0n)], refunded);
    }
    if (payment.stage === 'WHOLE') return this.remainingOfOrder(tx, [payment]);
    // Both, so that what is left of the order is looked at by one at a time; whoever has locked them the other way round begins again.
    const payments = await this.payments.lockKept(tx, payment.orderId);
    const cuts = cutOver(await this.remainingOfOrder(tx, payments), await this.leftOf(tx, payments));
    return cuts[payments.findIndex(({ id }) => id === payment.id)] ?? [];
  }

  /** Of the payments that pay an order. Exact behind their locks. */
  async remainingOfOrder(on: Pick<Tx, 'query'>, payments: readonly Payment[]): Promise<RefundableLine[]> {
    const { orderId } = present(payments[0], 'a payment that the order keeps');
    const refunded = await this.reader.refundedLines(
      payments.map(({ id }) => id),
      on,
    );
    const lines = await this.orders.linesOfOrder(orderId, on);
    const parts = await this.merchantOrders.ofOrders([orderId], on);
    const goods = lines.map(({ id, merchantOrderId, goodsFen, subsidyFen, quantity }) => ({
      orderLineId: id,
      merchantOrderId,
      goodsFen: fen(goodsFen) - fen(subsidyFen),
      freightFen: 0n,
      quantity,
      subsidyFen: fen(subsidyFen),
    }));
    const freight = parts.map(({ id, freightFen }) => ({
      orderLineId: '',
      merchantOrderId: id,
      goodsFen: 0n,
      freightFen: fen(freightFen),
      quantity: 0,
      subsidyFen: 0n,
    }));
    return remainingLines([...goods, ...freight], refunded);
  }

  /** What of a plan each payment gives, in their order. */
  async cutsOf(
    on: Pick<Tx, 'query'>,
    payments: readonly Payment[],
    lines: readonly RefundableLine[],
  ): Promise<RefundableLine[][]> {
    return payments.length === 1 ? [[...lines]] : cutOver(lines, await this.leftOf(on, payments));
  }

  /**
   * One refund per payment that gives something of it, the balance first; needs the locks of all. The first one answers for all of them: the key is
   * its, and what has asked for it follows it.
   */
  async insertOver(tx: Tx, payments: readonly Payment[], plan: RefundPlan): Promise<RefundId[]> {
    const ids: RefundId[] = [];
    for (const [index, lines] of (await this.cutsOf(tx, payments, plan.lines)).entries()) {
      const payment = present(payments[index], 'a payment for each cut');
      const key = ids.length === 0 ? {} : { idempotencyKey: null, requestHash: null };
      if (lines.length > 0) ids.push(await this.insert(tx, payment, { ...plan, ...key, lines }));
    }
    return ids;
  }

  private async leftOf(on: Pick<Tx, 'query'>, payments: readonly Payment[]): Promise<Fen[]> {
    const refunded = await this.reader.refundedFen(
      payments.map(({ id }) => id),
      on,
    );
    return payments.map(({ id, capturedFen }) => (capturedFen ?? 0n) - (refunded.get(id) ?? 0n));
  }

  /** The books are told of everything that they have to set aside; what the bank has taken they hear of as a dispute. */
  async insert(tx: Tx, payment: Payment, { lines, ...plan }: RefundPlan): Promise<RefundId> {
    const now = this.clock.now();
    const refund: Refund = {
      channel: 'PROVIDER',
      borneBy: 'SELLERS',
      state: 'REQUESTED',
      providerRef: null,
      requestedBy: null,
      note: '',
      forRef: null,
      idempotencyKey: null,
      requestHash: null,
      ...plan,
      // There is no other way back for what never came by a provider.
      ...(payment.method === 'ON_ACCOUNT' ? ({ channel: 'ON_ACCOUNT' } as const) : {}),
      ...(amountOf(lines) === 0n ? ({ channel: 'NONE' } as const) : {}),
      id: newId('rfd'),
      paymentId: payment.id,
      orderId: payment.orderId,
      amountFen: amountOf(lines),
      failureCode: null,
      createdAt: now,
      updatedAt: now,
      nextCheckAt: null,
      keyNo: 1,
      keyTriedAt: null,
    };
    await this.refunds.insert(
      tx,
      refund,
      lines.map(({ sold: _sold, compensatedQuantity, ...line }) => ({
        refundId: refund.id,
        compensatedQuantity: compensatedQuantity ?? 0,
        isForUnits: compensatedQuantity !== undefined,
        ...line,
      })),
    );
    await this.insertFundings(tx, refund, lines);
    if (refund.channel !== 'DISPUTE') await emit(tx, refundRequested(refund, now));
    return refund.id;
  }

  /** Whose the others' part is; exact behind the payment's lock. */
  private async insertFundings(
    tx: Tx,
    { id: refundId, orderId, paymentId }: Refund,
    lines: readonly RefundableLine[],
  ): Promise<void> {
    if (lines.every(({ subsidyFen }) => subsidyFen === 0n)) return;
    const paid = await this.orders.subsidiesOfOrder(orderId, tx);
    // What goes with one payment of an order has not gone with the other.
    const payments = await this.payments.lockKept(tx, orderId);
    const ids = payments.length > 1 ? payments.map(({ id }) => id) : [paymentId];
    const back = fundingsBack(lines, paid, await this.reader.returnedFundings(ids, tx));
    const rows = back.map(({ orderLineId, promotionId, couponId, funder, amountFen }) => ({
      refundId,
      orderLineId,
      promotionId,
      couponId,
      funder,
      amountFen,
    }));
    if (rows.length > 0) await tx.insert('refund_funding', rows);
  }
}
