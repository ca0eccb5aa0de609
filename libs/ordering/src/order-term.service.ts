import { Injectable } from '@nestjs/common';
import { refused } from '#libs/kernel';
import { CreditExceededError, CreditService, type NoCreditTermError } from '#libs/procurement';
import type { Tx } from '#platform/database';
import type { Order, PaymentTerm } from './order.entity.js';
import { type OrderTerm, type OrderTotals, PREPAID, type Purchase } from './order.rules.js';

interface TermWish {
  readonly orderId: Order['id'];
  readonly paymentTerm: PaymentTerm;
  readonly purchase: Purchase;
  readonly totals: OrderTotals;
}

/** When an order has to be paid; on account only as far as the unit's credit reaches. */
@Injectable()
export class OrderTermService {
  constructor(private readonly credit: CreditService) {}

  async take(
    tx: Tx,
    { orderId, paymentTerm, purchase, totals }: TermWish,
  ): Promise<OrderTerm | NoCreditTermError | CreditExceededError> {
    if (paymentTerm === 'PREPAID') return PREPAID;
    const unitId = purchase.unitId as `pru_${string}`;
    const term = await this.credit.take(tx, { unitId, orderId, amountFen: totals.totalFen });
    if (!refused(term)) return { paymentTerm, daysToPay: term.daysToPay };
    // How much a unit may owe is none of its contractor's.
    const isTold = purchase.buyerKind !== 'CONTRACTOR' || !(term instanceof CreditExceededError);
    return isTold ? term : new CreditExceededError(null, null);
  }
}
