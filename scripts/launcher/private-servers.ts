import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { findBinaries, libraryFolders, type Binaries } from './binaries.js';
import type { Context } from './context.js';
import { runDir, secretsOf, type Home } from './home.js';
import { databaseUrl, mariadb } from './mariadb.js';
import { obtainBinaries } from './obtain.js';
import { rememberedPorts, rememberPorts } from './ports.js';
import { redis } from './redis.js';
import { startServer, type RunningServer } from './server.js';

/** Bringing up is done in turns: the second launcher finds servers that are up, not half up. */
const TURN_LIMIT_MS = 10 * 60_000;

export interface Wanted {
  readonly database: boolean;
  readonly redis: boolean;
}

export interface PrivateServers {
  readonly databaseUrl: string | undefined;
  readonly redisUrl: string | undefined;
  readonly servers: readonly RunningServer[];
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

export async function startPrivateServers(context: Context, home: Home, wanted: Wanted): Promise<PrivateServers> {
  const release = await context.waitForLock(join(home.dir, 'infrastructure.lock'), TURN_LIMIT_MS);
  try {
    const unpacked = join(context.root, '.data', 'pkgs', 'root');
    const found = findBinaries(unpacked);
    const binaries = 'missing' in found ? await obtainBinaries(context, found.missing) : found;
    const secrets = secretsOf(home);
    const env = environmentFor(context, home, binaries);
    const ports = rememberedPorts(home);
    const { hasFlock } = binaries;
    const outcomes = await Promise.allSettled([
      wanted.database ? startServer(mariadb(home, binaries, secrets, env), home, { env, hasFlock, wishedPort: ports.mariadb }) : undefined,
      wanted.redis ? startServer(redis(home, binaries), home, { env, hasFlock, wishedPort: ports.redis }) : undefined,
    ]);
    const servers = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' && outcome.value ? [outcome.value] : []));
    const failed = outcomes.find((outcome) => outcome.status === 'rejected');
    if (failed) {
      await Promise.all(servers.map((server) => server.stop()));
      throw failed.reason;
    }
    const portOf = (name: string) => servers.find((server) => server.name === name)?.port;
    const now = { ...ports, ...portEntry('mariadb', portOf('mariadb')), ...portEntry('redis', portOf('redis')) };
    rememberPorts(home, now);
    return {
      databaseUrl: wanted.database && now.mariadb !== undefined ? databaseUrl(secrets, now.mariadb) : undefined,
      redisUrl: wanted.redis && now.redis !== undefined ? `redis://127.0.0.1:${now.redis}` : undefined,
      servers,
    };
  } finally {
    release();
  }
}

function portEntry(name: 'mariadb' | 'redis', port: number | undefined): { mariadb?: number; redis?: number } {
  return port === undefined ? {} : { [name]: port };
}

/** Redis first, so that nothing takes a job whose database is going; a scratch home leaves no trace. */
export async function stopServers(home: Home, servers: readonly RunningServer[]): Promise<void> {
  for (const name of ['redis', 'mariadb']) {
    await Promise.all(servers.filter((server) => server.name === name).map((server) => server.stop()));
  }
  if (!home.isScratch) return;
  rmSync(runDir(home), { recursive: true, force: true });
  rmSync(home.dir, { recursive: true, force: true });
}
