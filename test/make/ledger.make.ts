import type { Clock } from '#libs/kernel';
import { LedgerService } from '#libs/ledger';
import { LedgerDayBalanceRepository } from '../../libs/ledger/src/ledger-day-balance.repository.js';
import { LedgerPendingRepository } from '../../libs/ledger/src/ledger-pending.repository.js';
import { LedgerPostingService } from '../../libs/ledger/src/ledger-posting.service.js';
import { sealQueue } from '../harness/seals.js';
import { LedgerRepository } from '../../libs/ledger/src/ledger.repository.js';

/** A ledger that remembers nothing, as after a restart. */
export function makeLedger(clock: Clock): LedgerService {
  const accounts = new LedgerRepository(clock, sealQueue());
  const posting = new LedgerPostingService(accounts, new LedgerDayBalanceRepository(), clock);
  return new LedgerService(posting, accounts, new LedgerPendingRepository(), clock);
}
