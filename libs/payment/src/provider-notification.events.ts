import { newEvent } from '#platform/outbox';
import type { ProviderNotificationId } from './provider-notification.entity.js';

export function providerNotificationReceived(notificationId: ProviderNotificationId, now: Date) {
  return newEvent('provider_notification.received', { notificationId }, now);
}

export type ProviderNotificationReceived = ReturnType<typeof providerNotificationReceived>;
