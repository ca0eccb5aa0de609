import { Clock, DomainError, present } from '#libs/kernel';
import { Database, type Tx } from '#platform/database';
import { Log, withTrace } from '#platform/log';
import type { Delivery } from '#platform/queue';
import {
  type AnyConsumer,
  type BatchConsumer,
  type Consumer,
  type OutwardConsumer,
  type Routes,
  nameOf,
} from './consumer.js';
import type { Event, EventId } from './event.js';

const LAST_ERROR_LENGTH_MAX = 500;

interface OutboxRow {
  readonly id: EventId;
  readonly name: string;
  readonly payload: object;
  readonly traceId: string | null;
  readonly occurredAt: Date;
}

/** Most facts are about an order; then whoever reads the log can ask for all of its lines. */
function orderIn(payload: object): { readonly orderId?: string } {
  return 'orderId' in payload && typeof payload.orderId === 'string' ? { orderId: payload.orderId } : {};
}

/** Brings facts to a consumer, and keeps the receipts. */
export class Dispatcher {
  private readonly consumers: ReadonlyMap<string, AnyConsumer>;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly log: Log,
    routes: Routes,
  ) {
    this.consumers = new Map([...routes.values()].flat().map((consumer) => [nameOf(consumer), consumer]));
  }

  /** Throws when the consumer fails, so that the queue tries again. */
  async deliver({ eventIds, consumer: name }: Delivery): Promise<void> {
    const consumer = this.consumers.get(name);
    if (!consumer)
      throw new Error(`No consumer is called ${name}; a route was renamed while deliveries waited.`);
    const rows = await this.database.query<OutboxRow>(
      'SELECT id, name, payload, trace_id AS traceId, occurred_at AS occurredAt FROM outbox WHERE id IN (?) ORDER BY id',
      [eventIds],
    );
    if (rows.length < eventIds.length)
      throw new Error(`Not all of ${eventIds.join(', ')} are in the outbox.`);
    const events = rows.map(({ id, name: event, payload, occurredAt }) => ({
      id,
      name: event,
      payload,
      occurredAt,
    }));
    const traces = rows.map(({ id, payload, traceId }) => ({
      traceId: traceId ?? id,
      eventId: id,
      consumer: name,
      ...orderIn(payload),
    }));
    // Facts that travel together are worked on under the first one's trace, and each is logged under its own.
    await withTrace(present(traces[0], 'a fact'), () => this.run(consumer, events));
    for (const [index, trace] of traces.entries()) {
      await withTrace(trace, async () => this.log.info({ event: events[index]?.name }, 'delivered'));
    }
  }

  /** Parks what has failed too often; `replay` brings it back. */
  async bury({ eventIds, consumer }: Delivery, error: Error): Promise<void> {
    await this.database.transaction(async (tx) => {
      await tx.write(
        "UPDATE inbox SET state = 'DEAD', last_error = ? WHERE consumer = ? AND event_id IN (?) AND state = 'WAITING'",
        [error.message.slice(0, LAST_ERROR_LENGTH_MAX), consumer, eventIds],
      );
    });
    this.log.fault(error, 'a delivery was parked as dead', { eventIds, consumer });
  }

  private async run(consumer: AnyConsumer, events: readonly Event[]): Promise<void> {
    if ('applyAll' in consumer) return this.runTogether(consumer, events);
    for (const event of events) await this.runAlone(consumer, event);
  }

  private async runAlone(consumer: Consumer | OutwardConsumer, event: Event): Promise<void> {
    if ('act' in consumer) {
      if (!(await this.isWaiting(consumer, event))) return;
      await consumer.act(event);
      await this.database.transaction((tx) => this.receive(tx, consumer, event));
      return;
    }
    const refusal = await this.database.transaction(async (tx): Promise<unknown> => {
      const isFirst = await this.receive(tx, consumer, event);
      return isFirst ? consumer.apply(tx, event) : undefined;
    });
    assertUnrefused(consumer, refusal);
  }

  private async runTogether(consumer: BatchConsumer, events: readonly Event[]): Promise<void> {
    const refusal = await this.database.transaction(async (tx): Promise<unknown> => {
      const fresh = await this.receiveAll(tx, consumer, events);
      return fresh.length > 0 ? consumer.applyAll(tx, fresh) : undefined;
    });
    assertUnrefused(consumer, refusal);
  }

  /** The guard and the receipt are one statement; a second delivery waits for the first one's row lock and then matches nothing. */
  private async receive(tx: Tx, consumer: AnyConsumer, event: Event): Promise<boolean> {
    const matched = await tx.write(
      "UPDATE inbox SET state = 'APPLIED', applied_at = ? WHERE consumer = ? AND event_id = ? AND state <> 'APPLIED'",
      [this.clock.now(), nameOf(consumer), event.id],
    );
    return matched === 1;
  }

  /** Those that nobody has received yet; for one it costs one statement, for many two, locked in the order of their ids. */
  private async receiveAll(tx: Tx, consumer: BatchConsumer, events: readonly Event[]): Promise<Event[]> {
    const [only, ...others] = events;
    if (only && others.length === 0) return (await this.receive(tx, consumer, only)) ? [only] : [];
    const ids = events.map(({ id }) => id);
    const rows = await tx.query<{ id: EventId }>(
      "SELECT event_id AS id FROM inbox WHERE consumer = ? AND event_id IN (?) AND state <> 'APPLIED' ORDER BY event_id FOR UPDATE",
      [nameOf(consumer), ids],
    );
    const waiting = new Set(rows.map(({ id }) => id));
    if (waiting.size === 0) return [];
    await tx.write(
      "UPDATE inbox SET state = 'APPLIED', applied_at = ? WHERE consumer = ? AND event_id IN (?)",
      [this.clock.now(), nameOf(consumer), [...waiting]],
    );
    return events.filter(({ id }) => waiting.has(id));
  }

  private async isWaiting(consumer: AnyConsumer, event: Event): Promise<boolean> {
    const rows = await this.database.query(
      "SELECT 1 FROM inbox WHERE consumer = ? AND event_id = ? AND state <> 'APPLIED'",
      [nameOf(consumer), event.id],
    );
    return rows.length === 1;
  }
}

/** Nobody is there to be refused: a refusal here is a mistake of ours. */
function assertUnrefused(consumer: AnyConsumer, refusal: unknown): void {
  if (refusal instanceof DomainError) throw new Error(`${nameOf(consumer)} was refused: ${refusal.code}`);
}
