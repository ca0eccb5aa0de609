import type { EventEmitter } from 'node:events';
import { Redis } from 'ioredis';
import mqEmitterRedis, { type MQEmitterRedis } from 'mqemitter-redis';
import { Log } from '#platform/log';

/** Said when something has moved that answers which are kept for a second show: whoever keeps them forgets those. */
export const PUBLIC_MOVED_TOPIC = 'public-moved';

/** Short messages to whoever is looking right now, over Redis, across all processes. May be lost; pages read again when they reconnect. */
export class LiveGateway {
  readonly emitter: MQEmitterRedis;
  private readonly hearing: Redis;
  private readonly saying: Redis;

  constructor(redisUrl: string, log: Log) {
    [this.hearing, this.saying] = [connect(redisUrl), connect(redisUrl)];
    this.emitter = mqEmitterRedis({ subConn: this.hearing, pubConn: this.saying });
    // Without a listener a lost Redis would end the process; it reconnects by itself.
    const { state } = this.emitter as MQEmitterRedis & { readonly state: EventEmitter }; // Missing from its types.
    state.on('error', (error: unknown) => log.fault(error, 'live messages lost Redis; it will reconnect'));
  }

  /** Calls back whenever Redis is there again, the first time included. */
  onBack(listener: () => void): void {
    this.hearing.on('ready', listener);
  }

  publish(topic: string, payload: object): Promise<void> {
    return new Promise((resolve, reject) => {
      this.emitter.emit({ topic, payload }, (error) => (error ? reject(error) : resolve()));
    });
  }

  /** Puts the entries, latest first, before the list's own and forgets what is older than the latest `kept`. */
  async prepend(list: string, entries: readonly string[], kept: number): Promise<void> {
    // One transaction, so that nobody sees the list longer than it may be. LPUSH takes the last one to the head.
    await this.saying
      .multi()
      .lpush(list, ...entries.toReversed())
      .ltrim(list, 0, kept - 1)
      .exec();
  }

  /** The latest of a list; nothing where Redis has lost it, and at once where Redis itself is gone: whoever asks has more to show than this. */
  async latest(list: string, count: number): Promise<string[]> {
    if (this.saying.status !== 'ready') return [];
    // Gone between the two: the same.
    return this.saying.lrange(list, 0, count - 1).catch(() => []);
  }

  /** Puts what is not there yet into a set that is forgotten after a while. */
  async addTo(set: string, members: readonly string[], forMs: number): Promise<void> {
    const results = await this.saying
      .multi()
      .sadd(set, ...members)
      .pexpire(set, forMs)
      .exec();
    for (const [error] of results ?? []) if (error) throw error;
  }

  async hasAny(set: string): Promise<boolean> {
    return this.saying.status === 'ready' && (await this.saying.exists(set)) === 1;
  }

  /** Takes some out of a set, in any order: nobody else is given the same ones. */
  take(set: string, count: number): Promise<string[]> {
    return this.saying.spop(set, count);
  }

  /** True for whoever asks first, until it is over. */
  async claim(key: string, forMs: number): Promise<boolean> {
    return (await this.saying.set(key, '1', 'PX', forMs, 'NX')) === 'OK';
  }

  /** In any order; nothing where Redis has lost it, and null where Redis itself is gone. */
  async membersOf(set: string): Promise<string[] | null> {
    if (this.saying.status !== 'ready') return null;
    // Gone between the two: the same.
    return this.saying.smembers(set).catch(() => null);
  }

  /** Keeps a word for a while; one that is there already stays, unless it is to be overwritten. */
  async keep(key: string, value: string, forMs: number, isOverwritten: boolean): Promise<void> {
    await (isOverwritten
      ? this.saying.set(key, value, 'PX', forMs)
      : this.saying.set(key, value, 'PX', forMs, 'NX'));
  }

  /** Null where it is over, Redis has lost it, or is gone. */
  async kept(key: string): Promise<string | null> {
    if (this.saying.status !== 'ready') return null;
    // Gone between the two: the same.
    return this.saying.get(key).catch(() => null);
  }

  /**
   * Ends the connections itself, since the emitter's own close() drops the promises of its farewells: one that Redis cuts short, because
   * watchers unsubscribe at the same moment, would end the process. Whoever listens is cut off; what is being said is said.
   */
  async close(): Promise<void> {
    this.hearing.disconnect();
    await this.saying.quit().catch(() => this.saying.disconnect()); // Cut short is closed as well.
  }
}

/** Commands of one tick travel together: announcing a burst of orders is one round trip. */
function connect(redisUrl: string): Redis {
  return new Redis(redisUrl, { enableAutoPipelining: true });
}
