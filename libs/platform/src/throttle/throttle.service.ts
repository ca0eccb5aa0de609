import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Redis } from 'ioredis';
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import { Config, THROTTLE_KINDS, type ThrottleKind, type ThrottleLimits } from '#platform/config';
import { HealthDoor } from '#platform/health';
import { Log } from '#platform/log';
import { addressKey } from './address-key.js';
import { TooManyRequests } from './too-many-requests.js';

/** All limits are of a minute: short enough to wait for, long enough that a page with many questions is not a flood. */
const WINDOW_SECONDS = 60;
/** A Redis that has not counted by then is as good as gone: nobody's purchase waits for a counter. */
const COUNT_MS_MAX = 250;
/** A flood is a line in the log, not a flood of lines. */
const WARN_EVERY_MS = 60_000;

type Whose = 'person' | 'address';

/** Who does something, for the counter. */
export interface Visitor {
  /** Null for nobody. Guests have an id as well, but get a new one whenever they like: what holds them is their address. */
  readonly personId: string | null;
  readonly address: string;
}

/**
 * Counts what everybody does, in Redis, for all processes together. A key that has run out is remembered here until its minute is over, so that
 * a flood costs Redis nothing.
 *
 * When Redis is away, each process counts by itself, to the same limits: a shop that turns everybody away because a counter is missing would do
 * what the flood wants, and one that counts nothing would invite it. Several processes then let through several times as much.
 */
@Injectable()
export class ThrottleService implements OnApplicationShutdown {
  /** Null where nothing is counted: no connection either. */
  readonly limits: ThrottleLimits | null;
  private readonly redis: Redis | null;
  private readonly counters = new Map<string, RateLimiterRedis>();
  private readonly malformed: RateLimiterMemory | null;
  private readonly refused: (labels: { kind: string; whose: string }) => void;
  private warnedAtMs = Number.NEGATIVE_INFINITY;

  constructor(
    config: Config,
    private readonly log: Log,
    health: HealthDoor,
  ) {
    this.limits = config.throttle;
    this.refused = health.counter({
      name: 'taoyuan_throttled_total',
      help: 'What was refused because too much was asked, by kind and by whose limit it was.',
      labels: ['kind', 'whose'],
    });
    this.redis = this.limits === null ? null : connect(config.redisUrl);
    this.redis?.on('error', () => undefined); // Readiness tells; the log need not repeat it every second.
    for (const kind of THROTTLE_KINDS)
      for (const whose of ['person', 'address'] as const) this.prepare(kind, whose);
    const points = this.limits?.MALFORMED.address ?? null;
    this.malformed = points === null ? null : new RateLimiterMemory({ points, duration: WINDOW_SECONDS });
  }

  /**
   * One more of its kind, or a refusal. The person comes first and alone: one who does too much does not use up what their neighbours behind the
   * same address may do.
   */
  async take(kind: ThrottleKind, { personId, address }: Visitor): Promise<void> {
    if (personId !== null) await this.takeOf(kind, 'person', personId);
    await this.takeOf(kind, 'address', addressKey(address));
  }

  /** Counted in this process alone: what is turned away before it runs costs this process and nobody else. */
  async malformedBy(address: string): Promise<void> {
    await this.malformed?.consume(addressKey(address)).catch(() => undefined); // Over the limit: the next one is told.
  }

  /** Throws for whoever has sent too much that could not be read. */
  async assertLegible(address: string): Promise<void> {
    const counted = await this.malformed?.get(addressKey(address));
    if (!counted || counted.consumedPoints <= (this.malformed?.points ?? 0)) return;
    throw this.refusal('MALFORMED', 'address', secondsOf(counted));
  }

  /** What is said of a refusal, wherever it was decided. */
  refusal(kind: ThrottleKind, whose: Whose, retryAfterSeconds: number): TooManyRequests {
    this.refused({ kind, whose });
    const nowMs = process.uptime() * 1_000;
    if (nowMs - this.warnedAtMs >= WARN_EVERY_MS) {
      this.warnedAtMs = nowMs;
      this.log.warn({ kind, whose }, 'somebody asks too much and is refused (said at most once a minute)');
    }
    return new TooManyRequests(kind, retryAfterSeconds);
  }

  async onApplicationShutdown(): Promise<void> {
    this.redis?.disconnect();
  }

  private prepare(kind: ThrottleKind, whose: Whose): void {
    const points = this.limits?.[kind][whose] ?? null;
    if (this.redis === null || points === null) return;
    this.counters.set(
      `${kind} ${whose}`,
      new RateLimiterRedis({
        storeClient: this.redis,
        rejectIfRedisNotReady: true,
        keyPrefix: `throttle:${kind}:${whose}`,
        points,
        duration: WINDOW_SECONDS,
        inMemoryBlockOnConsumed: points + 1,
        insuranceLimiter: new RateLimiterMemory({ points, duration: WINDOW_SECONDS }),
      }),
    );
  }

  private async takeOf(kind: ThrottleKind, whose: Whose, key: string): Promise<void> {
    const counter = this.counters.get(`${kind} ${whose}`);
    if (!counter) return;
    const seconds = await secondsLeft(counter, key);
    if (seconds > 0) throw this.refusal(kind, whose, seconds);
  }
}

function connect(redisUrl: string): Redis {
  return new Redis(redisUrl, {
    enableAutoPipelining: true, // What the fields of a document ask in one tick travels together.
    enableOfflineQueue: false, // A counter that comes later than its request is worth nothing.
    maxRetriesPerRequest: 0,
    commandTimeout: COUNT_MS_MAX,
  });
}

function secondsOf({ msBeforeNext }: RateLimiterRes): number {
  return Math.max(1, Math.ceil(msBeforeNext / 1_000));
}

/** Takes one, and says how long to wait if there was none; 0 where there was. */
async function secondsLeft(counter: RateLimiterRedis, key: string): Promise<number> {
  try {
    await counter.consume(key);
    return 0;
  } catch (error) {
    // The library rejects with the count where it is over; anything else is a fault of ours.
    if (error instanceof RateLimiterRes) return secondsOf(error);
    throw error;
  }
}
