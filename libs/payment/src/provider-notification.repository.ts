import { Injectable } from '@nestjs/common';
import type { Tx } from '#platform/database';
import {
  type NotificationOutcome,
  ProviderNotification,
  type ProviderNotificationId,
} from './provider-notification.entity.js';

@Injectable()
export class ProviderNotificationRepository {
  /** Throws on the unique key when the same notification is here already. */
  async insert(tx: Tx, notification: ProviderNotification): Promise<void> {
    await tx.manager.insert(ProviderNotification, notification);
  }

  byId(tx: Tx, id: ProviderNotificationId): Promise<ProviderNotification | null> {
    return tx.manager.findOneBy(ProviderNotification, { id });
  }

  async setOutcome(tx: Tx, id: ProviderNotificationId, outcome: NotificationOutcome): Promise<void> {
    await tx.manager.update(ProviderNotification, { id }, { outcome });
  }
}
