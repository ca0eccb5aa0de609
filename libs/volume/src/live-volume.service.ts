import { Injectable } from '@nestjs/common';
import DataLoader from 'dataloader';
import { Clock, businessDay } from '#libs/kernel';
import { LiveGateway } from '#platform/live';
import { LiveVolumeReader } from './live-volume.reader.js';
import { type LiveDay, type LiveVolume, entryOf, liveVolumeOf, saleOf } from './live-volume.rules.js';
import type { VolumeFactId } from './volume-fact.entity.js';

/** Says that today's figures have moved; whoever watches reads them again. */
export const LIVE_VOLUME_TOPIC = 'volume-live';

/** The latest sales of the city, in Redis: lost with it, and filled again by the next sales. */
const SALES_LIST = '{taoyuan}:live-sales';

/** Nine counties share them, and each viewer is shown twenty. */
const SALES_KEPT_MAX = 200;

/** Facts that one announcement looks through; after a flood the older ones are no news. */
const COUNTED_MAX = 2_000;

/** Today, while it happens: figures from a rollup, the last sales from Redis. Never a look through the facts. */
@Injectable()
export class LiveVolumeService {
  private counted: VolumeFactId[] = [];

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
    this.counted = [...this.counted, ...ids].slice(-COUNTED_MAX);
  }

  /** Tells whoever watches, once for everything noted since the last time. Returns 0: the next announcement may wait. */
  async announce(): Promise<0> {
    if (this.counted.length === 0) return 0;
    const ids = this.counted;
    this.counted = [];
    const sales = await this.reader.salesAmong(ids, businessDay(this.clock.now()));
    if (sales.length > 0) await this.live.prepend(SALES_LIST, sales.map(entryOf), SALES_KEPT_MAX);
    await this.live.publish(LIVE_VOLUME_TOPIC, {});
    return 0;
  }

  /** Today so far. `scope`: division codes, each with everything inside it, or 'ALL'. */
  async today(scope: readonly string[] | 'ALL'): Promise<LiveVolume> {
    const day = businessDay(this.clock.now());
    return liveVolumeOf(day, await this.days.load(day), scope);
  }

  private async read(day: string): Promise<LiveDay> {
    const [figures, entries] = await Promise.all([
      this.reader.rowsOn(day),
      this.live.latest(SALES_LIST, SALES_KEPT_MAX),
    ]);
    const sales = entries.map(saleOf).filter(({ paidAt }) => businessDay(paidAt) === day);
    return { ...figures, sales };
  }
}
