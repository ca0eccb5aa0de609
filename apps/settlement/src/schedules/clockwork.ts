import type { Provider, Type } from '@nestjs/common';
import { AftersaleSchedules } from './aftersale.schedules.js';
import { BulkSchedules } from './bulk.schedules.js';
import { ConsignmentSchedules } from './consignment.schedules.js';
import { CatalogSchedules } from './catalog.schedules.js';
import { CertificationSchedules } from './certification.schedules.js';
import { CounterSchedules } from './counter.schedules.js';
import { FilesSchedules } from './files.schedules.js';
import { FulfillmentSchedules } from './fulfillment.schedules.js';
import { HouseholdSchedules } from './household.schedules.js';
import { IdentitySchedules } from './identity.schedules.js';
import { IntegritySchedules } from './integrity.schedules.js';
import { InventorySchedules } from './inventory.schedules.js';
import { LedgerSchedules } from './ledger.schedules.js';
import { AdoptionSchedules } from './adoption.schedules.js';
import { MerchantSchedules } from './merchant.schedules.js';
import { OrderingSchedules } from './ordering.schedules.js';
import { OutboxSchedules } from './outbox.schedules.js';
import { PaymentSchedules } from './payment.schedules.js';
import { PerformanceSchedules } from './performance.schedules.js';
import { PrivacySchedules } from './privacy.schedules.js';
import { PromotionSchedules } from './promotion.schedules.js';
import { ReconciliationSchedules } from './reconciliation.schedules.js';
import { ReceivableSchedules } from './receivable.schedules.js';
import { SealSchedules } from './seal.schedules.js';
import { SettlementSchedules } from './settlement.schedules.js';
import { SheetSchedules } from './sheet.schedules.js';
import { StockkeepingSchedules } from './stockkeeping.schedules.js';
import { StatementSchedules } from './statement.schedules.js';
import type { Schedule, Schedules } from './ticker.js';
import { VendingSchedules } from './vending.schedules.js';
import { VolumeSchedules } from './volume.schedules.js';

/** One list per context, in <context>.schedules.ts; a new schedule goes there. */
const contexts: readonly Type<Schedules>[] = [
  OutboxSchedules,
  FilesSchedules,
  CatalogSchedules,
  CertificationSchedules,
  CounterSchedules,
  VendingSchedules,
  HouseholdSchedules,
  IdentitySchedules,
  MerchantSchedules,
  InventorySchedules,
  OrderingSchedules,
  AdoptionSchedules,
  BulkSchedules,
  SheetSchedules,
  ConsignmentSchedules,
  PromotionSchedules,
  PaymentSchedules,
  FulfillmentSchedules,
  AftersaleSchedules,
  LedgerSchedules,
  SettlementSchedules,
  StatementSchedules,
  StockkeepingSchedules,
  ReceivableSchedules,
  VolumeSchedules,
  PerformanceSchedules,
  IntegritySchedules,
  SealSchedules,
  ReconciliationSchedules,
  PrivacySchedules,
];

/** Everything that happens because time passes: the clock calls one service, and the due set lives in SQL. */
export class Clockwork {
  readonly schedules: readonly Schedule[];

  constructor(lists: readonly Schedules[]) {
    this.schedules = lists.flatMap(({ all }) => all);
  }
}

export const clockwork: readonly Provider[] = [
  ...contexts,
  {
    provide: Clockwork,
    useFactory: (...lists: Schedules[]) => new Clockwork(lists),
    inject: [...contexts],
  },
];
