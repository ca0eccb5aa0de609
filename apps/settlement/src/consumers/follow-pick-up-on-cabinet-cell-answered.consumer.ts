import { Injectable } from '@nestjs/common';
import type { CabinetCellAnswered } from '#libs/counter';
import { PickUpCourseService } from '#libs/vending';
import type { Tx } from '#platform/database';
import type { Consumer } from '#platform/outbox';

/** The cell is open, or will not open. */
@Injectable()
export class FollowPickUpOnCabinetCellAnswered implements Consumer<CabinetCellAnswered> {
  readonly queue = 'money';

  constructor(private readonly course: PickUpCourseService) {}

  apply(tx: Tx, { payload }: CabinetCellAnswered): Promise<void> {
    return this.course.answered(tx, payload);
  }
}
