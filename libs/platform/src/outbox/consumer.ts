import type { Tx } from '#platform/database';
import type { QueueName } from '#platform/queue';
import type { Event } from './event.js';

/**
 * One fact, one transaction. Delivery is at least once, in any order, from any number of workers; the receipt is written in
 * the same transaction as the effect, so the effect happens once. Throwing tries again later.
 */
export interface Consumer<E extends Event = Event> {
  readonly queue: QueueName;
  apply(tx: Tx, event: E): Promise<void>;
}

/**
 * Facts of one kind, as many as have come together, in one transaction: for what happens hundreds of times a second. They come in
 * any order and are independent of each other. If they fail together, each is brought alone.
 */
export interface BatchConsumer<E extends Event = Event> {
  readonly queue: Exclude<QueueName, 'outward'>;
  applyAll(tx: Tx, events: readonly E[]): Promise<void>;
}

/**
 * One fact, one act in the outside world, with no transaction open. It may be done again after a crash, so the act must
 * carry its own idempotency key.
 */
export interface OutwardConsumer<E extends Event = Event> {
  readonly queue: 'outward';
  act(event: E): Promise<void>;
}

export type AnyConsumer<E extends Event = Event> = Consumer<E> | BatchConsumer<E> | OutwardConsumer<E>;

/** Who is woken by each fact; consumers are known by their class names, which are therefore part of the stored data. */
export type Routes = ReadonlyMap<string, readonly AnyConsumer[]>;

export function nameOf(consumer: AnyConsumer): string {
  return consumer.constructor.name;
}
