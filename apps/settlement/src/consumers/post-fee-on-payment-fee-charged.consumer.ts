import { Injectable } from '@nestjs/common';
import { fen } from '#libs/kernel';
import type { PaymentFeeCharged } from '#libs/payment';
import { SaleSplitService } from '#libs/settlement';
import type { Tx } from '#platform/database';
import type { Consumer } from '#platform/outbox';

/** What the provider kept for itself is an expense of the platform. */
@Injectable()
export class PostFeeOnPaymentFeeCharged implements Consumer<PaymentFeeCharged> {
  readonly queue = 'money';

  constructor(private readonly sales: SaleSplitService) {}

  apply(tx: Tx, { id, payload, occurredAt }: PaymentFeeCharged): Promise<void> {
    const fee = { ...payload, feeFen: fen(payload.feeFen) };
    return this.sales.chargeFee(tx, fee, { eventId: id, at: occurredAt });
  }
}
