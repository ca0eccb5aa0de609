import { Injectable } from '@nestjs/common';
import { fen } from '#libs/kernel';
import type { PaymentCaptured } from '#libs/payment';
import { SaleSplitService } from '#libs/settlement';
import type { Tx } from '#platform/database';
import type { Consumer } from '#platform/outbox';
import { SaleReader } from './sale.reader.js';

/** Money that came in is booked, and split among those it is for if the order keeps it. */
@Injectable()
export class PostCaptureOnPaymentCaptured implements Consumer<PaymentCaptured> {
  readonly queue = 'money';

  constructor(
    private readonly splits: SaleSplitService,
    private readonly sales: SaleReader,
  ) {}

  async apply(tx: Tx, { id, payload }: PaymentCaptured): Promise<void> {
    const at = new Date(payload.capturedAt);
    const { depositFen = '0' } = payload;
    const capture = { ...payload, amountFen: fen(payload.amountFen), depositFen: fen(depositFen) };
    const sale = payload.disposition === 'KEPT' ? await this.sales.ofOrder(tx, payload.orderId, at) : null;
    await this.splits.capture(tx, capture, sale, { eventId: id, at });
  }
}
