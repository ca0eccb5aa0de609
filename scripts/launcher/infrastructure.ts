import type { Context } from './context.js';
import { checkGivenDatabase } from './given-database.js';
import { checkGivenRedis } from './given-redis.js';
import { keptHome, scratchHome, secretsOf, type Home, type Secrets } from './home.js';
import { PrivateServers } from './private-servers.js';

export interface Infrastructure {
  readonly databaseUrl: string;
  readonly redisUrl: string;
  readonly home: Home;
  readonly secrets: Secrets;
  readonly stop: () => Promise<void>;
}

/** `kept`: the servers named by the environment, else those under `.data/`. `scratch`: private ones that leave nothing behind. */
export type Lifetime = 'kept' | 'scratch' | 'scratch-on-disk';

/** Refuses servers that were given and cannot serve, before anything is started. */
async function checkGiven(databaseUrl: string | undefined, redisUrl: string | undefined): Promise<string> {
  const [database, redis] = await Promise.all([
    databaseUrl === undefined ? [] : checkGivenDatabase(databaseUrl),
    redisUrl === undefined ? [] : checkGivenRedis(redisUrl),
  ]);
  return [database, redis].flat().join(', ');
}

export async function bringUp(context: Context, lifetime: Lifetime): Promise<Infrastructure> {
  const isKept = lifetime === 'kept';
  const databaseUrl = (isKept && process.env.DATABASE_URL) || undefined;
  const redisUrl = (isKept && process.env.REDIS_URL) || undefined;
  const home = isKept ? keptHome(context) : await scratchHome(context, lifetime);
  if (databaseUrl !== undefined || redisUrl !== undefined) {
    await context.step('given servers', () => checkGiven(databaseUrl, redisUrl));
  }
  const wanted = { database: databaseUrl === undefined, redis: redisUrl === undefined };
  const own =
    wanted.database || wanted.redis
      ? await context.step('private servers', () => PrivateServers.start(context, home, wanted))
      : undefined;
  return infrastructureOf(home, { databaseUrl, redisUrl }, own);
}

function infrastructureOf(
  home: Home,
  given: { databaseUrl: string | undefined; redisUrl: string | undefined },
  own: PrivateServers | undefined,
): Infrastructure {
  const databaseUrl = given.databaseUrl ?? own?.databaseUrl;
  const redisUrl = given.redisUrl ?? own?.redisUrl;
  if (databaseUrl === undefined || redisUrl === undefined)
    throw new Error('a private server is up but has no address');
  return { databaseUrl, redisUrl, home, secrets: secretsOf(home), stop: async () => own?.stop() };
}
