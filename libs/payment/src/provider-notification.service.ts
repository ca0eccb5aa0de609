import { Injectable } from '@nestjs/common';
import { Clock, NotFound, newId, present } from '#libs/kernel';
import { Database, isDuplicate } from '#platform/database';
import { Log } from '#platform/log';
import { emit } from '#platform/outbox';
import { PaymentGateway, type PaymentRef, type PaymentSnapshot } from './payment.gateway.js';
import { PaymentService } from './payment.service.js';
import type {
  NotificationOutcome,
  ProviderNotification,
  ProviderNotificationId,
} from './provider-notification.entity.js';
import { providerNotificationReceived } from './provider-notification.events.js';
import { ProviderNotificationRepository } from './provider-notification.repository.js';
import { RefundService } from './refund.service.js';

/** What the provider tells us: kept first, looked into afterwards. */
@Injectable()
export class ProviderNotificationService {
  constructor(
    private readonly database: Database,
    private readonly notifications: ProviderNotificationRepository,
    private readonly payments: PaymentService,
    private readonly refunds: RefundService,
    private readonly gateway: PaymentGateway,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  /** Stores what is signed by the provider, once. REFUSED for everything else; DUPLICATE has no effect. */
  async receive(rawBody: Buffer, signature: string): Promise<'RECEIVED' | 'DUPLICATE' | 'REFUSED'> {
    const receivedAt = this.clock.now();
    const verified = this.gateway.verifyNotification(rawBody, signature, receivedAt);
    if (!verified) return 'REFUSED';

    const notification: ProviderNotification = {
      id: newId('ntf'),
      provider: 'STRIPE',
      ...verified,
      body: rawBody.toString(),
      receivedAt,
      outcome: null,
    };
    try {
      await this.database.transaction(async (tx) => {
        await this.notifications.insert(tx, notification);
        await emit(tx, providerNotificationReceived(notification.id, receivedAt));
      });
      return 'RECEIVED';
    } catch (error) {
      // Delivery is at least once; the unique key, not a look beforehand, decides which was first.
      if (isDuplicate(error)) return 'DUPLICATE';
      throw error;
    }
  }

  /** Fetches what the notification is about, as it is now, and applies it. May be repeated; throws while the provider is silent. */
  async apply(id: ProviderNotificationId): Promise<void> {
    const notification = await this.database.transaction((tx) => this.notifications.byId(tx, id));
    if (!notification) throw new NotFound('ProviderNotification', id);
    if (notification.outcome !== null) return;

    const subject = this.gateway.subjectOf(notification.body);
    const outcome =
      subject.kind === 'PAYMENT' ? await this.look(subject.ref, subject.isAboutRefund) : subject.kind;
    if (outcome === 'MANUAL') {
      this.log.warn({ notificationId: id, type: notification.type }, 'a notification needs a person');
    }
    await this.database.transaction((tx) => this.notifications.setOutcome(tx, id, outcome));
  }

  private async look(ref: PaymentRef, isAboutRefund: boolean): Promise<NotificationOutcome> {
    const outcome = await this.gateway.query(ref);
    if (outcome === null) return 'FOREIGN';
    if (outcome.kind === 'unknown' && outcome.reason === 'UNRECOGNISED') return 'MANUAL';
    // Nobody knows; the queue asks again later.
    if (outcome.kind === 'unknown' || !outcome.value)
      throw new Error(`The provider did not show ${JSON.stringify(ref)}`);
    const applied = await this.payments.apply(outcome.value);
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
