import { Injectable } from '@nestjs/common';
import { type PaymentHoldAsked, PaymentHoldService } from '#libs/payment';
import type { OutwardConsumer } from '#platform/outbox';

/** What the bank keeps ready is captured, or let go. */
@Injectable()
export class ActOnPaymentHoldAsked implements OutwardConsumer<PaymentHoldAsked> {
  readonly queue = 'outward';

  constructor(private readonly holds: PaymentHoldService) {}

  act({ payload }: PaymentHoldAsked): Promise<void> {
    return this.holds.act(payload.holdId);
  }
}
