import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { InboxService, type Receipt, type Uplink } from '#libs/counter';
import { Clock } from '#libs/kernel';
import { Log } from '#platform/log';
import { type Bucket, FULL, taken } from './lane.rules.js';

/** A lane that nobody has used for so long is forgotten, with what it has left to spend. */
const LANE_KEPT_MS = 60_000;

interface Lane {
  tail: Promise<unknown>;
  waiting: number;
  bucket: Bucket;
}

/**
 * One lane per cabinet: what it says is taken in the order in which it came, one after the other, so that its messages do not queue for
 * their lock on as many connections, and not faster than the rate. Cabinets do not wait for each other.
 */
@Injectable()
export class UplinkConsumer {
  readonly counts = new Map<Receipt | 'FAILED', number>();
  private readonly lanes = new Map<string, Lane>();
  private isOver = false;

  constructor(
    private readonly inbox: InboxService,
    private readonly clock: Clock,
    private readonly log: Log,
  ) {}

  /** Resolves when the effect has been committed; then, and only then, it may be acknowledged. */
  async take(uplink: Uplink, isGone: () => boolean = () => false): Promise<Receipt> {
    return this.inTurn(uplink.cabinetId, async (lane) => {
      const { waitMs, bucket } = taken(lane.bucket, this.clock.now().getTime());
      lane.bucket = bucket;
      if (waitMs > 0) await sleep(waitMs);
      if (isGone() || this.isOver) throw new Error('the line is gone; it will come again');
      try {
        const receipt = await this.inbox.receive(uplink);
        this.count(receipt);
        return receipt;
      } catch (error) {
        this.count('FAILED');
        this.log.fault(
          error,
          'what a cabinet has said could not be taken; it is not acknowledged and will come again',
        );
        throw error;
      }
    });
  }

  /** In turn with what the cabinet says. */
  async inTurn<T>(cabinetId: string, work: (lane: Lane) => Promise<T>): Promise<T> {
    const lane = this.laneOf(cabinetId);
    lane.waiting += 1;
    const before = lane.tail;
    const mine = before.then(() => work(lane));
    lane.tail = mine.catch(() => undefined); // Told to whoever waits for it; the next one goes on.
    try {
      return await mine;
    } finally {
      lane.waiting -= 1;
    }
  }

  /** What has begun is finished; what still waits is not acknowledged and will come again. */
  async close(): Promise<void> {
    this.isOver = true;
    await Promise.all([...this.lanes.values()].map(({ tail }) => tail));
  }

  forgetIdle(): void {
    const before = this.clock.now().getTime() - LANE_KEPT_MS;
    for (const [cabinetId, { waiting, bucket }] of this.lanes)
      if (waiting === 0 && bucket.atMs < before) this.lanes.delete(cabinetId);
  }

  private laneOf(cabinetId: string): Lane {
    const known = this.lanes.get(cabinetId);
    if (known) return known;
    const lane: Lane = { tail: Promise.resolve(), waiting: 0, bucket: FULL(this.clock.now().getTime()) };
    this.lanes.set(cabinetId, lane);
    return lane;
  }

  private count(receipt: Receipt | 'FAILED'): void {
    this.counts.set(receipt, (this.counts.get(receipt) ?? 0) + 1);
  }
}
