import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findBinaries, libraryFolders, type Binaries } from './binaries.js';
import type { Context } from './context.js';
import { runDir, secretsOf, type Home, type Secrets } from './home.js';
import { mariadb, migrationUrl, servicesUrl } from './mariadb.js';
import { obtainBinaries } from './obtain.js';
import { rememberedPorts, rememberPorts, type ServerPorts } from './ports.js';
import { redis } from './redis.js';
import { startServer, type RunningServer, type ServerKind } from './server.js';

/** Bringing up is done in turns: the second launcher finds servers that are up, not half up. */
const TURN_LIMIT_MS = 10 * 60_000;

const ATTEMPTS_MAX = 5;
const BACKOFF_MS = 1_000;

export interface Wanted {
  readonly database: boolean;
  readonly redis: boolean;
}

/** Unpacked programs bring their libraries along. */
function environmentFor(context: Context, home: Home, binaries: Binaries): NodeJS.ProcessEnv {
  const { unpackedRoot } = binaries;
  const env: NodeJS.ProcessEnv = { ...process.env, [context.markName]: home.mark };
  if (unpackedRoot === undefined) return env;
  const programs = ['usr/sbin', 'usr/bin'].map((part) => join(unpackedRoot, part));
  const libraries = libraryFolders(unpackedRoot);
  return {
    ...env,
    PATH: [...programs, env.PATH ?? ''].join(':'),
    LD_LIBRARY_PATH: [...libraries, env.LD_LIBRARY_PATH ?? ''].filter((part) => part !== '').join(':'),
  };
}

/** Our own MariaDB and Redis: brought up together, brought back when they die, stopped in order. */
export class PrivateServers {
  private readonly running = new Map<string, RunningServer>();
  private isStopping = false;

  private constructor(
    private readonly context: Context,
    readonly home: Home,
    private readonly secrets: Secrets,
    private readonly kinds: readonly ServerKind[],
    private readonly environment: { readonly env: NodeJS.ProcessEnv; readonly hasFlock: boolean },
  ) {}

  static async start(context: Context, home: Home, wanted: Wanted): Promise<PrivateServers> {
    const release = await takeTurn(context, home);
    try {
      const found = findBinaries(join(context.root, '.data', 'pkgs', 'root'));
      const binaries = 'missing' in found ? await obtainBinaries(context, found.missing) : found;
      const secrets = secretsOf(home);
      const env = environmentFor(context, home, binaries);
      const kinds = [
        ...(wanted.redis ? [redis(home, binaries)] : []),
        ...(wanted.database ? [mariadb(home, binaries, secrets, env)] : []),
      ];
      const { hasFlock } = binaries;
      const servers = new PrivateServers(context, home, secrets, kinds, { env, hasFlock });
      await servers.startAll();
      return servers;
    } finally {
      release();
    }
  }

  get databaseUrl(): string | undefined {
    const port = this.running.get('mariadb')?.port;
    return port === undefined ? undefined : servicesUrl(this.secrets, port);
  }

  get migrationUrl(): string | undefined {
    const port = this.running.get('mariadb')?.port;
    return port === undefined ? undefined : migrationUrl(this.secrets, port);
  }

  get redisUrl(): string | undefined {
    const port = this.running.get('redis')?.port;
    return port === undefined ? undefined : `redis://127.0.0.1:${port}`;
  }

  /** Redis first, so that nothing takes a job whose database is going; a scratch home leaves no trace. */
  async stop(): Promise<void> {
    this.isStopping = true;
    for (const { name } of this.kinds) await this.running.get(name)?.stop();
    if (!this.home.isScratch) return;
    rmSync(runDir(this.home), { recursive: true, force: true });
    rmSync(this.home.dir, { recursive: true, force: true });
  }

  private async startAll(): Promise<void> {
    const ports = rememberedPorts(this.home);
    const outcomes = await Promise.allSettled(
      this.kinds.map((kind) => this.startOne(kind, ports[kind.name])),
    );
    const failed = outcomes.find((outcome) => outcome.status === 'rejected');
    if (!failed) {
      rememberPorts(this.home, { ...ports, ...this.ports() });
      return;
    }
    await this.stop();
    throw failed.reason;
  }

  private ports(): ServerPorts {
    return Object.fromEntries([...this.running].map(([name, { port }]) => [name, port]));
  }

  private async startOne(kind: ServerKind, wishedPort: number | undefined): Promise<void> {
    const server = await startServer(kind, this.home, { ...this.environment, wishedPort });
    this.running.set(kind.name, server);
    void server.ended.then(() => this.bringBack(kind, server));
  }

  /** The services hold its address, so it must come back on the same port. */
  private async bringBack(kind: ServerKind, lost: RunningServer): Promise<void> {
    for (let attempt = 1; attempt <= ATTEMPTS_MAX && !this.isStopping; attempt += 1) {
      this.context.say(`The private ${kind.name} server is gone and is started again (attempt ${attempt}).`);
      const release = await takeTurn(this.context, this.home);
      try {
        if (this.isStopping) return;
        await this.startOne(kind, lost.port);
        const { port } = this.running.get(kind.name) ?? lost;
        this.context.say(
          port === lost.port
            ? `The private ${kind.name} server is back.`
            : `The private ${kind.name} server is back on another port: stop Taoyuan with Ctrl-C and start it again.`,
        );
        return;
      } catch (error) {
        this.context.say(error instanceof Error ? error.message : String(error));
        await sleep(BACKOFF_MS * attempt);
      } finally {
        release();
      }
    }
  }
}

function takeTurn(context: Context, home: Home): Promise<() => void> {
  return context.waitForLock(join(home.dir, 'infrastructure.lock'), TURN_LIMIT_MS);
}
