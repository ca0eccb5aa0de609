import { Injectable } from '@nestjs/common';
import DataLoader from 'dataloader';
import { Clock, DAY_MS, MINUTE_MS, businessDay } from '#libs/kernel';
import { LiveGateway } from '#platform/live';
import { LiveVolumeReader } from './live-volume.reader.js';
import {
  type LiveDay,
  type LiveOrder,
  type LiveVolume,
  MINUTE_GRACE_MS,
  type OrderCount,
  entryOf,
  liveVolumeOf,
  memberOf,
  minuteOf,
  orderCountsOf,
  saleOf,
  wholeMinuteAt,
} from './live-volume.rules.js';
import type { VolumeFactId } from './volume-fact.entity.js';

/** Says that today's figures have moved; whoever watches reads them again. */
export const LIVE_VOLUME_TOPIC = 'volume-live';

/** The latest sales of the city, in Redis: lost with it, and filled again by the next sales. */
const SALES_LIST = '{taoyuan}:live-sales';

/** Nine counties share them, and each viewer is shown twenty. */
const SALES_KEPT_MAX = 200;

/** Orders of a minute, each with a county of what was paid for in it. */
const ORDERS_SET = '{taoyuan}:live-orders:';

/** Since when the orders of a day are counted without a gap; a minute that began before is not known. Lost with the counts, so it never vouches for lost ones. */
const COUNTED_SINCE = '{taoyuan}:live-orders-since:';

/** Longer than any minute is asked for. */
const ORDERS_KEPT_MS = 10 * MINUTE_MS;

/** How soon a loss of Redis, or a queue that does not move, is noticed; until then nothing vouches either. */
const LOOK_EVERY_MS = 5_000;

/** Facts that one announcement looks through; after a flood the older ones are no news. */
const COUNTED_MAX = 2_000;

/** Today, while it happens: figures from a rollup, the last sales from Redis. Never a look through the facts. */
@Injectable()
export class LiveVolumeService {
  private counted: VolumeFactId[] = [];
  /** Something was or may have been counted that is in no minute: at the start whatever another process had noted when it died. */
  private isGap = true;
  private lookedAt = new Date(0);

  /** Everybody hears of a change at once and asks at once; all who ask in one turn share one read. */
  private readonly days = new DataLoader<string, LiveDay>(
    async (days) => {
      const read = new Map<string, Promise<LiveDay>>();
      for (const day of days) if (!read.has(day)) read.set(day, this.read(day));
      return Promise.all(days.map((day) => read.get(day) ?? this.read(day)));
    },
    { cache: false },
  );

  constructor(
    private readonly reader: LiveVolumeReader,
    private readonly live: LiveGateway,
    private readonly clock: Clock,
  ) {}

  /** What the rollups have just counted. Kept in memory: a process that dies here leaves a gap in the feed, none in the figures. */
  note(ids: readonly VolumeFactId[]): void {
    const noted = [...this.counted, ...ids];
    if (noted.length > COUNTED_MAX) this.isGap = true;
    this.counted = noted.slice(-COUNTED_MAX);
  }

  /** Tells whoever watches, once for everything noted since the last time. Returns 0: the next announcement may wait. */
  async announce(): Promise<0> {
    await this.vouch();
    if (this.counted.length === 0) return 0;
    const ids = this.counted;
    this.counted = [];
    try {
      const sold = await this.reader.salesAmong(ids, businessDay(this.clock.now()));
      await this.countOrders(sold.map(({ order }) => order));
      const entries = sold.map(({ sale }) => entryOf(sale));
      if (entries.length > 0) await this.live.prepend(SALES_LIST, entries, SALES_KEPT_MAX);
      await this.live.publish(LIVE_VOLUME_TOPIC, {});
    } catch (error) {
      // What was noted is gone: no minute up to now is known.
      this.isGap = true;
      throw error;
    }
    return 0;
  }

  /** Says from when on minutes are counted whole: a new day, lost keys, a gap or a queue that does not move begin anew. */
  private async vouch(): Promise<void> {
    const now = this.clock.now();
    const isNewDay = businessDay(now) !== businessDay(this.lookedAt);
    if (!isNewDay && now.getTime() - this.lookedAt.getTime() < LOOK_EVERY_MS && !this.isGap) return;
    const waiting = await this.reader.waitingSince();
    const isLate = waiting !== null && now.getTime() - waiting.getTime() > MINUTE_GRACE_MS;
    await this.live.keep(sinceKey(now), now.toISOString(), DAY_MS, this.isGap || isLate);
    this.isGap = false;
    this.lookedAt = now;
  }

  private async countOrders(orders: readonly LiveOrder[]): Promise<void> {
    const minutes = new Map<string, string[]>();
    for (const order of orders) {
      const key = setKey(minuteOf(order.paidAt));
      minutes.set(key, [...(minutes.get(key) ?? []), memberOf(order)]);
    }
    // What is late by more than they are kept is nobody's minute any more, and forgets itself.
    for (const [key, members] of minutes) await this.live.addTo(key, members, ORDERS_KEPT_MS);
  }

  private async ordersAt(minute: Date): Promise<OrderCount[] | null> {
    const [since, members] = await Promise.all([
      this.live.kept(sinceKey(minute)),
      this.live.membersOf(setKey(minute)),
    ]);
    const isKnown = since !== null && new Date(since) <= minute;
    return isKnown && members !== null ? orderCountsOf(members) : null;
  }

  /** Today so far. `scope`: division codes, each with everything inside it, or 'ALL'. */
  async today(scope: readonly string[] | 'ALL'): Promise<LiveVolume> {
    const day = businessDay(this.clock.now());
    return liveVolumeOf(day, await this.days.load(day), scope);
  }

  private async read(day: string): Promise<LiveDay> {
    const ordersMinuteAt = wholeMinuteAt(this.clock.now());
    const [figures, entries, orders] = await Promise.all([
      this.reader.rowsOn(day),
      this.live.latest(SALES_LIST, SALES_KEPT_MAX),
      this.ordersAt(ordersMinuteAt),
    ]);
    const sales = entries.map(saleOf).filter(({ paidAt }) => businessDay(paidAt) === day);
    return { ...figures, sales, orders, ordersMinuteAt };
  }
}

function sinceKey(at: Date): string {
  return `${COUNTED_SINCE}${businessDay(at)}`;
}

function setKey(minute: Date): string {
  return `${ORDERS_SET}${minute.toISOString()}`;
}
