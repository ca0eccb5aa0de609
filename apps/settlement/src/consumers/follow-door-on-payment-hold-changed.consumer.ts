import { Injectable } from '@nestjs/common';
import type { PaymentHoldChanged } from '#libs/payment';
import { DoorCourseService } from '#libs/vending';
import type { Tx } from '#platform/database';
import type { Consumer } from '#platform/outbox';

/** Whoever's money is kept ready may open; whose is not any more does not, or owes. */
@Injectable()
export class FollowDoorOnPaymentHoldChanged implements Consumer<PaymentHoldChanged> {
  readonly queue = 'money';

  constructor(private readonly course: DoorCourseService) {}

  apply(tx: Tx, { payload }: PaymentHoldChanged): Promise<void> {
    return this.course.followHold(tx, payload.holdId);
  }
}
