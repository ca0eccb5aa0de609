import { Injectable } from '@nestjs/common';
import { RefundService } from '#libs/payment';
import type { RefundReserved } from '#libs/settlement';
import type { OutwardConsumer } from '#platform/outbox';

/** Only what the books have set aside is sent. */
@Injectable()
export class SendRefundOnRefundReserved implements OutwardConsumer<RefundReserved> {
  readonly queue = 'outward';

  constructor(private readonly refunds: RefundService) {}

  act({ payload }: RefundReserved): Promise<void> {
    return this.refunds.send(payload.refundId);
  }
}
