import { Module } from '@nestjs/common';
import { ApprovalModule } from '#libs/approval';
import { AuditModule } from '#libs/identity';
import { LedgerModule } from '#libs/ledger';
import { BankMovementService } from './bank-movement.service.js';
import { ClawbackReader } from './clawback.reader.js';
import { ClawbackService } from './clawback.service.js';
import { DisputeBookingService } from './dispute-booking.service.js';
import { HouseholdReachReader } from './household-reach.reader.js';
import { LedgerAdjustmentReader } from './ledger-adjustment.reader.js';
import { LedgerAdjustmentRepository } from './ledger-adjustment.repository.js';
import { LedgerAdjustmentService } from './ledger-adjustment.service.js';
import { LedgerControlService } from './ledger-control.service.js';
import { PayeeShareReader } from './payee-share.reader.js';
import { PoolAssignmentRepository } from './pool-assignment.repository.js';
import { PoolAssignmentService } from './pool-assignment.service.js';
import { PoolReader } from './pool.reader.js';
import { RefundReversalService } from './refund-reversal.service.js';
import { RefundSourceReader } from './refund-source.reader.js';
import { RuleBook } from './rule-book.service.js';
import { SaleSplitService } from './sale-split.service.js';
import { SellerFeeRepository } from './seller-fee.repository.js';
import { SellerFeeService } from './seller-fee.service.js';
import { ShareHoldRepository } from './share-hold.repository.js';
import { ShareReleaseService } from './share-release.service.js';
import { ShareReader } from './share.reader.js';
import { SplitPreviewService } from './split-preview.service.js';
import { SplitRuleReader } from './split-rule.reader.js';
import { SplitRuleRepository } from './split-rule.repository.js';
import { SplitRuleService } from './split-rule.service.js';
import { SplitReader } from './split.reader.js';
import { SplitRepository } from './split.repository.js';

@Module({
  imports: [ApprovalModule, AuditModule, LedgerModule],
  providers: [
    BankMovementService,
    ClawbackReader,
    ClawbackService,
    DisputeBookingService,
    HouseholdReachReader,
    LedgerAdjustmentReader,
    LedgerAdjustmentRepository,
    LedgerAdjustmentService,
    LedgerControlService,
    PayeeShareReader,
    PoolAssignmentRepository,
    PoolAssignmentService,
    PoolReader,
    RefundReversalService,
    RefundSourceReader,
    RuleBook,
    SaleSplitService,
    SellerFeeRepository,
    SellerFeeService,
    ShareHoldRepository,
    ShareReader,
    ShareReleaseService,
    SplitPreviewService,
    SplitReader,
    SplitRepository,
    SplitRuleReader,
    SplitRuleRepository,
    SplitRuleService,
  ],
  exports: [
    BankMovementService,
    ClawbackReader,
    ClawbackService,
    DisputeBookingService,
    HouseholdReachReader,
    LedgerAdjustmentReader,
    LedgerAdjustmentService,
    LedgerControlService,
    PayeeShareReader,
    PoolAssignmentService,
    PoolReader,
    RefundReversalService,
    RefundSourceReader,
    SaleSplitService,
    ShareReleaseService,
    SplitPreviewService,
    SplitReader,
    SplitRuleReader,
    SplitRuleService,
  ],
})
export class SettlementModule {}
