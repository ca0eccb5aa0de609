import { Injectable } from '@nestjs/common';
import { type Page, type PageRequest, pageOf } from '#libs/kernel';
import { Database } from '#platform/database';
import type { ProviderNotification } from './provider-notification.entity.js';

export type ManualNotificationRow = Omit<ProviderNotification, 'provider' | 'body' | 'outcome'>;

/** After every id of a notification, in the order of text. */
const BEHIND_ALL = 'ntf~';

@Injectable()
export class ProviderNotificationReader {
  constructor(private readonly database: Database) {}

  /** What waits for a person, newest first: ids sort by time. */
  async manual({ first, after }: PageRequest): Promise<Page<ManualNotificationRow>> {
    const [last = BEHIND_ALL] = after ?? [];
    const rows = await this.database.query<ManualNotificationRow>(
      `SELECT id, provider_event_id AS providerEventId, type, object_id AS objectId, received_at AS receivedAt
       FROM provider_notification WHERE outcome = 'MANUAL' AND id < ? ORDER BY id DESC LIMIT ?`,
      [last, first + 1],
    );
    return pageOf(rows, first, (row) => [row.id]);
  }
}
