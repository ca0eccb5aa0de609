import { Injectable } from '@nestjs/common';
import { Clock, HOUR_MS, MINUTE_MS, NotFound, newId, plus, present } from '#libs/kernel';
import { Database, isDuplicate } from '#platform/database';
import { Log } from '#platform/log';
import { emit } from '#platform/outbox';
import { DisputeService } from './dispute.service.js';
import {
  type KeptNotification,
  type NotificationSubject,
  PaymentGateway,
  type PaymentRef,
  type PaymentSnapshot,
} from './payment.gateway.js';
import { PaymentHoldService } from './payment-hold.service.js';
import { PaymentService } from './payment.service.js';
import type {
  NotificationOutcome,
  ProviderNotification,
  ProviderNotificationId,
} from './provider-notification.entity.js';
import { providerNotificationReceived } from './provider-notification.events.js';
import { ProviderNotificationRepository } from './provider-notification.repository.js';
import { RefundService } from './refund.service.js';

const PROVIDER = 'STRIPE';
/** Where the first round begins: as far back as the provider tries to deliver, and a little more. */
const SWEEP_BACK_MS = 75 * HOUR_MS;
/** What it lists late, or was told by a clock other than ours, is still found. */
const SWEEP_OVERLAP_MS = 15 * MINUTE_MS;
/** The time that one round covers; after a longer silence there are several rounds. */
const SWEEP_STRETCH_MS = 6 * HOUR_MS;
/** Down to some minutes. */
const SWEEP_HALVINGS_MAX = 6;

/** What the provider tells us: kept first, looked into afterwards. */
@Injectable()
export class ProviderNotificationService {
  constructor(
    private readonly database: Database,
    private readonly notifications: ProviderNotificationRepository,
    private readonly payments: PaymentService,
    private readonly holds: PaymentHoldService,
    private readonly refunds: RefundService,
    private readonly disputes: DisputeService,
    private readonly gateway: PaymentGateway,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  /** Stores what is signed by the provider, once. REFUSED for everything else; DUPLICATE has no effect. */
  async receive(rawBody: Buffer, signature: string): Promise<'RECEIVED' | 'DUPLICATE' | 'REFUSED'> {
    const receivedAt = this.clock.now();
    const verified = this.gateway.verifyNotification(rawBody, signature, receivedAt);
    if (!verified) return 'REFUSED';

    return (await this.keep({ ...verified, body: rawBody.toString() })) ? 'RECEIVED' : 'DUPLICATE';
  }

  /**
   * Compares the provider's own list of what it had to tell of refunds and disputes with what reached us, and keeps what did not. Goes on
   * where the last round ended, a little earlier; one
   * stretch of time a round. Returns more than zero while there is more to do.
   */
  async sweep(): Promise<number> {
    const now = this.clock.now();
    const start = plus(now, -SWEEP_BACK_MS);
    const until = await this.database.transaction(async (tx) => {
      // A round that ended later than now was made by a clock that was fast: what it has seen nobody knows.
      await this.notifications.takeBackSwept(tx, PROVIDER, { after: now, to: start });
      return (await this.notifications.sweptUntil(tx, PROVIDER)) ?? start;
    });
    const from = plus(until, -SWEEP_OVERLAP_MS);
    let to = new Date(Math.min(now.getTime(), plus(until, SWEEP_STRETCH_MS).getTime()));
    for (let halving = 0; halving < SWEEP_HALVINGS_MAX; halving += 1) {
      const told = await this.gateway.rareNotifications(from, to);
      if (told.kind !== 'succeeded') return 0; // Silent; the next round asks again from the same moment.
      if (told.value === null) {
        to = new Date((until.getTime() + to.getTime()) / 2);
        continue;
      }
      let missing = 0;
      for (const each of told.value) if (await this.keep(each)) missing += 1;
      await this.database.transaction((tx) => this.notifications.setSweptUntil(tx, PROVIDER, to));
      if (missing > 0) this.log.warn({ missing }, 'notifications had not reached us');
      return to < now ? missing + 1 : missing;
    }
    this.log.fault(new Error('too many in any time'), 'the provider’s events cannot be compared');
    return 0;
  }

  /** False for what is here already. */
  private async keep({ body, ...verified }: KeptNotification): Promise<boolean> {
    const receivedAt = this.clock.now();
    const notification: ProviderNotification = {
      id: newId('ntf'),
      provider: PROVIDER,
      ...verified,
      body,
      receivedAt,
      outcome: null,
    };
    try {
      await this.database.transaction(async (tx) => {
        await this.notifications.insert(tx, notification);
        await emit(tx, providerNotificationReceived(notification.id, receivedAt));
      });
      return true;
    } catch (error) {
      // Delivery is at least once; the unique key, not a look beforehand, decides which was first.
      if (isDuplicate(error)) return false;
      throw error;
    }
  }

  /** Fetches what the notification is about, as it is now, and applies it. May be repeated; throws while the provider is silent. */
  async apply(id: ProviderNotificationId): Promise<void> {
    const notification = await this.database.transaction((tx) => this.notifications.byId(tx, id));
    if (!notification) throw new NotFound('ProviderNotification', id);
    if (notification.outcome !== null) return;

    const subject = this.gateway.subjectOf(notification.body);
    const outcome = await this.outcomeOf(subject);
    if (outcome === 'MANUAL') {
      this.log.warn({ notificationId: id, type: notification.type }, 'a notification needs a person');
    }
    await this.database.transaction((tx) => this.notifications.setOutcome(tx, id, outcome));
  }

  private outcomeOf(subject: NotificationSubject): NotificationOutcome | Promise<NotificationOutcome> {
    if (subject.kind === 'PAYMENT') return this.look(subject.ref, subject.isAboutRefund);
    return subject.kind === 'DISPUTE' ? this.disputes.look(subject.disputeRef) : subject.kind;
  }

  private async look(ref: PaymentRef, isAboutRefund: boolean): Promise<NotificationOutcome> {
    const outcome = await this.gateway.query(ref);
    if (outcome === null) return 'FOREIGN';
    if (outcome.kind === 'unknown' && outcome.reason === 'UNRECOGNISED') return 'MANUAL';
    // Nobody knows; the queue asks again later.
    if (outcome.kind === 'unknown' || !outcome.value)
      throw new Error(`The provider did not show ${JSON.stringify(ref)}`);
    const seen = await this.payments.apply(outcome.value);
    // Before an order takes of it, what is held is no payment yet.
    const isHeld = await this.holds.apply(outcome.value);
    const applied = isHeld && seen === 'FOREIGN' ? 'APPLIED' : seen;
    if (applied !== 'APPLIED' || !(isAboutRefund || outcome.value.hasRefunds)) return applied;
    return this.lookAtRefunds(outcome.value);
  }

  private async lookAtRefunds({ paymentId, intentRef }: PaymentSnapshot): Promise<NotificationOutcome> {
    const refunds = await this.gateway.refundsOf(present(intentRef, 'the intent of a payment with refunds'));
    if (refunds.kind === 'unknown' && refunds.reason === 'UNRECOGNISED') return 'MANUAL';
    if (refunds.kind !== 'succeeded')
      throw new Error(`The provider did not show the refunds of ${intentRef}`);
    let outcome: NotificationOutcome = 'APPLIED';
    for (const refund of refunds.value) {
      const applied = await this.refunds.apply(present(paymentId, 'the payment just applied'), refund);
      if (applied === 'MANUAL') outcome = applied;
    }
    return outcome;
  }
}
