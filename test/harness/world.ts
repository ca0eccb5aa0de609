import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Type } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { GuestService } from '#libs/identity';
import { Clock, type IdOf, newId, present } from '#libs/kernel';
import { LedgerReader } from '#libs/ledger';
import { AccessTokens, type Grant } from '#platform/auth';
import { Config } from '#platform/config';
import { Database } from '#platform/database';
import { Dispatcher, Relay } from '#platform/outbox';
import { QueueGateway } from '#platform/queue';
import { type ServiceName, type ServiceOptions, fastifyAdapter, prepare } from '#platform/service';
import { merchant } from '../../apps/merchant/src/merchant.module.js';
import { settlement } from '../../apps/settlement/src/settlement.module.js';
import { storefront } from '../../apps/storefront/src/storefront.module.js';
import { type RunningSandbox, startSandbox } from '../../apps/stripe-sandbox/src/sandbox.js';
import { Client } from './client.js';
import { FakeClock } from './clock.js';
import { type TestDatabase, createTestDatabase, redisUrl } from './database.js';
import { InlineQueue } from './inline-queue.js';
import { AUTH_SECRET, DATA_KEYS, SIGNING_KEY, WEBHOOK_SECRET } from './secrets.js';

const SERVICES: Record<ServiceName, ServiceOptions> = { storefront, merchant, settlement };

/** Facts cause facts; a chain longer than this is a loop. */
const SETTLE_ROUNDS_MAX = 20;

export interface Person {
  readonly userId: IdOf<'usr'>;
  readonly token: string;
}

export interface WorldOptions {
  readonly services: readonly ServiceName[];
  /** Starts the Stripe sandbox and points the payment gateway at it. */
  readonly withSandbox?: boolean;
  /** Settings other than a spec's usual ones. */
  readonly settings?: Readonly<Record<string, string>>;
}

/** One pool for all services: another costs as much as a service. Each knows its own transactions only, and leaves the pool to the others when it stops. */
function lent({ dataSource }: Database): Database {
  const database = new Database(dataSource);
  return Object.assign(database, { close: () => database.settled() });
}

/** The services a spec needs, in this process, over a database of their own, with a clock that stands still. */
export class World {
  private constructor(
    readonly database: Database,
    readonly clock: FakeClock,
    readonly queue: InlineQueue,
    readonly config: Config,
    private readonly apps: Map<ServiceName, NestFastifyApplication>,
    private readonly sandboxOrNull: RunningSandbox | null,
    private readonly test: TestDatabase,
  ) {}

  /** For specs that clear tables, or tamper on purpose. */
  get asOwner(): TestDatabase['asOwner'] {
    return this.test.asOwner;
  }

  get clear(): TestDatabase['clear'] {
    return this.test.clear;
  }

  static async start({ services, withSandbox = false, settings = {} }: WorldOptions): Promise<World> {
    const test = await createTestDatabase();
    const clock = new FakeClock();
    const queue = new InlineQueue();
    // Webhooks are handed over by `deliverWebhooks`, so that a spec decides when and how often.
    const sandbox = withSandbox
      ? await startSandbox({ port: 0, webhookSecret: WEBHOOK_SECRET, webhookUrl: null })
      : null;
    const config = new Config({
      NODE_ENV: 'test',
      DATABASE_URL: test.url,
      REDIS_URL: redisUrl(),
      AUTH_SECRET,
      DATA_KEYS,
      LEDGER_SIGNING_KEY: SIGNING_KEY,
      LEDGER_ORIGIN: 'taoyuan.test',
      PLATFORM_NAME: '桃源平台',
      PLATFORM_CREDIT_CODE: '91430200MA00000000',
      STRIPE_SECRET_KEY: 'sk_test_sandbox',
      STRIPE_WEBHOOK_SECRET: WEBHOOK_SECRET,
      STRIPE_API_URL: sandbox?.url,
      FILES_DIR: join(tmpdir(), `files-of-${test.name}`),
      THROTTLE: 'off', // A spec asks more in a second than a person in a minute.
      LOG_LEVEL: process.env['LOG_LEVEL'] ?? 'fatal',
      ...settings,
    });
    const apps = new Map<ServiceName, NestFastifyApplication>();
    for (const service of services) {
      const options = SERVICES[service];
      const testing = await Test.createTestingModule({ imports: [options.module(config)] })
        .overrideProvider(Clock)
        .useValue(clock)
        .overrideProvider(QueueGateway)
        .useValue(queue)
        .overrideProvider(Database)
        .useValue(lent(test.database))
        .compile();
      const app = testing.createNestApplication<NestFastifyApplication>(fastifyAdapter(config), {
        rawBody: true,
        bufferLogs: true,
      });
      apps.set(service, await prepare(app, options));
    }
    return new World(test.database, clock, queue, config, apps, sandbox, test);
  }

  client(service: ServiceName): Client {
    return new Client(this.app(service));
  }

  /** A provider of any started service: for makers, which call services and never tables. */
  get<T>(type: Type<T> | (abstract new (...args: never[]) => T)): T {
    for (const app of this.apps.values()) {
      try {
        return app.get<T>(type, { strict: false });
      } catch {
        // Not in this service; the next one may have it.
      }
    }
    throw new Error(`${type.name} is in none of the started services.`);
  }

  app(service: ServiceName): NestFastifyApplication {
    const app = this.apps.get(service);
    if (!app) throw new Error(`This world was started without ${service}.`);
    return app;
  }

  get sandbox(): RunningSandbox {
    if (!this.sandboxOrNull) throw new Error('This world was started without the sandbox.');
    return this.sandboxOrNull;
  }

  /** Somebody who is signed in, with the given roles. */
  person(...grants: readonly Grant[]): Person {
    return this.personOf(newId('usr'), ...grants);
  }

  /** Somebody who has not said who they are. */
  guest(): Person {
    const guests = this.get(GuestService);
    const { token } = guests.start(null);
    return { userId: present(guests.guestOf(token), 'a guest'), token };
  }

  /** The same, of somebody who is on a register. */
  personOf(userId: IdOf<'usr'>, ...grants: readonly Grant[]): Person {
    const token = new AccessTokens(AUTH_SECRET).sign({ userId, sessionId: newId('ses'), grants });
    return { userId, token };
  }

  /** Relay and consumers, until no fact is left on its way. A consumer that keeps failing fails the test. */
  async settle(): Promise<void> {
    const relay = this.get(Relay);
    const dispatcher = this.get(Dispatcher);
    let failure: Error | null = null;
    for (let round = 0; round < SETTLE_ROUNDS_MAX; round += 1) {
      const published = await relay.publish();
      if (published === 0 && this.queue.length === 0) return;
      failure = await this.queue.drain(dispatcher);
    }
    throw new Error('Facts do not come to rest', { cause: failure });
  }

  /** Whatever a spec has done: the books balance, and every kept balance is what its transfers make. */
  private async assertBooksBalance(): Promise<void> {
    if (!this.apps.has('settlement')) return;
    const ledger = this.get(LedgerReader);
    expect((await ledger.trialBalance()).differenceFen).toBe(0n);
    expect(await ledger.disagreements()).toEqual([]);
  }

  async close(): Promise<void> {
    try {
      await this.assertBooksBalance();
    } finally {
      for (const app of this.apps.values()) await app.close();
      // A closed world is still held by its spec's cases, until the whole shelf is through.
      this.apps.clear();
      await this.sandboxOrNull?.close();
      await rm(this.config.filesDirectory, { recursive: true, force: true });
      await this.test.drop();
    }
  }
}
