/** Queues are cut by pace: money first, volume in bulk, whatever waits for the outside world apart. */
export const QUEUE_NAMES = ['money', 'volume', 'outward'] as const;
export type QueueName = (typeof QUEUE_NAMES)[number];

/** What the queue carries: a pointer. The fact stays in the database. */
export interface Delivery {
  readonly eventId: `evt_${string}`;
  readonly consumer: string;
}

export interface QueuedDelivery {
  readonly id: string;
  readonly queue: QueueName;
  readonly delivery: Delivery;
}

export interface QueueWorker {
  deliver(delivery: Delivery): Promise<void>;
  /** Called once per delivery, after its last attempt has failed. */
  bury(delivery: Delivery, error: Error): Promise<void>;
}

/** A queue that may lose or double what it is given: the database is the record. */
export abstract class QueueGateway {
  abstract add(deliveries: readonly QueuedDelivery[]): Promise<void>;
  abstract work(worker: QueueWorker): void;
  abstract close(): Promise<void>;
}
