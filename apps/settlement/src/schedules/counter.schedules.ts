import { Injectable } from '@nestjs/common';
import { CommandService, InboxService, SnapshotService } from '#libs/counter';
import { MINUTE_MS } from '#libs/kernel';
import { BATCH_MAX, type Schedule, type Schedules } from './ticker.js';

@Injectable()
export class CounterSchedules implements Schedules {
  readonly all: readonly Schedule[];

  constructor(commands: CommandService, snapshots: SnapshotService, inbox: InboxService) {
    this.all = [
      {
        name: 'ask-cabinets-for-what-is-missing',
        everyMs: MINUTE_MS / 4,
        work: () => commands.askForMissing(BATCH_MAX),
      },
      { name: 'end-cabinet-commands', everyMs: MINUTE_MS, work: () => commands.expire() },
      {
        name: 'compare-cabinet-snapshots',
        everyMs: MINUTE_MS,
        work: () => snapshots.compareWaiting(BATCH_MAX),
      },
      { name: 'replay-parked-messages', everyMs: 10 * MINUTE_MS, work: () => inbox.replayParked(BATCH_MAX) },
    ];
  }
}
