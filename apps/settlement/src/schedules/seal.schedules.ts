import { Injectable } from '@nestjs/common';
import { Clock, MINUTE_MS } from '#libs/kernel';
import { ReconciliationService, findingsOfSeals } from '#libs/reconciliation';
import { CheckpointService, SealService, SealWatchService } from '#libs/seal';
import { Log } from '#platform/log';
import type { Schedule, Schedules } from './ticker.js';

const SEALS_MAX = 2_000;

@Injectable()
export class SealSchedules implements Schedules {
  readonly all: readonly Schedule[];

  constructor(
    seals: SealService,
    checkpoints: CheckpointService,
    private readonly watch: SealWatchService,
    private readonly reconciliation: ReconciliationService,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {
    this.all = [
      { name: 'seal', everyMs: 5_000, work: () => seals.sealDue(SEALS_MAX) },
      { name: 'sign-checkpoints', everyMs: MINUTE_MS, work: () => checkpoints.signDue() },
      { name: 'watch-seals', everyMs: MINUTE_MS, work: () => this.watchSeals() },
    ];
  }

  private async watchSeals(): Promise<number> {
    const found = await this.watch.watch();
    const [first] = found?.breaks ?? [];
    if (found && first)
      this.log.fault(new Error(`${first.kind} at ${first.seq}: ${first.subject}`), 'a seal is broken');
    if (found) await this.reconciliation.report('SEALS', findingsOfSeals(found, this.clock.now()));
    return found ? 1 : 0;
  }
}
