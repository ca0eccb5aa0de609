import { Module } from '@nestjs/common';
import { IdentityModule } from '#libs/identity';
import { LedgerModule } from '#libs/ledger';
import { OrderingModule } from '#libs/ordering';
import { PaymentModule } from '#libs/payment';
import { ReceivableModule } from '#libs/receivable';
import { SealModule } from '#libs/seal';
import { PayoutModule, SettlementModule } from '#libs/settlement';
import { VolumeModule } from '#libs/volume';
import { BankAnswerService } from './bank-answer.service.js';
import { ClearingService } from './clearing.service.js';
import { ComparisonService } from './comparison.service.js';
import { DeliveryGapService } from './delivery-gap.service.js';
import { MeasureService } from './measure.service.js';
import { MoneyBackService } from './money-back.service.js';
import { OrderMoneyService } from './order-money.service.js';
import { ProviderComparisonService } from './provider-comparison.service.js';
import { ProviderMoneyService } from './provider-money.service.js';
import { ProviderMovementReader } from './provider-movement.reader.js';
import { ProviderMovementRepository } from './provider-movement.repository.js';
import { ReconciliationBreakReader } from './reconciliation-break.reader.js';
import { ReconciliationBreakRepository } from './reconciliation-break.repository.js';
import { ReconciliationBreakService } from './reconciliation-break.service.js';
import { ReconciliationReader } from './reconciliation.reader.js';
import { ReconciliationRepository } from './reconciliation.repository.js';
import type { Comparison } from './reconciliation.rules.js';
import { ReconciliationService } from './reconciliation.service.js';
import { SealLagService } from './seal-lag.service.js';
import { SplitSumService } from './split-sum.service.js';
import { TrialBalanceService } from './trial-balance.service.js';
import { VolumeBooksService } from './volume-books.service.js';

/** R1 to R10; a new comparison goes here. */
const COMPARISONS = [
  TrialBalanceService,
  ClearingService,
  OrderMoneyService,
  ProviderMoneyService,
  ProviderComparisonService,
  BankAnswerService,
  VolumeBooksService,
  DeliveryGapService,
  SealLagService,
  SplitSumService,
];

@Module({
  imports: [
    IdentityModule,
    OrderingModule,
    PaymentModule,
    LedgerModule,
    SettlementModule,
    PayoutModule,
    ReceivableModule,
    VolumeModule,
    SealModule,
  ],
  providers: [
    ...COMPARISONS,
    {
      provide: ComparisonService,
      useFactory: (...all: Comparison[]) => new ComparisonService(all),
      inject: COMPARISONS,
    },
    MeasureService,
    MoneyBackService,
    ProviderMovementReader,
    ProviderMovementRepository,
    ReconciliationBreakReader,
    ReconciliationBreakRepository,
    ReconciliationBreakService,
    ReconciliationReader,
    ReconciliationRepository,
    ReconciliationService,
  ],
  exports: [
    MeasureService,
    MoneyBackService,
    ProviderMovementReader,
    ReconciliationBreakReader,
    ReconciliationBreakService,
    ReconciliationReader,
    ReconciliationService,
  ],
})
export class ReconciliationModule {}
