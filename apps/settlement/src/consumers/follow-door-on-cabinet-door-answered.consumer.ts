import { Injectable } from '@nestjs/common';
import type { CabinetDoorAnswered } from '#libs/counter';
import { DoorCourseService } from '#libs/vending';
import type { Tx } from '#platform/database';
import type { Consumer } from '#platform/outbox';

/** The door is open, or will not open. */
@Injectable()
export class FollowDoorOnCabinetDoorAnswered implements Consumer<CabinetDoorAnswered> {
  readonly queue = 'money';

  constructor(private readonly course: DoorCourseService) {}

  apply(tx: Tx, { payload }: CabinetDoorAnswered): Promise<void> {
    return this.course.answered(tx, payload);
  }
}
