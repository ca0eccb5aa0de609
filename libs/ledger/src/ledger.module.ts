import { Module } from '@nestjs/common';
import { SealModule } from '#libs/seal';
import { AccountMovementReader } from './account-movement.reader.js';
import { ClearingReader } from './clearing.reader.js';
import { JournalLeafReader } from './journal-leaf.reader.js';
import { JournalProofReader } from './journal-proof.reader.js';
import { LedgerAccountRepository } from './ledger-account.repository.js';
import { LedgerAccountService } from './ledger-account.service.js';
import { LedgerAuditReader } from './ledger-audit.reader.js';
import { LedgerDayBalanceRepository } from './ledger-day-balance.repository.js';
import { LedgerDayBalanceService } from './ledger-day-balance.service.js';
import { LedgerPendingReader } from './ledger-pending.reader.js';
import { LedgerPendingRepository } from './ledger-pending.repository.js';
import { LedgerPendingService } from './ledger-pending.service.js';
import { LedgerPostingService } from './ledger-posting.service.js';
import { LedgerReader } from './ledger.reader.js';
import { LedgerRepository } from './ledger.repository.js';
import { LedgerReversalRepository } from './ledger-reversal.repository.js';
import { LedgerReversalService } from './ledger-reversal.service.js';
import { LedgerService } from './ledger.service.js';

const SERVICES = [
  LedgerService,
  LedgerReversalService,
  LedgerAccountService,
  LedgerPendingService,
  LedgerDayBalanceService,
  LedgerReader,
  LedgerAuditReader,
  ClearingReader,
  AccountMovementReader,
  JournalLeafReader,
  JournalProofReader,
  LedgerPendingReader,
];

@Module({
  imports: [SealModule],
  providers: [
    LedgerRepository,
    LedgerAccountRepository,
    LedgerPendingRepository,
    LedgerReversalRepository,
    LedgerDayBalanceRepository,
    LedgerPostingService,
    ...SERVICES,
  ],
  exports: SERVICES,
})
export class LedgerModule {}
