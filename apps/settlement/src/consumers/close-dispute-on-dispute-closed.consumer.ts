import { Injectable } from '@nestjs/common';
import { fen, present } from '#libs/kernel';
import { type DisputeClosed, PaymentReader, RefundReader } from '#libs/payment';
import { DisputeBookingService } from '#libs/settlement';
import type { Tx } from '#platform/database';
import type { Consumer } from '#platform/outbox';
import { refundPartOf } from './sale.rules.js';

/** The bank has decided: the money is back, or it is taken from whoever had a share of it. */
@Injectable()
export class CloseDisputeOnDisputeClosed implements Consumer<DisputeClosed> {
  readonly queue = 'money';

  constructor(
    private readonly disputes: DisputeBookingService,
    private readonly refunds: RefundReader,
    private readonly payments: PaymentReader,
  ) {}

  async apply(tx: Tx, { id, payload, occurredAt }: DisputeClosed): Promise<void> {
    const { disputeId, orderId, outcome } = payload;
    const cause = { eventId: id, at: occurredAt };
    const amountFen = fen(payload.amountFen);
    if (outcome === 'DROPPED') return this.disputes.drop(tx, payload, cause);
    if (outcome === 'WON') return this.disputes.win(tx, { disputeId, orderId, amountFen }, cause);
    const refundId = present(payload.refundId, 'the refund that a lost dispute is');
    const payment = present(await this.payments.byId(payload.paymentId, tx), `the payment of ${disputeId}`);
    const disposition = present(payment.disposition, `what became of ${payment.id}`);
    const fundings = await this.refunds.fundingsOf(refundId, tx);
    const parts = (await this.refunds.linesOf(refundId, tx)).map((line) => refundPartOf(line, fundings));
    const claim = { refundId, orderId, amountFen, disposition, borneBy: 'SELLERS', parts } as const;
    return this.disputes.lose(tx, disputeId, claim, cause);
  }
}
