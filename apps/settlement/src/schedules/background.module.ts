import { type BeforeApplicationShutdown, Module, type OnApplicationBootstrap } from '@nestjs/common';
import { AdoptionModule } from '#libs/adoption';
import { AftersaleModule } from '#libs/aftersale';
import { BulkModule } from '#libs/bulk';
import { ConsignmentModule } from '#libs/consignment';
import { IntakeModule } from '#libs/intake';
import { CatalogModule } from '#libs/catalog';
import { CertificationModule } from '#libs/certification';
import { PlaceModule } from '#libs/channel';
import { CounterModule } from '#libs/counter';
import { FulfillmentModule } from '#libs/fulfillment';
import { HouseholdModule } from '#libs/household';
import { IdentityModule } from '#libs/identity';
import { LiveStockModule } from '#libs/inventory';
import { LedgerModule } from '#libs/ledger';
import { IntegrityModule } from '#libs/integrity';
import { OrderingModule } from '#libs/ordering';
import { MerchantApplicationModule } from '#libs/merchant';
import { PaymentModule } from '#libs/payment';
import { PerformanceModule } from '#libs/performance';
import { PrivacyModule } from '#libs/privacy';
import { PromotionModule } from '#libs/promotion';
import { ReconciliationModule } from '#libs/reconciliation';
import { ReceivableModule } from '#libs/receivable';
import { PayoutModule, SettlementModule } from '#libs/settlement';
import { SheetModule } from '#libs/sheet';
import { StatementModule } from '#libs/statement';
import { StockkeepingModule } from '#libs/stockkeeping';
import { VendingModule } from '#libs/vending';
import { LiveVolumeModule, VolumeModule } from '#libs/volume';
import { Log } from '#platform/log';
import { Dispatcher } from '#platform/outbox';
import { QueueGateway } from '#platform/queue';
import { MonthClosesModule } from '../month-close/month-closes.module.js';
import { RelayModule } from '../relay/relay.module.js';
import { SealedStreamsModule } from '../seal/sealed-streams.module.js';
import { Clockwork, clockwork } from './clockwork.js';
import { Ticker } from './ticker.js';

/** What only a real process runs: the clockwork and the workers. Tests wind them by hand. */
@Module({
  imports: [
    RelayModule,
    CatalogModule,
    CertificationModule,
    PlaceModule,
    CounterModule,
    HouseholdModule,
    IdentityModule,
    MerchantApplicationModule,
    VendingModule,
    OrderingModule,
    AdoptionModule,
    BulkModule,
    SheetModule,
    ConsignmentModule,
    IntakeModule,
    PromotionModule,
    FulfillmentModule,
    AftersaleModule,
    PaymentModule,
    PerformanceModule,
    LedgerModule,
    LiveStockModule,
    StockkeepingModule,
    SettlementModule,
    ReceivableModule,
    VolumeModule,
    LiveVolumeModule,
    PayoutModule,
    StatementModule,
    SealedStreamsModule,
    IntegrityModule,
    MonthClosesModule,
    ReconciliationModule,
    PrivacyModule,
  ],
  providers: [...clockwork],
})
export class BackgroundModule implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly tickers: readonly Ticker[];

  constructor(
    { schedules }: Clockwork,
    private readonly dispatcher: Dispatcher,
    private readonly queue: QueueGateway,
    log: Log,
  ) {
    this.tickers = schedules.map((schedule) => new Ticker(schedule, log));
  }

  onApplicationBootstrap(): void {
    this.queue.work(this.dispatcher);
    for (const ticker of this.tickers) ticker.start();
  }

  /** Before the pool closes: first nothing new, then what is under way. */
  async beforeApplicationShutdown(): Promise<void> {
    await Promise.all(this.tickers.map((ticker) => ticker.stop()));
    await this.queue.close();
  }
}
