import { Injectable } from '@nestjs/common';
import {
  AlarmService,
  CommandService,
  InboxService,
  PaperService,
  RolloutWatchService,
  SnapshotService,
  TelemetryService,
  WireService,
} from '#libs/counter';
import { HOUR_MS, MINUTE_MS } from '#libs/kernel';
import { BATCH_MAX, type Schedule, type Schedules } from './ticker.js';

const SOON_MS = 1_000;
/** Hours that are summed in one transaction: what a cabinet says of one of them waits so long. */
const SUMMED_MAX = 20;

@Injectable()
export class CounterSchedules implements Schedules {
  readonly all: readonly Schedule[];

  constructor(
    commands: CommandService,
    snapshots: SnapshotService,
    inbox: InboxService,
    alarms: AlarmService,
    telemetry: TelemetryService,
    wires: WireService,
    papers: PaperService,
    rollouts: RolloutWatchService,
  ) {
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
      // Somebody is to know within seconds: an idle round is one indexed read of no rows; so below.
      { name: 'raise-lasting-alarms', everyMs: SOON_MS, work: () => alarms.raiseLasting(BATCH_MAX) },
      { name: 'raise-alarms-of-unheard', everyMs: SOON_MS, work: () => alarms.raiseUnheard(BATCH_MAX) },
      { name: 'resolve-calm-alarms', everyMs: SOON_MS, work: () => alarms.resolveCalm(BATCH_MAX) },
      { name: 'escalate-alarms', everyMs: MINUTE_MS / 4, work: () => alarms.escalate(BATCH_MAX) },
      {
        name: 'follow-expired-slots',
        everyMs: MINUTE_MS / 4,
        work: () => alarms.followExpired(BATCH_MAX),
      },
      { name: 'sum-telemetry', everyMs: MINUTE_MS / 4, work: () => telemetry.sumDue(SUMMED_MAX) },
      { name: 'forget-readings', everyMs: HOUR_MS, work: () => telemetry.forgetOld() },
      { name: 'follow-papers', everyMs: HOUR_MS, work: () => papers.follow(BATCH_MAX) },
      { name: 'follow-cabinet-rollouts', everyMs: MINUTE_MS / 4, work: () => rollouts.follow(BATCH_MAX) },
      { name: 'watch-the-wire', everyMs: MINUTE_MS, work: () => wires.watch() },
      { name: 'replay-parked-messages', everyMs: 10 * MINUTE_MS, work: () => inbox.replayParked(BATCH_MAX) },
    ];
  }
}
