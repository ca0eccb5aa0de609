import { QueueGateway, type QueueWorker, type QueuedDelivery, takenApart } from '#platform/queue';

/**
 * A queue in memory, worked off by `settle()`. What it holds may be lost with `lose()`, as Redis may. Unless it is told to keep facts
 * together, each is delivered alone, so that a spec can look between them.
 */
export class InlineQueue extends QueueGateway {
  private waiting: QueuedDelivery[] = [];

  constructor(private readonly keepsTogether = false) {
    super();
  }

  async add(deliveries: readonly QueuedDelivery[]): Promise<void> {
    this.waiting.push(...(this.keepsTogether ? deliveries : deliveries.flatMap(apart)));
  }

  work(): void {
    // Tests deliver by hand.
  }

  async close(): Promise<void> {
    this.waiting = [];
  }

  get length(): number {
    return this.waiting.length;
  }

  lose(): void {
    this.waiting = [];
  }

  /** Takes one out of the row, wherever it stands; a worker that dies with it loses it, one that fails puts it back. */
  take(index: number): QueuedDelivery | null {
    return this.waiting.splice(index, 1)[0] ?? null;
  }

  /** Delivers everything once, in order; what throws is put back and the first error is returned. */
  async drain(worker: QueueWorker): Promise<Error | null> {
    const batch = this.waiting;
    this.waiting = [];
    let first: Error | null = null;
    for (const queued of batch) {
      try {
        await worker.deliver(queued.delivery);
      } catch (error) {
        this.waiting.push(...apart(queued));
        if (queued.delivery.eventIds.length > 1) continue;
        first ??= error instanceof Error ? error : new Error(String(error));
      }
    }
    return first;
  }
}

function apart(queued: QueuedDelivery): QueuedDelivery[] {
  return queued.delivery.eventIds.length > 1 ? takenApart(queued) : [queued];
}
