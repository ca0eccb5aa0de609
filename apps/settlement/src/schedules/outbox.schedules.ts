import { Injectable } from '@nestjs/common';
import { Config } from '#platform/config';
import { Relay } from '#platform/outbox';
import type { Schedule, Schedules } from './ticker.js';

@Injectable()
export class OutboxSchedules implements Schedules {
  readonly all: readonly Schedule[];

  constructor({ sweepAfterMs }: Config, relay: Relay) {
    this.all = [
      // Short enough that nobody notices; an idle round is one indexed read of no rows.
      { name: 'relay', everyMs: 50, work: () => relay.publish() },
      { name: 'sweep', everyMs: sweepAfterMs / 2, work: () => relay.sweep(sweepAfterMs) },
    ];
  }
}
