import { Injectable } from '@nestjs/common';
import { IntegrityCheckService } from '#libs/integrity';
import type { Schedule, Schedules } from './ticker.js';

/** Each is compared with what lies around it. */
const CHECKED_MAX = 500;

@Injectable()
export class IntegritySchedules implements Schedules {
  readonly all: readonly Schedule[];

  constructor(integrity: IntegrityCheckService) {
    this.all = [{ name: 'integrity', everyMs: 5_000, work: () => integrity.check(CHECKED_MAX) }];
  }
}
