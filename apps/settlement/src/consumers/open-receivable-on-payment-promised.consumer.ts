import { Injectable } from '@nestjs/common';
import { fen, present } from '#libs/kernel';
import { OrderReader } from '#libs/ordering';
import type { PaymentPromised } from '#libs/payment';
import { PurchaserReader } from '#libs/procurement';
import { ReceivableService } from '#libs/receivable';
import type { Tx } from '#platform/database';
import type { Consumer } from '#platform/outbox';
import { SaleReader } from './sale.reader.js';

/** The unit owes it from now on, and who has which share of it is fixed. */
@Injectable()
export class OpenReceivableOnPaymentPromised implements Consumer<PaymentPromised> {
  readonly queue = 'money';

  constructor(
    private readonly receivables: ReceivableService,
    private readonly orders: OrderReader,
    private readonly purchasers: PurchaserReader,
    private readonly sales: SaleReader,
  ) {}

  async apply(tx: Tx, { id, payload }: PaymentPromised): Promise<void> {
    const { orderId, paymentId, amountFen } = payload;
    const at = new Date(payload.promisedAt);
    const order = present(await this.orders.byId(orderId, tx), orderId);
    const unitId = order.unitId as `pru_${string}`;
    const divisionCode = present(await this.purchasers.divisionOf(unitId, tx), `the division of ${unitId}`);
    const signed = {
      orderId,
      paymentId,
      unitId,
      divisionCode,
      buyerId: order.buyerId,
      amountFen: fen(amountFen),
      daysToPay: present(order.daysToPay, `the days to pay ${orderId}`),
    };
    await this.receivables.open(tx, signed, await this.sales.ofOrder(tx, orderId, at), { eventId: id, at });
  }
}
