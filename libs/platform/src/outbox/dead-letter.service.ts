import { Injectable } from '@nestjs/common';
import { Clock } from '#libs/kernel';
import { Database } from '#platform/database';
import type { EventId } from './event.js';

export interface DeadLetter {
  readonly consumer: string;
  readonly eventId: EventId;
  readonly eventName: string;
  readonly attempts: number;
  readonly lastError: string | null;
  readonly occurredAt: Date;
}

/** What has not reached a consumer although it should have long ago. */
export interface LateDeliveries {
  /** `relay` for facts that have not even been handed to the queue. */
  readonly consumer: string;
  readonly count: number;
  readonly oldestAt: Date;
}

/** The most that one look or one replay takes. */
const DEAD_LETTERS_MAX = 500;

/** Deliveries that failed too often: shown with their reason, and brought back by hand once that is mended. */
@Injectable()
export class DeadLetterService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  list(): Promise<DeadLetter[]> {
    return this.database.query<DeadLetter>(
      `SELECT i.consumer, i.event_id AS eventId, o.name AS eventName, i.attempts, i.last_error AS lastError, o.occurred_at AS occurredAt
       FROM inbox i JOIN outbox o ON o.id = i.event_id WHERE i.state = 'DEAD' ORDER BY i.queued_at LIMIT ?`,
      [DEAD_LETTERS_MAX],
    );
  }

  /** Sets them waiting since ever, so that the next sweep queues them; returns how many. Doing it twice is harmless. */
  replay(eventId: EventId | null): Promise<number> {
    return this.database.transaction((tx) =>
      tx.write(
        `UPDATE inbox SET state = 'WAITING', queued_at = ? WHERE state = 'DEAD'${eventId ? ' AND event_id = ?' : ''} LIMIT ${DEAD_LETTERS_MAX}`,
        eventId ? [new Date(0), eventId] : [new Date(0)],
      ),
    );
  }

  /** Deliveries and facts that have been under way since before `before`, those of one consumer together; dead ones are not among them. */
  async late(before: Date): Promise<LateDeliveries[]> {
    const rows = await this.database.query<Omit<LateDeliveries, 'count'> & { readonly count: string }>(
      `SELECT i.consumer, COUNT(*) AS count, MIN(o.occurred_at) AS oldestAt
       FROM inbox i JOIN outbox o ON o.id = i.event_id WHERE i.state = 'WAITING' AND o.occurred_at < ? GROUP BY i.consumer
       UNION ALL
       SELECT 'relay', COUNT(*), MIN(occurred_at) FROM outbox WHERE published_at IS NULL AND occurred_at < ? HAVING COUNT(*) > 0`,
      [before, before],
    );
    return rows.map((row) => ({ ...row, count: Number(row.count) }));
  }

  /** For the metrics: how long the oldest undelivered fact has waited, and how many are dead. */
  async backlog(): Promise<{ unpublished: number; waiting: number; dead: number; oldestSeconds: number }> {
    const [row] = await this.database.query<{
      unpublished: string;
      waiting: string;
      dead: string;
      oldest: Date | null;
    }>(
      `SELECT (SELECT COUNT(*) FROM outbox WHERE published_at IS NULL) AS unpublished,
              (SELECT COUNT(*) FROM inbox WHERE state = 'WAITING') AS waiting,
              (SELECT COUNT(*) FROM inbox WHERE state = 'DEAD') AS dead,
              (SELECT MIN(occurred_at) FROM outbox WHERE published_at IS NULL) AS oldest`,
    );
    const oldest = row?.oldest ? (this.clock.now().getTime() - row.oldest.getTime()) / 1000 : 0;
    return {
      unpublished: Number(row?.unpublished ?? 0),
      waiting: Number(row?.waiting ?? 0),
      dead: Number(row?.dead ?? 0),
      oldestSeconds: Math.max(0, oldest),
    };
  }
}
