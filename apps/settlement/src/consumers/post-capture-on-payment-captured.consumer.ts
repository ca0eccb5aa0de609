import { Injectable } from '@nestjs/common';
import { LinkageReader } from '#libs/household';
import { fen } from '#libs/kernel';
import { MerchantOrderReader, OrderReader } from '#libs/ordering';
import type { PaymentCaptured } from '#libs/payment';
import { type Sale, SaleSplitService } from '#libs/settlement';
import type { Tx } from '#platform/database';
import type { Consumer } from '#platform/outbox';
import { saleFreightOf, saleLineOf } from './sale.rules.js';

/** Money that came in is booked, and split among those it is for if the order keeps it. */
@Injectable()
export class PostCaptureOnPaymentCaptured implements Consumer<PaymentCaptured> {
  readonly queue = 'money';

  constructor(
    private readonly sales: SaleSplitService,
    private readonly orders: OrderReader,
    private readonly merchantOrders: MerchantOrderReader,
    private readonly linkages: LinkageReader,
  ) {}

  async apply(tx: Tx, { id, payload }: PaymentCaptured): Promise<void> {
    const at = new Date(payload.capturedAt);
    const capture = { ...payload, amountFen: fen(payload.amountFen) };
    const sale = payload.disposition === 'KEPT' ? await this.saleOf(tx, payload.orderId, at) : null;
    await this.sales.capture(tx, capture, sale, { eventId: id, at });
  }

  private async saleOf(tx: Tx, orderId: string, at: Date): Promise<Sale> {
    const lines = await this.orders.linesOfOrder(orderId, tx);
    const merchantOrders = await this.merchantOrders.ofOrders([orderId], tx);
    const agreementIds = new Set(lines.flatMap(({ linkageAgreementId }) => linkageAgreementId ?? []));
    const households = await this.linkages.householdsOf([...agreementIds], at, tx);
    return {
      lines: lines.map((line) => saleLineOf(line, households.get(line.linkageAgreementId ?? '') ?? [])),
      freights: merchantOrders.map(saleFreightOf),
    };
  }
}
