import { Module } from '@nestjs/common';
import { ApprovalModule } from '#libs/approval';
import { DivisionModule } from '#libs/division';
import { AuditModule } from '#libs/identity';
import { LedgerModule } from '#libs/ledger';
import { MerchantModule } from '#libs/merchant';
import { BankFileGateway } from './bank-file.gateway.js';
import { PayeeAccountHolderReader } from './payee-account-holder.reader.js';
import { PayeeAccountReader } from './payee-account.reader.js';
import { PayeeAccountRepository } from './payee-account.repository.js';
import { PayeeAccountService } from './payee-account.service.js';
import { PayoutBatchReader } from './payout-batch.reader.js';
import { PayoutBatchRepository } from './payout-batch.repository.js';
import { PayoutBatchService } from './payout-batch.service.js';
import { PayoutCoverReader } from './payout-cover.reader.js';
import { PayoutDeskService } from './payout-desk.service.js';
import { PayoutResultService } from './payout-result.service.js';
import { PayoutRunService } from './payout-run.service.js';
import { PayoutTransferService } from './payout-transfer.service.js';
import { PayoutFileGateway, PayoutTransferGateway } from './payout.gateway.js';
import { PayoutOutlookReader } from './payout-outlook.reader.js';
import { PayoutPolicyReader } from './payout-policy.reader.js';
import { PayoutPolicyRepository } from './payout-policy.repository.js';
import { PayoutPolicyService } from './payout-policy.service.js';
import { PayoutReader } from './payout.reader.js';
import { PayoutRepository } from './payout.repository.js';
import { StripeTransferGateway } from './stripe-transfer.gateway.js';

/** Paying out. A module of its own, because it needs keys and a provider, and splitting a sale needs neither. */
@Module({
  imports: [LedgerModule, DivisionModule, AuditModule, ApprovalModule, MerchantModule],
  providers: [
    { provide: PayoutFileGateway, useClass: BankFileGateway },
    { provide: PayoutTransferGateway, useClass: StripeTransferGateway },
    PayeeAccountReader,
    PayeeAccountHolderReader,
    PayeeAccountRepository,
    PayeeAccountService,
    PayoutBatchReader,
    PayoutBatchRepository,
    PayoutBatchService,
    PayoutCoverReader,
    PayoutDeskService,
    PayoutOutlookReader,
    PayoutPolicyReader,
    PayoutPolicyRepository,
    PayoutPolicyService,
    PayoutReader,
    PayoutRepository,
    PayoutResultService,
    PayoutRunService,
    PayoutTransferService,
  ],
  exports: [
    PayeeAccountReader,
    PayeeAccountHolderReader,
    PayeeAccountService,
    PayoutBatchReader,
    PayoutBatchService,
    PayoutDeskService,
    PayoutOutlookReader,
    PayoutPolicyReader,
    PayoutPolicyService,
    PayoutReader,
    PayoutResultService,
    PayoutRunService,
    PayoutTransferService,
  ],
})
export class PayoutModule {}
