import { Clock, DomainError } from '#libs/kernel';
import { Database, type Tx } from '#platform/database';
import { Log, withTrace } from '#platform/log';
import type { Delivery } from '#platform/queue';
import { type AnyConsumer, type Routes, nameOf } from './consumer.js';
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

/** Brings one fact to one consumer, and keeps the receipt. */
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
  async deliver({ eventId, consumer: name }: Delivery): Promise<void> {
    const consumer = this.consumers.get(name);
    if (!consumer)
      throw new Error(`No consumer is called ${name}; a route was renamed while deliveries waited.`);
    const [row] = await this.database.query<OutboxRow>(
      'SELECT id, name, payload, trace_id AS traceId, occurred_at AS occurredAt FROM outbox WHERE id = ?',
      [eventId],
    );
    if (!row) throw new Error(`${eventId} is not in the outbox.`);
    const event: Event = { id: row.id, name: row.name, payload: row.payload, occurredAt: row.occurredAt };
    const trace = { traceId: row.traceId ?? eventId, eventId, consumer: name, ...orderIn(row.payload) };
    await withTrace(trace, async () => {
      await this.run(consumer, event);
      this.log.info({ event: event.name }, 'delivered');
    });
  }

  /** Parks what has failed too often; `replay` brings it back. */
  async bury({ eventId, consumer }: Delivery, error: Error): Promise<void> {
    await this.database.transaction(async (tx) => {
      await tx.write(
        "UPDATE inbox SET state = 'DEAD', last_error = ? WHERE consumer = ? AND event_id = ? AND state = 'WAITING'",
        [error.message.slice(0, LAST_ERROR_LENGTH_MAX), consumer, eventId],
      );
    });
    this.log.fault(error, 'a delivery was parked as dead', { eventId, consumer });
  }

  private async run(consumer: AnyConsumer, event: Event): Promise<void> {
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
    // Nobody is there to be refused: a refusal here is a mistake of ours.
    if (refusal instanceof DomainError) throw new Error(`${nameOf(consumer)} was refused: ${refusal.code}`);
  }

  /** The guard and the receipt are one statement; a second delivery waits for the first one's row lock and then matches nothing. */
  private async receive(tx: Tx, consumer: AnyConsumer, event: Event): Promise<boolean> {
    const matched = await tx.write(
      "UPDATE inbox SET state = 'APPLIED', applied_at = ? WHERE consumer = ? AND event_id = ? AND state <> 'APPLIED'",
      [this.clock.now(), nameOf(consumer), event.id],
    );
    return matched === 1;
  }

  private async isWaiting(consumer: AnyConsumer, event: Event): Promise<boolean> {
    const rows = await this.database.query(
      "SELECT 1 FROM inbox WHERE consumer = ? AND event_id = ? AND state <> 'APPLIED'",
      [nameOf(consumer), event.id],
    );
    return rows.length === 1;
  }
}
