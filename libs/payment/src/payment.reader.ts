import { Injectable } from '@nestjs/common';
import { In, LessThan, MoreThan } from 'typeorm';
import type { Fen, IdOf } from '#libs/kernel';
import type { PaymentStage } from '#libs/ordering';
import { Database, type Tx } from '#platform/database';
import { Payment, type PaymentId, type PaymentState, type RecordedMethod } from './payment.entity.js';
import type { PaymentAction } from './payment.gateway.js';

/** A payment as its buyer sees it. */
export interface PaymentView {
  readonly id: PaymentId;
  readonly orderId: IdOf<'ord'>;
  readonly method: RecordedMethod;
  /** What of the order it is for. */
  readonly stage: PaymentStage;
  readonly state: PaymentState;
  readonly amountFen: Fen;
  /** What the buyer has to do; nothing before the provider has answered and once it is over. */
  readonly action: PaymentAction | null;
  readonly createdAt: Date;
}

export function viewOf(payment: Payment): PaymentView {
  const { id, orderId, method, stage, state, amountFen, actionKind, actionUrl, createdAt } = payment;
  const action = actionKind !== null && actionUrl !== null ? { kind: actionKind, url: actionUrl } : null;
  return { id, orderId, method, stage, state, amountFen, action, createdAt };
}

@Injectable()
export class PaymentReader {
  constructor(private readonly database: Database) {}

  byId(id: PaymentId, on: Pick<Tx, 'manager'> = this.database): Promise<Payment | null> {
    return on.manager.findOneBy(Payment, { id });
  }

  /** The payments that pay the order, the latest first: none, one, or the balance and then the deposit. */
  keptOf(orderId: Payment['orderId']): Promise<Payment[]> {
    const where = { orderId, disposition: 'KEPT' as const };
    return this.database.manager.find(Payment, { where, order: { attempt: 'DESC' } });
  }

  /** The same, whole: for whoever compares them with what others say. */
  factsOfOrders(orderIds: readonly string[]): Promise<Payment[]> {
    const where = { orderId: In(orderIds as Payment['orderId'][]) };
    return this.database.manager.find(Payment, { where, order: { id: 'ASC' } });
  }

  /** In one of some states since before `before`, in the order of their ids. */
  inStates(
    states: readonly PaymentState[],
    { after, before, limit }: { readonly after: string; readonly before: Date; readonly limit: number },
  ): Promise<Payment[]> {
    return this.database.manager.find(Payment, {
      where: {
        state: In([...states]),
        id: MoreThan(after as PaymentId),
        createdAt: LessThan(before),
      },
      order: { id: 'ASC' },
      take: limit,
    });
  }

  /** Money that was not what the order asked for, in the order of payments. */
  mismatchedAfter(after: string, limit: number): Promise<Payment[]> {
    return this.database.manager.find(Payment, {
      where: { disposition: 'MISMATCHED', id: MoreThan(after as PaymentId) },
      order: { id: 'ASC' },
      take: limit,
    });
  }

  /** Every attempt of the given orders, the first one first; the caller has checked whose orders they are. */
  async ofOrders(orderIds: readonly string[]): Promise<PaymentView[]> {
    if (orderIds.length === 0) return [];
    const payments = await this.database.manager
      .createQueryBuilder(Payment, 'payment')
      .where('payment.orderId IN (:...orderIds)', { orderIds })
      // What stands in the place of a payment is no attempt to pay.
      .andWhere("payment.method NOT IN ('ON_ACCOUNT', 'NONE')")
      .orderBy('payment.attempt', 'ASC')
      .getMany();
    return payments.map(viewOf);
  }
}
