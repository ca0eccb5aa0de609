import { Injectable } from '@nestjs/common';
import { Database } from '#platform/database';
import { LedgerDayBalanceRepository } from './ledger-day-balance.repository.js';
import { withMovements } from './ledger-day-balance.rules.js';

/** Keeps what every account held at the end of every day, so that no sum reads the whole history. */
@Injectable()
export class LedgerDayBalanceService {
  constructor(
    private readonly database: Database,
    private readonly days: LedgerDayBalanceRepository,
  ) {}

  /** Adds waiting journals, at most `limit`, in one transaction; returns how many. Any number may run: all but one find nothing to do. */
  addUp(limit: number): Promise<number> {
    return this.database.transaction(async (tx) => {
      if (!(await this.days.takeGate(tx))) return 0;
      const ids = await this.days.waiting(tx, limit);
      if (ids.length === 0) return 0;
      const movements = await this.days.movements(tx, ids);
      await this.days.save(tx, withMovements(await this.days.since(tx, movements), movements));
      await this.days.deleteWaiting(tx, ids);
      return ids.length;
    });
  }
}
