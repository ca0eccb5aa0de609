import type { IncomingHttpHeaders } from 'node:http';
import cookie from '@fastify/cookie';
import type { DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { type Message, inLocale, spokenLocale } from '#libs/kernel';
import { AccessTokens } from '#platform/auth';
import { Config, configFromEnvironment } from '#platform/config';
import { Database, tooMuch } from '#platform/database';
import {
  BODY_BYTES_MAX,
  contextOf,
  limitSubscriptions,
  refuseUnfitText,
  refuseUnreadable,
  requestId,
} from '#platform/graphql';
import { HealthDoor } from '#platform/health';
import { Log, enterTrace } from '#platform/log';
import { ThrottleService, mountTurnstile } from '#platform/throttle';
import { mountDesk } from './desk.js';

export const SERVICES = ['storefront', 'merchant', 'settlement'] as const;
export type ServiceName = (typeof SERVICES)[number];

/** One service, as `apps/<service>/src/<service>.module.ts` exports it under its own name, for `main.ts` and for the tests. */
export interface ServiceOptions {
  readonly service: ServiceName;
  readonly module: (config: Config) => DynamicModule;
  /** What runs only in a real process: schedules and workers. Tests drive those by hand. */
  readonly background?: (config: Config) => DynamicModule;
  /** Fastify routes outside Nest: web pages, persisted documents. */
  readonly mount?: (app: NestFastifyApplication) => Promise<void> | void;
}

/** Requests under way get this long after SIGTERM; then connections are cut. */
const DRAIN_MS_MAX = 8_000;

/**
 * A form that another site posts may carry our cookies; it cannot call itself JSON without asking us first, and we never consent.
 * Nest reads url-encoded forms unless they are turned away here.
 */
function isJsonOrEmpty(contentType: string | undefined): boolean {
  return contentType === undefined || /^application\/json\s*(;|$)/i.test(contentType);
}

/** Files are handed in as what a browser does not send elsewhere either without asking first. */
const FILES_PATHS: readonly string[] = ['/files', '/photos', '/bulk-orders', '/sheets', '/sell-throughs'];
const FILE_CONTENT = 'application/octet-stream';

const takesFiles = (path: string) => FILES_PATHS.includes(path.split('?')[0] ?? '');

/** Types are written in any case, and may say more after a semicolon. */
const isFileContent = (contentType: string | undefined) =>
  contentType?.split(';')[0]?.trim().toLowerCase() === FILE_CONTENT;

/** Routes of partners that send thousands of rows at once; everything else is small. */
const BODY_BYTES_MAX_OF: Readonly<Record<string, number>> = { '/intake/batches': 8_000_000 };

/** What the guard asks of plain HTTP, worked out where it is asked. */
function knowsActor(fastify: FastifyInstance, tokens: AccessTokens): void {
  fastify.decorateRequest('actor', {
    getter(this: FastifyRequest) {
      return contextOf(tokens, this, undefined).actor;
    },
  });
}

const NO_JSON: Message = { zh: '请以 application/json 发送', en: 'Send application/json.' };
const NO_FILE: Message = {
  zh: '请以 application/octet-stream 发送文件本身',
  en: 'Send the file itself, as application/octet-stream.',
};

/** A body of ten megabytes comes over a poor line in that time; whoever takes longer only holds a connection. */
const REQUEST_MS_MAX = 120_000;

/** What is said twice is what was said last: a list where a text is expected would reach SQL as a list. */
const parseQuery = (text: string) => Object.fromEntries(new URLSearchParams(text));

/** Prepares an application that only needs to listen; tests use it as it is. */
export async function prepare(
  app: NestFastifyApplication,
  { service, mount }: ServiceOptions,
): Promise<NestFastifyApplication> {
  const fastify = app.getHttpAdapter().getInstance();
  app.useLogger(app.get(Log));
  fastify.addHook('onRequest', (request, reply, done) => {
    const traceId = String(request.id);
    enterTrace({ traceId });
    void reply.header('x-request-id', traceId);
    const contentType = request.headers['content-type'];
    const isForFiles = takesFiles(request.url);
    if (isJsonOrEmpty(contentType) || (isForFiles && isFileContent(contentType))) done();
    else {
      const wanted = isForFiles ? NO_FILE : NO_JSON;
      const message = inLocale(wanted, spokenLocale(request.headers['accept-language']));
      void reply.code(415).send({ errors: [{ message }] });
    }
  });
  fastify.addHook('onRoute', (route) => {
    const bodyLimit = BODY_BYTES_MAX_OF[route.url];
    if (bodyLimit !== undefined) route.bodyLimit = bodyLimit;
    // GraphQL says it in its own form.
    if (!route.url.startsWith('/graphql')) route.errorHandler ??= refuseUnreadable;
  });
  // Handed on as it comes: whoever takes it counts.
  fastify.addContentTypeParser(FILE_CONTENT, (_, payload, done) => done(null, payload));
  await app.register(cookie);
  knowsActor(fastify, new AccessTokens(app.get(Config).authSecret));
  mountTurnstile(fastify, app.get(ThrottleService));
  app.get(HealthDoor).mount(fastify, service);
  await mount?.(app);
  if (!app.get(Config).isProduction) mountDesk(fastify, service);
  await app.init();
  await fastify.ready();
  limitSubscriptions(fastify);
  refuseUnfitText(fastify);
  return app;
}

function rootModule({ module, background }: ServiceOptions, config: Config): DynamicModule {
  const root = module(config);
  return background ? { ...root, imports: [...(root.imports ?? []), background(config)] } : root;
}

export function fastifyAdapter({ trustedProxies }: Pick<Config, 'trustedProxies'>): FastifyAdapter {
  return new FastifyAdapter({
    bodyLimit: BODY_BYTES_MAX,
    genReqId: (request: { headers: IncomingHttpHeaders }) => requestId(request.headers['x-request-id']),
    // Throttling goes by address, so behind a balancer the balancer must be named, or all buyers share one.
    trustProxy: trustedProxies ?? false,
    forceCloseConnections: 'idle',
    requestTimeout: REQUEST_MS_MAX,
    frameworkErrors: refuseUnreadable,
    routerOptions: { querystringParser: parseQuery },
  });
}

/** Honest about what keeps the books from being changed. */
async function warnOfHabit(database: Database, log: Log): Promise<void> {
  const privileges = await tooMuch(database);
  if (privileges.length === 0) return;
  log.warn(
    { privileges },
    'this account may change what is only added to: append-only by habit, not by grant; see DATABASE_MIGRATION_URL',
  );
}

/** Starts one service, and stops it well on SIGTERM or SIGINT: unready, drain, close. */
export async function serve(options: ServiceOptions): Promise<void> {
  let config: Config;
  let root: DynamicModule;
  try {
    config = configFromEnvironment();
    root = rootModule(options, config);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exit(78); // EX_CONFIG
  }
  const app = await NestFactory.create<NestFastifyApplication>(root, fastifyAdapter(config), {
    rawBody: true,
    bufferLogs: true,
    abortOnError: false,
  });
  await prepare(app, options);
  const log = app.get(Log);
  await app.listen(config.ports[options.service], config.host);
  log.info({ url: await app.getUrl() }, `${options.service} is ready`);
  await warnOfHabit(app.get(Database), log);

  let isStopping = false;
  const stop = (signal: string) => {
    if (isStopping) return;
    isStopping = true;
    log.info({ signal }, 'stopping');
    app.get(HealthDoor).drain();
    const cut = setTimeout(() => process.exit(1), DRAIN_MS_MAX);
    app.close().then(
      () => {
        clearTimeout(cut);
        process.exit(0);
      },
      (error: unknown) => {
        log.fault(error, 'could not stop cleanly');
        process.exit(1);
      },
    );
  };
  process.once('SIGTERM', () => stop('SIGTERM'));
  process.once('SIGINT', () => stop('SIGINT'));
}
