import { Injectable } from '@nestjs/common';
import { type ProviderNotificationReceived, ProviderNotificationService } from '#libs/payment';
import type { OutwardConsumer } from '#platform/outbox';

/** The notification is a hint; what counts is what the provider shows when asked. */
@Injectable()
export class ApplyPaymentOnProviderNotificationReceived implements OutwardConsumer<ProviderNotificationReceived> {
  readonly queue = 'outward';

  constructor(private readonly notifications: ProviderNotificationService) {}

  act({ payload }: ProviderNotificationReceived): Promise<void> {
    return this.notifications.apply(payload.notificationId);
  }
}
