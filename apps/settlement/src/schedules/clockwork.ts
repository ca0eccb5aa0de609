import { Injectable } from '@nestjs/common';
import { FulfillmentService } from '#libs/fulfillment';
import { IntegrityCheckService } from '#libs/integrity';
import { MINUTE_MS } from '#libs/kernel';
import { LedgerDayBalanceService, LedgerPendingService } from '#libs/ledger';
import { MerchantOrderService, OrderService } from '#libs/ordering';
import { DisputeService, PaymentService, ProviderNotificationService, RefundService } from '#libs/payment';
import { ClawbackService, PayoutRunService, PayoutTransferService } from '#libs/settlement';
import {
  LiveVolumeService,
  MonthCloseService,
  MonthFreezeService,
  VolumeCheckService,
  VolumeRollupService,
} from '#libs/volume';
import { CheckpointService, SealService, SealWatchService } from '#libs/seal';
import { Config } from '#platform/config';
import { Log } from '#platform/log';
import { Relay } from '#platform/outbox';

export interface Schedule {
  readonly name: string;
  /** The pause after a round that found nothing left to do. */
  readonly everyMs: number;
  /** One bounded round; returns how much it did. Any number of processes may run it at once. */
  readonly work: () => Promise<number>;
}

/** Rows of one round; a backlog is worked off round by round. */
const BATCH_MAX = 100;
const FACTS_MAX = 1_000;
const SEALS_MAX = 2_000;
/** Each is compared with what lies around it. */
const CHECKED_MAX = 500;
const JOURNALS_MAX = 1_000;
const CHECKED_DAYS_MAX = 10;

/** Everything that happens because time passes: the clock calls one service, and the due set lives in SQL. */
@Injectable()
export class Clockwork {
  readonly schedules: readonly Schedule[];

  constructor(
    config: Config,
    log: Log,
    relay: Relay,
    orders: OrderService,
    merchantOrders: MerchantOrderService,
    fulfillments: FulfillmentService,
    payments: PaymentService,
    refunds: RefundService,
    disputes: DisputeService,
    notifications: ProviderNotificationService,
    clawbacks: ClawbackService,
    volume: VolumeRollupService,
    integrity: IntegrityCheckService,
    pendings: LedgerPendingService,
    liveVolume: LiveVolumeService,
    dayBalances: LedgerDayBalanceService,
    closes: MonthCloseService,
    freezes: MonthFreezeService,
    checks: VolumeCheckService,
    payoutRuns: PayoutRunService,
    transfers: PayoutTransferService,
    seals: SealService,
    checkpoints: CheckpointService,
    watch: SealWatchService,
  ) {
    const { sweepAfterMs } = config;
    this.schedules = [
      // Short enough that nobody notices; an idle round is one indexed read of no rows.
      { name: 'relay', everyMs: 50, work: () => relay.publish() },
      {
        name: 'roll-up',
        everyMs: 200,
        work: () => volume.rollUp(FACTS_MAX, (ids) => liveVolume.note(ids)),
      },
      // Screens move four times a second and no more, however much is sold.
      { name: 'announce-volume', everyMs: 250, work: () => liveVolume.announce() },
      { name: 'add-up-days', everyMs: 1_000, work: () => dayBalances.addUp(JOURNALS_MAX) },
      { name: 'integrity', everyMs: 5_000, work: () => integrity.check(CHECKED_MAX) },
      { name: 'sweep', everyMs: sweepAfterMs / 2, work: () => relay.sweep(sweepAfterMs) },
      { name: 'expire-orders', everyMs: 5_000, work: () => orders.expireDue(BATCH_MAX) },
      { name: 'check-payments', everyMs: 5_000, work: () => payments.checkDue(BATCH_MAX) },
      { name: 'check-refunds', everyMs: 5_000, work: () => refunds.checkDue(BATCH_MAX) },
      { name: 'expire-pendings', everyMs: 5_000, work: () => pendings.expireDue(BATCH_MAX) },
      { name: 'pay-out', everyMs: MINUTE_MS, work: () => payoutRuns.work() },
      { name: 'send-transfers', everyMs: 5_000, work: () => transfers.sendDue(BATCH_MAX) },
      { name: 'check-disputes', everyMs: MINUTE_MS, work: () => disputes.checkDue(BATCH_MAX) },
      // For webhooks that never came: what the provider lists is compared with what reached us.
      { name: 'sweep-provider', everyMs: 10 * MINUTE_MS, work: () => notifications.sweep() },
      { name: 'offset-clawbacks', everyMs: MINUTE_MS, work: () => clawbacks.offsetDue(BATCH_MAX) },
      { name: 'auto-receipt', everyMs: MINUTE_MS, work: () => fulfillments.receiveDue(BATCH_MAX) },
      { name: 'keep-months', everyMs: MINUTE_MS, work: () => closes.keepBook() },
      { name: 'freeze-months', everyMs: 5_000, work: () => freezes.advance() },
      // Once a business day, a few days of history at a time.
      { name: 'check-rollups', everyMs: MINUTE_MS, work: () => checks.checkDue(CHECKED_DAYS_MAX) },
      { name: 'seal', everyMs: 5_000, work: () => seals.sealDue(SEALS_MAX) },
      { name: 'sign-checkpoints', everyMs: MINUTE_MS, work: () => checkpoints.signDue() },
      {
        name: 'watch-seals',
        everyMs: MINUTE_MS,
        work: async () => {
          const found = await watch.watch();
          const [first] = found?.breaks ?? [];
          if (found && first)
            log.fault(new Error(`${first.kind} at ${first.seq}: ${first.subject}`), 'a seal is broken');
          return found ? 1 : 0;
        },
      },
      { name: 'complete-orders', everyMs: MINUTE_MS, work: () => merchantOrders.completeDue(BATCH_MAX) },
    ];
  }
}
