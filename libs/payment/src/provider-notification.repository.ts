import { Injectable } from '@nestjs/common';
import type { Tx } from '#platform/database';
import {
  type NotificationOutcome,
  ProviderNotification,
  type ProviderNotificationId,
  ProviderSweep,
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

  /** Null before the first round. */
  async sweptUntil(tx: Tx, provider: ProviderSweep['provider']): Promise<Date | null> {
    return (await tx.manager.findOneBy(ProviderSweep, { provider }))?.sweptUntil ?? null;
  }

  /** What was noted of a time that has not come yet. */
  async takeBackSwept(
    tx: Tx,
    provider: ProviderSweep['provider'],
    { after, to }: { readonly after: Date; readonly to: Date },
  ): Promise<void> {
    await tx.write('UPDATE provider_sweep SET swept_until = ? WHERE provider = ? AND swept_until > ?', [
      to,
      provider,
      after,
    ]);
  }

  /** Only ever later: of two rounds at once the slower one must not take back what the other has covered. */
  async setSweptUntil(tx: Tx, provider: ProviderSweep['provider'], until: Date): Promise<void> {
    await tx.write(
      `INSERT INTO provider_sweep (provider, swept_until) VALUES (?, ?)
       ON DUPLICATE KEY UPDATE swept_until = GREATEST(swept_until, ?)`,
      [provider, until, until],
    );
  }
}
