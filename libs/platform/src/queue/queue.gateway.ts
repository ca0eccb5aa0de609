/** Queues are cut by pace: money first, volume in bulk, whatever waits for the outside world apart. */
export const QUEUE_NAMES = ['money', 'volume', 'outward'] as const;
export type QueueName = (typeof QUEUE_NAMES)[number];

/** What the queue carries: pointers to facts for one consumer, mostly one. The facts stay in the database. */
export interface Delivery {
  readonly consumer: string;
  readonly eventIds: readonly `evt_${string}`[];
}

export interface QueuedDelivery {
  readonly id: string;
  readonly queue: QueueName;
  readonly delivery: Delivery;
}

/** Each fact of a delivery for itself: what failed together may succeed alone, and what fails alone is buried alone. */
export function takenApart({ queue, delivery: { consumer, eventIds } }: QueuedDelivery): QueuedDelivery[] {
  return eventIds.map((eventId) => ({
    id: `${eventId}:${consumer}:alone`, // Other than any id that the relay gives.
    queue,
    delivery: { consumer, eventIds: [eventId] },
  }));
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
