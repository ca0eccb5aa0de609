import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { redisUrl } from './database.js';
import { eventually, freePort } from './fleet.js';
import { AUTH_SECRET, WEBHOOK_SECRET } from './secrets.js';

const READY_MS_MAX = 60_000; // A limit, not a wait.

/** The compiled broker as a process of its own, over the database of a spec. */
export class Broker {
  private child: ChildProcess | null = null;
  private readonly lines: string[] = [];

  private constructor(
    private readonly databaseUrl: string,
    readonly mqttPort: number,
    private readonly httpPort: number,
    private readonly env: NodeJS.ProcessEnv,
  ) {}

  static async start(databaseUrl: string, env: NodeJS.ProcessEnv = {}): Promise<Broker> {
    const [mqttPort, httpPort] = await Promise.all([freePort(), freePort()]);
    const broker = new Broker(databaseUrl, mqttPort, httpPort, env);
    await broker.launch();
    return broker;
  }

  get url(): string {
    return `mqtt://127.0.0.1:${this.mqttPort}`;
  }

  get said(): string {
    return this.lines.join('');
  }

  async launch(): Promise<void> {
    const child = spawn(process.execPath, ['dist/apps/broker/src/main.js'], {
      env: {
        PATH: process.env['PATH'],
        DATABASE_URL: this.databaseUrl,
        DATABASE_POOL_SIZE: '5',
        REDIS_URL: redisUrl(),
        AUTH_SECRET,
        STRIPE_SECRET_KEY: 'sk_test_sandbox',
        STRIPE_WEBHOOK_SECRET: WEBHOOK_SECRET,
        MQTT_PORT: String(this.mqttPort),
        BROKER_PORT: String(this.httpPort),
        LOG_LEVEL: 'warn',
        ...this.env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.child = child;
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => this.lines.push(chunk.toString()));
    await eventually(
      'the broker is ready',
      async () => {
        if (child.exitCode !== null)
          throw new Error(`the broker ended with ${child.exitCode}:\n${this.said}`);
        return this.get('/health/ready').then(
          ({ ok }) => ok,
          () => false,
        );
      },
      READY_MS_MAX,
    );
  }

  get(path: string): Promise<Response> {
    return fetch(`http://127.0.0.1:${this.httpPort}${path}`);
  }

  async stop(signal: 'SIGTERM' | 'SIGKILL'): Promise<number | null> {
    const { child } = this;
    if (!child || child.exitCode !== null || child.signalCode !== null) return child?.exitCode ?? null;
    child.kill(signal);
    await once(child, 'exit');
    return child.exitCode;
  }
}
