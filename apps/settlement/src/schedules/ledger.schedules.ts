import { Injectable } from '@nestjs/common';
import { LedgerDayBalanceService, LedgerPendingService } from '#libs/ledger';
import { BATCH_MAX, type Schedule, type Schedules } from './ticker.js';

const JOURNALS_MAX = 1_000;

@Injectable()
export class LedgerSchedules implements Schedules {
  readonly all: readonly Schedule[];

  constructor(dayBalances: LedgerDayBalanceService, pendings: LedgerPendingService) {
    this.all = [
      { name: 'add-up-days', everyMs: 1_000, work: () => dayBalances.addUp(JOURNALS_MAX) },
      { name: 'expire-pendings', everyMs: 5_000, work: () => pendings.expireDue(BATCH_MAX) },
    ];
  }
}
