import type { Context } from './context.js';
import { checkGivenDatabase } from './given-database.js';
import { checkGivenRedis } from './given-redis.js';
import { keptHome, scratchHome, secretsOf, type Home, type Secrets } from './home.js';
import { PrivateServers } from './private-servers.js';

export interface Infrastructure {
  /** For the services, whose account adds to the books and cannot change them. */
  readonly databaseUrl: string;
  /** For migrations and data, as the owner; the same where only one account was given. */
  readonly migrationUrl: string;
  readonly redisUrl: string;
  readonly home: Home;
  readonly secrets: Secrets;
  readonly stop: () => Promise<void>;
}

/** What tests get: the owner, who makes a database for each spec file, and beside it the services' account, as which specs run. */
export function testAddresses({
  databaseUrl,
  migrationUrl,
  redisUrl,
}: Infrastructure): Record<string, string> {
  return { DATABASE_URL: migrationUrl, TAOYUAN_SERVICES_URL: databaseUrl, REDIS_URL: redisUrl };
}

/** `kept`: the servers named by the environment, else those under `.data/`. `scratch`: private ones that leave nothing behind. */
export type Lifetime = 'kept' | 'scratch' | 'scratch-on-disk';

/** Refuses servers that were given and cannot serve, before anything is started. */
async function checkGiven(databaseUrl: string | undefined, redisUrl: string | undefined): Promise<string> {
  const [database, redis] = await Promise.all([
    databaseUrl === undefined ? [] : checkGivenDatabases(databaseUrl),
    redisUrl === undefined ? [] : checkGivenRedis(redisUrl),
  ]);
  return [database, redis].flat().join(', ');
}

/** The services' account may have no right to the database before the first migration. */
async function checkGivenDatabases(databaseUrl: string): Promise<string> {
  const migrationUrl = process.env.DATABASE_MIGRATION_URL;
  if (!migrationUrl) return checkGivenDatabase(databaseUrl);
  await checkGivenDatabase(databaseUrl, { isOwner: false });
  return checkGivenDatabase(migrationUrl, { setting: 'DATABASE_MIGRATION_URL' });
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
  const migrationUrl = given.databaseUrl
    ? process.env.DATABASE_MIGRATION_URL || databaseUrl
    : own?.migrationUrl;
  const redisUrl = given.redisUrl ?? own?.redisUrl;
  if (databaseUrl === undefined || migrationUrl === undefined || redisUrl === undefined)
    throw new Error('a private server is up but has no address');
  return {
    databaseUrl,
    migrationUrl,
    redisUrl,
    home,
    secrets: secretsOf(home),
    stop: async () => own?.stop(),
  };
}
