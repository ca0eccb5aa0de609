import { Module } from '@nestjs/common';
import { ChannelModule } from '#libs/channel';
import { RunCounterModule } from '#libs/counter';
import { DivisionModule } from '#libs/division';
import { AuditModule } from '#libs/identity';
import { LedgerModule } from '#libs/ledger';
import { MerchantModule } from '#libs/merchant';
import { OrderingModule } from '#libs/ordering';
import { SealModule } from '#libs/seal';
import { PayoutModule, SettlementModule } from '#libs/settlement';
import { CounterMoneyReader } from './counter-money.reader.js';
import { MoneyLineReader } from './money-line.reader.js';
import { OwnOutlookReader } from './own-outlook.reader.js';
import { OwnPayeeReader } from './own-payee.reader.js';
import { StatementCollectService } from './statement-collect.service.js';
import { StatementDetailReader } from './statement-detail.reader.js';
import { StatementDocumentService } from './statement-document.service.js';
import { StatementDownloadService } from './statement-download.service.js';
import { StatementFeeReader } from './statement-fee.reader.js';
import { StatementIssueService } from './statement-issue.service.js';
import { StatementPdfService } from './statement-pdf.service.js';
import { StatementPrintService } from './statement-print.service.js';
import { StatementRunService } from './statement-run.service.js';
import { StatementReader } from './statement.reader.js';
import { StatementRepository } from './statement.repository.js';
import { TaxExportService } from './tax-export.service.js';
import { TaxProjectionReader } from './tax-projection.reader.js';

@Module({
  imports: [
    AuditModule,
    ChannelModule,
    DivisionModule,
    LedgerModule,
    MerchantModule,
    OrderingModule,
    PayoutModule,
    RunCounterModule,
    SealModule,
    SettlementModule,
  ],
  providers: [
    CounterMoneyReader,
    MoneyLineReader,
    OwnOutlookReader,
    OwnPayeeReader,
    StatementCollectService,
    StatementDetailReader,
    StatementDocumentService,
    StatementDownloadService,
    StatementFeeReader,
    StatementIssueService,
    StatementPdfService,
    StatementPrintService,
    StatementReader,
    StatementRepository,
    StatementRunService,
    TaxExportService,
    TaxProjectionReader,
  ],
  exports: [
    CounterMoneyReader,
    MoneyLineReader,
    OwnOutlookReader,
    OwnPayeeReader,
    StatementDownloadService,
    StatementFeeReader,
    StatementIssueService,
    StatementPrintService,
    StatementReader,
    StatementRunService,
    TaxExportService,
    TaxProjectionReader,
  ],
})
export class StatementModule {}
