import { Clock } from '#libs/kernel';
import { Database, type Tx } from '#platform/database';
import { QueueGateway, type QueueName } from '#platform/queue';
import { type Routes, nameOf } from './consumer.js';
import type { EventId } from './event.js';

/** One round trip's worth; a backlog is worked off round by round. */
const BATCH_MAX = 200;

/** A delivery of many facts is one transaction: enough to save most of its cost, few enough to hold no lock for long. */
const TOGETHER_MAX = 50;

interface Waiting {
  readonly eventId: EventId;
  readonly consumer: string;
  readonly queue: QueueName;
  readonly attempts: number;
}

/** Facts that travel to one consumer together. */
interface Group extends Omit<Waiting, 'eventId'> {
  readonly eventIds: EventId[];
}

/** Carries facts from the outbox to the queue, and what the queue has lost to the queue again. */
export class Relay {
  private readonly takesMany: ReadonlySet<string>;

  constructor(
    private readonly database: Database,
    private readonly queue: QueueGateway,
    private readonly clock: Clock,
    private readonly routes: Routes,
  ) {
    const takesMany = [...routes.values()].flat().filter((consumer) => 'applyAll' in consumer);
    this.takesMany = new Set(takesMany.map((consumer) => nameOf(consumer)));
  }

  /** Publishes one batch; returns how many facts it took. A crash after the commit leaves receipts that the sweeper finds. */
  async publish(): Promise<number> {
    const deliveries: Waiting[] = [];
    const taken = await this.database.transaction(async (tx) => {
      deliveries.length = 0; // The transaction may run again.
      // SKIP LOCKED lets several relays share the work; never "id > last seen", because ids do not commit in order.
      const events = await tx.query<{ id: EventId; name: string }>(
        'SELECT id, name FROM outbox WHERE published_at IS NULL ORDER BY id LIMIT ? FOR UPDATE SKIP LOCKED',
        [BATCH_MAX],
      );
      if (events.length === 0) return 0;
      for (const event of events) {
        for (const consumer of this.routes.get(event.name) ?? []) {
          deliveries.push({
            eventId: event.id,
            consumer: nameOf(consumer),
            queue: consumer.queue,
            attempts: 1,
          });
        }
      }
      const now = this.clock.now();
      const receipts = deliveries.map((delivery) => ({ ...delivery, state: 'WAITING', queuedAt: now }));
      await tx.insert('inbox', receipts);
      await tx.write('UPDATE outbox SET published_at = ? WHERE id IN (?)', [
        now,
        events.map((event) => event.id),
      ]);
      return events.length;
    });
    await this.enqueue(deliveries);
    return taken;
  }

  /** Queues again what has waited longer than `olderThanMs` without a receipt: lost by Redis, or by a crash. */
  async sweep(olderThanMs: number): Promise<number> {
    const now = this.clock.now();
    const before = new Date(now.getTime() - olderThanMs);
    const lost = await this.database.transaction(async (tx) => {
      const rows = await tx.query<Waiting>(
        `SELECT consumer, event_id AS eventId, queue, attempts + 1 AS attempts FROM inbox
         WHERE state = 'WAITING' AND queued_at < ? ORDER BY queued_at LIMIT ? FOR UPDATE SKIP LOCKED`,
        [before, BATCH_MAX],
      );
      for (const row of rows) await this.markQueued(tx, row, now);
      return rows;
    });
    await this.enqueue(lost);
    return lost.length;
  }

  private async markQueued(tx: Tx, waiting: Waiting, now: Date): Promise<void> {
    await tx.write('UPDATE inbox SET queued_at = ?, attempts = ? WHERE consumer = ? AND event_id = ?', [
      now,
      waiting.attempts,
      waiting.consumer,
      waiting.eventId,
    ]);
  }

  private async enqueue(waiting: readonly Waiting[]): Promise<void> {
    await this.queue.add(
      this.grouped(waiting).map(({ eventIds, consumer, queue, attempts }) => ({
        // The attempt is part of the id: Bull silently ignores an id it has seen fail or complete.
        id: `${eventIds[0]}:${consumer}:${attempts}`,
        queue,
        delivery: { consumer, eventIds },
      })),
    );
  }

  /** Facts of one round for the same consumer travel together, if it takes many and has not failed them before. */
  private grouped(waiting: readonly Waiting[]): Group[] {
    const groups: Group[] = [];
    const open = new Map<string, EventId[]>();
    for (const { eventId, ...delivery } of waiting) {
      const together = open.get(delivery.consumer);
      if (together && together.length < TOGETHER_MAX) {
        together.push(eventId);
        continue;
      }
      const eventIds = [eventId];
      groups.push({ ...delivery, eventIds });
      if (delivery.attempts === 1 && this.takesMany.has(delivery.consumer))
        open.set(delivery.consumer, eventIds);
    }
    return groups;
  }
}
