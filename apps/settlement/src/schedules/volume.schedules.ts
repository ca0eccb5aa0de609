import { Injectable } from '@nestjs/common';
import { MINUTE_MS } from '#libs/kernel';
import {
  LiveVolumeService,
  MonthCloseService,
  MonthFreezeService,
  VolumeCheckService,
  VolumeRollupService,
} from '#libs/volume';
import type { Schedule, Schedules } from './ticker.js';

const FACTS_MAX = 1_000;
const CHECKED_DAYS_MAX = 10;

@Injectable()
export class VolumeSchedules implements Schedules {
  readonly all: readonly Schedule[];

  constructor(
    volume: VolumeRollupService,
    liveVolume: LiveVolumeService,
    closes: MonthCloseService,
    freezes: MonthFreezeService,
    checks: VolumeCheckService,
  ) {
    this.all = [
      {
        name: 'roll-up',
        everyMs: 200,
        work: () => volume.rollUp(FACTS_MAX, (ids) => liveVolume.note(ids)),
      },
      // Screens move four times a second and no more, however much is sold.
      { name: 'announce-volume', everyMs: 250, work: () => liveVolume.announce() },
      { name: 'keep-months', everyMs: MINUTE_MS, work: () => closes.keepBook() },
      { name: 'freeze-months', everyMs: 5_000, work: () => freezes.advance() },
      // Once a business day, a few days of history at a time.
      { name: 'check-rollups', everyMs: MINUTE_MS, work: () => checks.checkDue(CHECKED_DAYS_MAX) },
    ];
  }
}
