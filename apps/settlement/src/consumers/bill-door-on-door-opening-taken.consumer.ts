import { Injectable } from '@nestjs/common';
import { DoorBillService, type DoorOpeningTaken } from '#libs/vending';
import type { OutwardConsumer } from '#platform/outbox';

/** What was taken is ordered, by the road of every order: in transactions of its own. */
@Injectable()
export class BillDoorOnDoorOpeningTaken implements OutwardConsumer<DoorOpeningTaken> {
  readonly queue = 'outward';

  constructor(private readonly bills: DoorBillService) {}

  act({ payload }: DoorOpeningTaken): Promise<void> {
    return this.bills.bill(payload.openingId);
  }
}
