import { Module } from '@nestjs/common';
import { LedgerPendingRepository } from './ledger-pending.repository.js';
import { LedgerPendingService } from './ledger-pending.service.js';
import { LedgerReader } from './ledger.reader.js';
import { LedgerRepository } from './ledger.repository.js';
import { LedgerService } from './ledger.service.js';

@Module({
  providers: [LedgerRepository, LedgerPendingRepository, LedgerService, LedgerPendingService, LedgerReader],
  exports: [LedgerService, LedgerPendingService, LedgerReader],
})
export class LedgerModule {}
