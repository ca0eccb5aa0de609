import Bull from 'bull';
import { Redis } from 'ioredis';
import { Log } from '#platform/log';
import {
  type Delivery,
  QUEUE_NAMES,
  QueueGateway,
  type QueueName,
  type QueueWorker,
  type QueuedDelivery,
  takenApart,
} from './queue.gateway.js';

/** With the exponential backoff below, eight attempts span about two minutes; then a person looks. */
const ATTEMPTS_MAX = 8;
const BACKOFF_MS = 500;

/** Outward calls wait for the network, so more of them may be under way; money is bounded by the pool. */
const CONCURRENCY: Record<QueueName, number> = { money: 4, volume: 2, outward: 8 };

/** Bull 4 on Redis. The hash tag keeps a queue's keys on one slot, should Redis ever be a cluster. */
export class BullQueue extends QueueGateway {
  private readonly queues: Record<QueueName, Bull.Queue<Delivery>>;
  private readonly client: Redis;
  private readonly subscriber: Redis;

  constructor(
    private readonly redisUrl: string,
    private readonly log: Log,
  ) {
    super();
    this.client = this.connect();
    this.subscriber = this.connect();
    const open = (name: QueueName) =>
      new Bull<Delivery>(name, {
        prefix: '{taoyuan}',
        createClient: (type) =>
          type === 'client' ? this.client : type === 'subscriber' ? this.subscriber : this.connect(),
        settings: {
          lockDuration: 60_000, // Longer than any consumer may take, so that none runs twice because it was slow.
          lockRenewTime: 15_000,
          stalledInterval: 15_000,
          maxStalledCount: 3, // A crashed worker's delivery is taken up again; past that the sweeper does it.
        },
        defaultJobOptions: {
          attempts: ATTEMPTS_MAX,
          backoff: { type: 'exponential', delay: BACKOFF_MS },
          removeOnComplete: true,
          removeOnFail: { age: 7 * 24 * 3600, count: 10_000 },
        },
      });
    this.queues = { money: open('money'), volume: open('volume'), outward: open('outward') };
    for (const queue of Object.values(this.queues)) {
      queue.on('error', (error) => this.log.fault(error, 'the queue lost Redis; it will reconnect'));
    }
  }

  async add(deliveries: readonly QueuedDelivery[]): Promise<void> {
    for (const name of QUEUE_NAMES) {
      const jobs = deliveries
        .filter(({ queue }) => queue === name)
        .map(({ id, delivery }) => ({ data: delivery, opts: { jobId: id } }));
      if (jobs.length > 0) await this.queues[name].addBulk(jobs);
    }
  }

  work(worker: QueueWorker): void {
    for (const name of QUEUE_NAMES) {
      const queue = this.queues[name];
      const started = queue.process(CONCURRENCY[name], (job) =>
        this.deliver(worker, { id: String(job.id), queue: name, delivery: job.data }),
      );
      started.catch((error: unknown) => this.log.fault(error, `the worker of queue ${name} stopped`));
      queue.on('failed', (job, error) => {
        if (job.attemptsMade < ATTEMPTS_MAX) {
          this.log.warn(
            { ...job.data, attempt: job.attemptsMade, err: error },
            'a delivery failed and will be tried again',
          );
          return;
        }
        worker
          .bury(job.data, error)
          .catch((fault: unknown) => this.log.fault(fault, 'a dead delivery could not be parked'));
      });
    }
  }

  /** Waits for deliveries under way, then lets go of Redis. */
  async close(): Promise<void> {
    await Promise.all(Object.values(this.queues).map((queue) => queue.close()));
    this.client.disconnect();
    this.subscriber.disconnect();
  }

  private async deliver(worker: QueueWorker, queued: QueuedDelivery): Promise<void> {
    const { consumer, eventIds } = queued.delivery;
    if (eventIds.length === 1) return worker.deliver(queued.delivery);
    try {
      await worker.deliver(queued.delivery);
    } catch (error) {
      this.log.warn(
        { consumer, count: eventIds.length, err: error },
        'failed together; each is brought alone',
      );
      await this.add(takenApart(queued));
    }
  }

  private connect(): Redis {
    // Bull requires both switches off; commands wait for Redis to come back instead of failing.
    return new Redis(this.redisUrl, { maxRetriesPerRequest: null, enableReadyCheck: false });
  }
}
