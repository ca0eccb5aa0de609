import { Module } from '@nestjs/common';
import { LedgerReader } from './ledger.reader.js';
import { LedgerRepository } from './ledger.repository.js';
import { LedgerService } from './ledger.service.js';

@Module({
  providers: [LedgerRepository, LedgerService, LedgerReader],
  exports: [LedgerService, LedgerReader],
})
export class LedgerModule {}
