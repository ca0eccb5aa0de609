import { Module } from '@nestjs/common';
import { ApprovalModule } from '#libs/approval';
import { AuditModule } from '#libs/identity';
import { LedgerModule } from '#libs/ledger';
import { PoolAssignmentRepository } from './pool-assignment.repository.js';
import { PoolAssignmentService } from './pool-assignment.service.js';
import { PoolReader } from './pool.reader.js';
import { RefundReversalService } from './refund-reversal.service.js';
import { RuleBook } from './rule-book.service.js';
import { SaleSplitService } from './sale-split.service.js';
import { SellerFeeRepository } from './seller-fee.repository.js';
import { SellerFeeService } from './seller-fee.service.js';
import { SplitPreviewService } from './split-preview.service.js';
import { SplitReader } from './split.reader.js';
import { SplitRuleReader } from './split-rule.reader.js';
import { SplitRuleRepository } from './split-rule.repository.js';
import { SplitRuleService } from './split-rule.service.js';
import { SplitRepository } from './split.repository.js';

@Module({
  imports: [ApprovalModule, AuditModule, LedgerModule],
  providers: [
    PoolAssignmentRepository,
    PoolAssignmentService,
    PoolReader,
    SellerFeeRepository,
    SellerFeeService,
    RefundReversalService,
    RuleBook,
    SaleSplitService,
    SplitPreviewService,
    SplitReader,
    SplitRepository,
    SplitRuleReader,
    SplitRuleRepository,
    SplitRuleService,
  ],
  exports: [
    PoolAssignmentService,
    PoolReader,
    RefundReversalService,
    SaleSplitService,
    SplitPreviewService,
    SplitReader,
    SplitRuleReader,
    SplitRuleService,
  ],
})
export class SettlementModule {}
