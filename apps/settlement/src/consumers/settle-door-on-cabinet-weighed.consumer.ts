import { Injectable } from '@nestjs/common';
import type { CabinetWeighed } from '#libs/counter';
import { DoorCourseService } from '#libs/vending';
import type { Tx } from '#platform/database';
import type { Consumer } from '#platform/outbox';

/** What is missing has been taken. */
@Injectable()
export class SettleDoorOnCabinetWeighed implements Consumer<CabinetWeighed> {
  readonly queue = 'money';

  constructor(private readonly course: DoorCourseService) {}

  apply(tx: Tx, { payload }: CabinetWeighed): Promise<void> {
    return this.course.weighed(tx, payload.cabinetId, payload.messageId);
  }
}
