import type { Context } from './context.js';
import { keptHome, scratchHome, secretsOf, type Home } from './home.js';
import { startPrivateServers, stopServers } from './private-servers.js';
import type { RunningServer } from './server.js';

export interface Infrastructure {
  readonly databaseUrl: string;
  readonly redisUrl: string;
  readonly home: Home;
  /** Private servers that this launcher or another one runs; empty when both URLs were given. */
  readonly servers: readonly RunningServer[];
  readonly stop: () => Promise<void>;
}

/** The servers named by the environment, else private ones. `isTest` takes nothing from the environment and leaves nothing behind. */
export async function bringUp(context: Context, { isTest }: { isTest: boolean }): Promise<Infrastructure> {
  const given = isTest ? {} : { databaseUrl: process.env.DATABASE_URL || undefined, redisUrl: process.env.REDIS_URL || undefined };
  const home = isTest ? await scratchHome(context) : keptHome(context);
  const wanted = { database: given.databaseUrl === undefined, redis: given.redisUrl === undefined };
  if (!isTest) secretsOf(home);
  const own = await startPrivateServers(context, home, wanted);
  const databaseUrl = given.databaseUrl ?? own.databaseUrl;
  const redisUrl = given.redisUrl ?? own.redisUrl;
  if (databaseUrl === undefined || redisUrl === undefined) throw new Error('a private server is up but has no address');
  return { databaseUrl, redisUrl, home, servers: own.servers, stop: () => stopServers(home, own.servers) };
}
