import { Injectable } from '@nestjs/common';
import { fen, present } from '#libs/kernel';
import { PaymentReader, type RefundRequested, RefundReader } from '#libs/payment';
import { RefundReversalService } from '#libs/settlement';
import type { Tx } from '#platform/database';
import type { Consumer } from '#platform/outbox';
import { refundPartOf } from './sale.rules.js';

/** Sets the money aside before anybody asks the provider to send it. */
@Injectable()
export class ReserveRefundOnRefundRequested implements Consumer<RefundRequested> {
  readonly queue = 'money';

  constructor(
    private readonly reversals: RefundReversalService,
    private readonly refunds: RefundReader,
    private readonly payments: PaymentReader,
  ) {}

  async apply(tx: Tx, { id, payload, occurredAt }: RefundRequested): Promise<void> {
    const { refundId, orderId, borneBy } = payload;
    const payment = present(await this.payments.byId(payload.paymentId, tx), `the payment of ${refundId}`);
    const disposition = present(payment.disposition, `what became of ${payment.id}`);
    const fundings = await this.refunds.fundingsOf(refundId, tx);
    const parts = (await this.refunds.linesOf(refundId, tx)).map((line) => refundPartOf(line, fundings));
    const claim = { refundId, orderId, amountFen: fen(payload.amountFen), disposition, borneBy, parts };
    const refusal = await this.reversals.reserve(tx, claim, { eventId: id, at: occurredAt });
    if (refusal) throw new Error(`${refundId} was refused: ${refusal.message.en}`);
  }
}
