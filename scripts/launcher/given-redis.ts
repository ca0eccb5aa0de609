import { Redis } from 'ioredis';
import { Refusal } from './refusal.js';

const CONNECT_LIMIT_MS = 5_000;

function field(info: string, name: string): string | undefined {
  return new RegExp(`^${name}:(.*)$`, 'm').exec(info)?.[1]?.trim();
}

/** A queue must refuse when it is full, never forget. INFO says so even where CONFIG is forbidden. */
export async function checkGivenRedis(text: string): Promise<string> {
  if (!/^rediss?:\/\//.test(text) || !URL.canParse(text)) {
    throw new Refusal('REDIS_URL must read redis://[:password@]host:6379.');
  }
  const { host } = new URL(text);
  const redis = new Redis(text, {
    lazyConnect: true,
    connectTimeout: CONNECT_LIMIT_MS,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null, // One attempt: a wrong address is told at once.
  });
  let trouble: Error | undefined;
  redis.on('error', (error: Error) => (trouble = error));
  try {
    await redis.connect();
    const info = await redis.info();
    const policy = field(info, 'maxmemory_policy') ?? 'noeviction';
    if (policy !== 'noeviction') {
      throw new Refusal(
        `REDIS_URL: ${host} may drop jobs when its memory is full (maxmemory-policy ${policy}): run CONFIG SET maxmemory-policy noeviction there and in its file, or unset REDIS_URL for a private server.`,
      );
    }
    return `Redis ${field(info, 'redis_version') ?? ''}`.trim();
  } catch (error) {
    if (error instanceof Refusal) throw error;
    const why = trouble ?? error;
    const message =
      why instanceof Error ? why.message || ('code' in why ? String(why.code) : why.name) : String(why);
    throw new Refusal(
      `REDIS_URL: no Redis answers at ${host} (${message}): start it, correct the address, or unset REDIS_URL for a private server.`,
    );
  } finally {
    redis.disconnect();
  }
}
