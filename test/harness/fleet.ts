import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { present } from '#libs/kernel';
import { AccessTokens, type Grant } from '#platform/auth';
import { newId } from '#libs/kernel';
import { createTestDatabase, redisUrl, type TestDatabase } from './database.js';
import { AUTH_SECRET, DATA_KEYS, WEBHOOK_SECRET } from './secrets.js';

const NAMES = ['storefront', 'merchant', 'settlement', 'stripe-sandbox'] as const;
export type ProcessName = (typeof NAMES)[number];

const READY_MS_MAX = 90_000; // A limit, not a wait: four services start at once, and other specs run meanwhile.

/** Below what the kernel gives outgoing connections (32768 and up): one of those could take the port before its server has started. */
const PORTS = { from: 20_000, to: 32_000 };

export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(PORTS.from, PORTS.to);
    const server = createServer().listen({ port, host: '127.0.0.1', exclusive: true });
    const isFree = await once(server, 'listening').then(
      () => true,
      () => false,
    );
    if (!isFree) continue;
    server.close();
    await once(server, 'close');
    return port;
  }
}

/** Waits until `check` gives something, or fails the test with what it waited for. */
export async function eventually<T>(
  what: string,
  check: () => Promise<T | null | undefined | false>,
  withinMs = 20_000,
): Promise<T> {
  const until = performance.now() + withinMs;
  for (;;) {
    const found = await check();
    if (found) return found;
    if (performance.now() > until) throw new Error(`Waited ${withinMs} ms in vain: ${what}`);
    await sleep(50);
  }
}

/** The compiled services as processes of their own, over a database of their own: for journeys and faults. */
export class Fleet {
  private readonly processes = new Map<ProcessName, ChildProcess>();
  private readonly output = new Map<ProcessName, string[]>();

  private constructor(
    readonly test: TestDatabase,
    readonly ports: Readonly<Record<ProcessName, number>>,
    private readonly env: NodeJS.ProcessEnv,
  ) {}

  static async start(extraEnv: NodeJS.ProcessEnv = {}): Promise<Fleet> {
    const test = await createTestDatabase();
    const [storefront, merchant, settlement, sandbox] = await Promise.all(NAMES.map(freePort));
    const ports = {
      storefront: present(storefront, 'a port'),
      merchant: present(merchant, 'a port'),
      settlement: present(settlement, 'a port'),
      'stripe-sandbox': present(sandbox, 'a port'),
    };
    const env = {
      PATH: process.env['PATH'],
      NODE_ENV: 'development',
      DATABASE_URL: test.url,
      REDIS_URL: redisUrl(),
      AUTH_SECRET,
      DATA_KEYS,
      STRIPE_SECRET_KEY: 'sk_test_sandbox',
      STRIPE_WEBHOOK_SECRET: WEBHOOK_SECRET,
      STRIPE_API_URL: `http://127.0.0.1:${ports['stripe-sandbox']}`,
      STRIPE_WEBHOOK_URL: `http://127.0.0.1:${ports.settlement}/webhooks/stripe`,
      STOREFRONT_PORT: String(ports.storefront),
      MERCHANT_PORT: String(ports.merchant),
      SETTLEMENT_PORT: String(ports.settlement),
      STRIPE_SANDBOX_PORT: String(ports['stripe-sandbox']),
      PUBLIC_URL: `http://127.0.0.1:${ports.storefront}`,
      THROTTLE: 'off', // Storms come from one address here.
      LOG_LEVEL: 'warn',
      SWEEP_AFTER_SECONDS: '2',
      ...extraEnv,
    };
    const fleet = new Fleet(test, ports, env);
    await Promise.all(NAMES.map((name) => fleet.launch(name)));
    return fleet;
  }

  url(name: ProcessName): string {
    return `http://127.0.0.1:${this.ports[name]}`;
  }

  async launch(name: ProcessName): Promise<void> {
    const child = spawn(process.execPath, [`dist/apps/${name}/src/main.js`], {
      env: this.env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const lines: string[] = [];
    this.output.set(name, lines);
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (chunk: Buffer) => lines.push(chunk.toString()));
    this.processes.set(name, child);
    const path = name === 'stripe-sandbox' ? '/_sandbox/health' : '/health/ready';
    const isReady = async () => {
      if (child.exitCode !== null)
        throw new Error(`${name} stopped with ${child.exitCode}:\n${lines.join('')}`);
      return fetch(`${this.url(name)}${path}`).then(
        (response) => response.ok,
        () => false,
      );
    };
    try {
      await eventually(`${name} is ready`, isReady, READY_MS_MAX);
    } catch (error) {
      throw new Error(`${name} said:\n${lines.join('')}`, { cause: error });
    }
  }

  /** Ends one process and returns its exit code, null where a signal took it; `SIGKILL` leaves it no time for anything. */
  async stop(name: ProcessName, signal: 'SIGTERM' | 'SIGKILL'): Promise<number | null> {
    const child = this.processes.get(name);
    if (!child || child.exitCode !== null || child.signalCode !== null) return child?.exitCode ?? null;
    child.kill(signal);
    await once(child, 'exit');
    return child.exitCode;
  }

  /** What the process has said so far: warnings and worse. */
  saidBy(name: ProcessName): string {
    return (this.output.get(name) ?? []).join('');
  }

  tokenFor(...grants: readonly Grant[]): string {
    return new AccessTokens(AUTH_SECRET).sign({ userId: newId('usr'), sessionId: newId('ses'), grants });
  }

  /** The value of the one root field; throws what went wrong. */
  async ask<T>(
    name: Exclude<ProcessName, 'stripe-sandbox'>,
    token: string | null,
    query: string,
    variables: object = {},
  ): Promise<T> {
    const response = await fetch(`${this.url(name)}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'accept-language': 'en',
        ...(token ? { authorization: `Bearer ${token}` } : {}),
      },
      body: JSON.stringify({ query, variables }),
    });
    const body = (await response.json()) as { data?: Record<string, T>; errors?: object[] };
    if (body.errors || !body.data) throw new Error(`${name}: ${JSON.stringify(body.errors)}`);
    const [value] = Object.values(body.data);
    return value as T;
  }

  /** A compiled script with the services' settings; answers its last line. */
  async run(script: string): Promise<string> {
    const { stdout } = await promisify(execFile)(process.execPath, [script], { env: this.env });
    return stdout.trim().split('\n').at(-1) ?? '';
  }

  /** Brings a photo to the shop; its id. */
  async photo(token: string | null, bytes: Buffer): Promise<string> {
    const response = await fetch(`${this.url('storefront')}/photos`, {
      method: 'POST',
      headers: { 'content-type': 'application/octet-stream', authorization: `Bearer ${token}` },
      body: new Uint8Array(bytes),
    });
    const { id } = (await response.json()) as { id?: string };
    return present(id, `a photo, and no answer with ${response.status}`);
  }

  /** What a buyer does on the payment page: presses "pay". */
  async payAt(pageUrl: string): Promise<void> {
    const response = await fetch(`${pageUrl}/pay`, {
      method: 'POST',
      redirect: 'manual',
      body: new URLSearchParams(),
    });
    if (response.status !== 303)
      throw new Error(`The payment page answered ${response.status}: ${await response.text()}`);
  }

  async close(): Promise<void> {
    await Promise.all(NAMES.map((name) => this.stop(name, 'SIGTERM')));
    await this.test.drop();
  }
}
