import { Module } from '@nestjs/common';
import { LedgerModule } from '#libs/ledger';
import { RefundReversalService } from './refund-reversal.service.js';
import { SaleSplitService } from './sale-split.service.js';
import { SplitRuleReader } from './split-rule.reader.js';
import { SplitRepository } from './split.repository.js';

@Module({
  imports: [LedgerModule],
  providers: [SplitRepository, SplitRuleReader, SaleSplitService, RefundReversalService],
  exports: [SplitRuleReader, SaleSplitService, RefundReversalService],
})
export class SettlementModule {}
