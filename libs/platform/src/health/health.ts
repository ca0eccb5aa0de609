import { Injectable } from '@nestjs/common';
import type { FastifyInstance } from 'fastify';
import { Redis } from 'ioredis';
import { Registry, collectDefaultMetrics, Counter, Histogram, Gauge } from 'prom-client';
import { Config } from '#platform/config';
import { Database } from '#platform/database';
import { DeadLetterService } from '#platform/outbox';

/** A dependency that has not answered by then counts as down. */
const CHECK_TIMEOUT_MS = 1_500;

function inTime<T>(work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('timed out')), CHECK_TIMEOUT_MS);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

async function stateOf(check: Promise<unknown>): Promise<'up' | 'down'> {
  return inTime(check).then(
    () => 'up',
    () => 'down' as const,
  );
}

export interface Measure {
  readonly name: string;
  readonly help: string;
  readonly labels: readonly string[];
  readonly collect: () => Promise<
    readonly { readonly labels: Readonly<Record<string, string>>; readonly value: number }[]
  >;
}

/** Liveness, readiness and metrics: plain routes, outside GraphQL and outside the guard. */
@Injectable()
export class HealthDoor {
  private readonly redis: Redis;
  private readonly registry = new Registry();
  private isDraining = false;

  constructor(
    config: Config,
    private readonly database: Database,
    private readonly deadLetters: DeadLetterService,
  ) {
    this.redis = new Redis(config.redisUrl, { lazyConnect: true, maxRetriesPerRequest: 1 });
    this.redis.on('error', () => undefined); // Readiness tells; the log need not repeat it every second.
  }

  mount(app: FastifyInstance, service: string): void {
    this.registry.setDefaultLabels({ service });
    collectDefaultMetrics({ register: this.registry });
    const duration = new Histogram({
      name: 'http_request_duration_seconds',
      help: 'How long requests took.',
      labelNames: ['method', 'route', 'status'],
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
      registers: [this.registry],
    });
    this.backlogGauge();
    this.gauge({
      name: 'taoyuan_questions_beside',
      help: 'Questions asked beside an open transaction since the start.',
      labels: [],
      collect: async () => [{ labels: {}, value: this.database.askedBeside }],
    });
    app.addHook('onResponse', async (request, reply) => {
      const labels = {
        method: request.method,
        route: request.routeOptions.url ?? 'none',
        status: String(reply.statusCode),
      };
      duration.observe(labels, reply.elapsedTime / 1000);
    });
    app.get('/health/live', async () => ({ status: 'up' }));
    app.get('/health/ready', async (_, reply) => {
      const [database, redis] = await Promise.all([
        stateOf(this.database.query('SELECT 1')),
        stateOf(this.redis.ping()),
      ]);
      const isReady = database === 'up' && redis === 'up' && !this.isDraining;
      return reply
        .code(isReady ? 200 : 503)
        .send({ status: isReady ? 'up' : 'down', database, redis, isDraining: this.isDraining });
    });
    app.get('/metrics', async (_, reply) =>
      reply.type(this.registry.contentType).send(await this.registry.metrics()),
    );
  }

  /** From now on the load balancer sends no one here. */
  drain(): void {
    this.isDraining = true;
  }

  close(): void {
    this.redis.disconnect();
  }

  /** Measures of a context, asked for whenever somebody reads /metrics. */
  gauge({ name, help, labels, collect }: Measure): void {
    const gauge = new Gauge({
      name,
      help,
      labelNames: [...labels],
      registers: [this.registry],
      async collect() {
        for (const { labels: of, value } of await collect()) gauge.set(of, value);
      },
    });
  }

  /** A count of a part of the platform, which only grows; the answer adds one. */
  counter({ name, help, labels }: Omit<Measure, 'collect'>): (of: Readonly<Record<string, string>>) => void {
    const counter = new Counter({ name, help, labelNames: [...labels], registers: [this.registry] });
    return (of) => counter.inc(of);
  }

  private backlogGauge(): void {
    this.gauge({
      name: 'taoyuan_deliveries',
      help: 'Facts and deliveries by state: unpublished, waiting, dead; and the age of the oldest unpublished fact in seconds.',
      labels: ['state'],
      collect: async () =>
        Object.entries(await this.deadLetters.backlog()).map(([state, value]) => ({
          labels: { state },
          value,
        })),
    });
  }
}
