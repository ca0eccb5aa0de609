import { Injectable } from '@nestjs/common';
import { Clock, fen, newId } from '#libs/kernel';
import { MerchantOrderReader, OrderReader } from '#libs/ordering';
import type { Tx } from '#platform/database';
import { emit } from '#platform/outbox';
import type { Payment } from './payment.entity.js';
import type { Refund, RefundId } from './refund.entity.js';
import { refundRequested } from './refund.events.js';
import { RefundReader } from './refund.reader.js';
import { RefundRepository } from './refund.repository.js';
import { type RefundableLine, amountOf, fundingsBack, remainingLines, unkeptLine } from './refund.rules.js';

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
    private readonly orders: OrderReader,
    private readonly merchantOrders: MerchantOrderReader,
    private readonly clock: Clock,
  ) {}

  async remainingOf(on: Pick<Tx, 'query'>, payment: Payment): Promise<RefundableLine[]> {
    const refunded = await this.reader.refundedLines(payment.id, on);
    if (payment.disposition !== 'KEPT')
      return remainingLines([unkeptLine(payment.capturedFen ?? 0n)], refunded);
    const lines = await this.orders.linesOfOrder(payment.orderId, on);
    const parts = await this.merchantOrders.ofOrders([payment.orderId], on);
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
      lines.map((line) => ({ refundId: refund.id, ...line })),
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
    const back = fundingsBack(lines, paid, await this.reader.returnedFundings(paymentId, tx));
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
