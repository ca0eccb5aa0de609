import { Module } from '@nestjs/common';
import { AccountModule } from '#libs/account';
import type { Config } from '#platform/config';
import { graphqlModuleFor } from '#platform/graphql';
import { PlatformModule, type ServiceOptions } from '#platform/service';
import { mountPage } from '#platform/web';
import { CONSOLE } from './console/console-page.rules.js';
import { ReviewDoorModule } from './review/review-door.module.js';
import { AfterSaleDoorModule } from './after-sale/after-sale-door.module.js';
import { ApprovalDoorModule } from './approval/approval-door.module.js';
import { AuditDoorModule } from './audit/audit-door.module.js';
import { CampaignDoorModule } from './campaign/campaign-door.module.js';
import { CertificationDoorModule } from './certification/certification-door.module.js';
import { ApplicationDoorModule } from './application/application-door.module.js';
import { PaperDoorModule } from './paper/paper-door.module.js';
import { PlaceDoorModule } from './place/place-door.module.js';
import { ListingDoorModule } from './listing/listing-door.module.js';
import { MerchantDoorModule } from './merchant/merchant-door.module.js';
import { ClaimDoorModule } from './claim/claim-door.module.js';
import { ClosureDoorModule } from './closure/closure-door.module.js';
import { CounterDoorModule } from './counter/counter-door.module.js';
import { DeliveryDoorModule } from './delivery/delivery-door.module.js';
import { DeskDoorModule } from './desk/desk-door.module.js';
import { DisputeDoorModule } from './dispute/dispute-door.module.js';
import { DivisionDoorModule } from './division/division-door.module.js';
import { HarvestDoorModule } from './harvest/harvest-door.module.js';
import { HouseholdDoorModule } from './household/household-door.module.js';
import { IntakeDoorModule } from './intake/intake-door.module.js';
import { IntegrityDoorModule } from './integrity/integrity-door.module.js';
import { InvoiceDoorModule } from './invoice/invoice-door.module.js';
import { LedgerDoorModule } from './ledger/ledger-door.module.js';
import { PayoutDoorModule } from './payout/payout-door.module.js';
import { ReconciliationDoorModule } from './reconciliation/reconciliation-door.module.js';
import { PromotionDoorModule } from './promotion/promotion-door.module.js';
import { ReceivableDoorModule } from './receivable/receivable-door.module.js';
import { RefundDoorModule } from './refund/refund-door.module.js';
import { RelayModule } from './relay/relay.module.js';
import { ReportDoorModule } from './report/report-door.module.js';
import { BackgroundModule } from './schedules/background.module.js';
import { MonthCloseDoorModule } from './month-close/month-close-door.module.js';
import { PerformanceDoorModule } from './performance/performance-door.module.js';
import { ProcurementDoorModule } from './procurement/procurement-door.module.js';
import { StatementDoorModule } from './statement/statement-door.module.js';
import { TaxDoorModule } from './tax/tax-door.module.js';
import { TerminologyDoorModule } from './terminology/terminology-door.module.js';
import { TargetDoorModule } from './target/target-door.module.js';
import { SealDoorModule } from './seal/seal-door.module.js';
import { SplitDoorModule } from './split/split-door.module.js';
import { UnmaskDoorModule } from './unmask/unmask-door.module.js';
import { RestockingDoorModule } from './restocking/restocking-door.module.js';
import { VendingDoorModule } from './vending/vending-door.module.js';
import { VolumeDoorModule } from './volume/volume-door.module.js';
import { WebhooksModule } from './webhooks/webhooks.module.js';

@Module({})
export class SettlementModule {}

@Module({})
class SettlementBackgroundModule {}

/** Only this service signs, so only here the key is missed: the shop faces the world and should not hold it. */
function signing(config: Config): Config {
  if (!config.isProduction || config.checkpointKey.seed !== undefined) return config;
  throw new Error('LEDGER_SIGNING_KEY: required in production: the checkpoints of the books must be signed');
}

export const settlement: ServiceOptions = {
  service: 'settlement',
  module: (config) => ({
    module: SettlementModule,
    imports: [
      PlatformModule.forService('settlement', signing(config)),
      graphqlModuleFor('settlement'),
      AccountModule,
      AfterSaleDoorModule,
      ReviewDoorModule,
      RelayModule,
      WebhooksModule,
      DeskDoorModule,
      VolumeDoorModule,
      PerformanceDoorModule,
      ProcurementDoorModule,
      PromotionDoorModule,
      MonthCloseDoorModule,
      TargetDoorModule,
      CampaignDoorModule,
      MerchantDoorModule,
      ListingDoorModule,
      DivisionDoorModule,
      HarvestDoorModule,
      ApplicationDoorModule,
      PaperDoorModule,
      ClosureDoorModule,
      PlaceDoorModule,
      CertificationDoorModule,
      HouseholdDoorModule,
      CounterDoorModule,
      VendingDoorModule,
      RestockingDoorModule,
      TerminologyDoorModule,
      IntakeDoorModule,
      ClaimDoorModule,
      IntegrityDoorModule,
      LedgerDoorModule,
      PayoutDoorModule,
      StatementDoorModule,
      TaxDoorModule,
      InvoiceDoorModule,
      SealDoorModule,
      ReceivableDoorModule,
      RefundDoorModule,
      DisputeDoorModule,
      DeliveryDoorModule,
      ReportDoorModule,
      ApprovalDoorModule,
      AuditDoorModule,
      UnmaskDoorModule,
      SplitDoorModule,
      ReconciliationDoorModule,
    ],
  }),
  background: () => ({ module: SettlementBackgroundModule, imports: [BackgroundModule] }),
  mount: (app) => void mountPage(app, CONSOLE),
};
