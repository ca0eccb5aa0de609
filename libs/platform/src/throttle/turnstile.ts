import { inLocale, spokenLocale } from '#libs/kernel';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { RequestContext } from '#platform/auth';
import type { ThrottleKind } from '#platform/config';
import { addressKey } from './address-key.js';
import { SOCKET_RETRY_SECONDS } from './live-connections.js';
import { isOurOwn } from './our-own.js';
import { ThrottleService } from './throttle.service.js';
import { TooManyRequests } from './too-many-requests.js';

/** What cannot be read: no JSON, no document of ours, too long, something else than it says. */
const MALFORMED = new Set([400, 413, 415]);

function refuse(reply: FastifyReply, refusal: TooManyRequests): FastifyReply {
  const { message: en, zh, extensions } = refusal;
  const { headers, actor } = reply.request as FastifyRequest & Partial<RequestContext>;
  const message = inLocale({ zh, en }, spokenLocale(headers['accept-language'], actor?.locale));
  return reply
    .code(429)
    .header('retry-after', String(refusal.retryAfterSeconds))
    .send({ errors: [{ message, extensions: { code: 'TOO_MANY_REQUESTS', ...extensions } }], data: null });
}

/** Open sockets by whose they are. Each process counts its own: it is its memory that they take. */
class OpenSockets {
  private readonly counts = new Map<string, number>();

  constructor(private readonly throttle: ThrottleService) {}

  enter({ actor, ip, raw }: FastifyRequest & Partial<RequestContext>): void {
    const limit = this.throttle.limits?.SOCKET;
    const keys = [
      { whose: 'person', key: actor?.userId, max: limit?.person },
      { whose: 'address', key: addressKey(ip), max: limit?.address },
    ] as const;
    const counted = keys.flatMap(({ whose, key, max }) =>
      key === undefined || max === undefined || max === null ? [] : [{ whose, key: `${whose} ${key}`, max }],
    );
    for (const { whose, key, max } of counted)
      if ((this.counts.get(key) ?? 0) >= max)
        throw this.throttle.refusal('SOCKET', whose, SOCKET_RETRY_SECONDS);
    for (const { key } of counted) this.counts.set(key, (this.counts.get(key) ?? 0) + 1);
    raw.socket.once('close', () => {
      for (const { key } of counted) this.leave(key);
    });
  }

  private leave(key: string): void {
    const left = (this.counts.get(key) ?? 1) - 1;
    if (left > 0) this.counts.set(key, left);
    else this.counts.delete(key);
  }
}

/** The server has let go of a connection that asks for a socket: if nobody ends it, whoever was refused holds it for good. */
function hangUpAfter({ raw }: FastifyRequest, reply: FastifyReply): void {
  void reply.header('connection', 'close');
  reply.raw.once('finish', () => raw.socket.destroySoon());
}

/** What we ask ourselves comes from no address: counted, one visitor's bad documents would shut all others out. */
const isCounted = (request: FastifyRequest) => request.url.startsWith('/graphql') && !isOurOwn(request);

/**
 * Before anything is read: sockets are counted while they are open, and whoever has sent too much that could not be read is not read any more.
 * Must be mounted where cookies and the actor are known.
 */
export function mountTurnstile(fastify: FastifyInstance, throttle: ThrottleService): void {
  if (throttle.limits === null) return;
  const sockets = new OpenSockets(throttle);
  fastify.addHook('onRequest', async (request, reply) => {
    if (!isCounted(request)) return;
    try {
      await throttle.assertLegible(request.ip);
      if (request.headers.upgrade !== undefined) sockets.enter(request);
    } catch (error) {
      if (!(error instanceof TooManyRequests)) throw error;
      if (request.headers.upgrade !== undefined) hangUpAfter(request, reply);
      return refuse(reply, error);
    }
  });
  fastify.addHook('onResponse', async (request, reply) => {
    if (isCounted(request) && MALFORMED.has(reply.statusCode)) await throttle.malformedBy(request.ip);
  });
}

/** For routes outside Nest's guard: counts the request, and answers it if it is one too many. */
export async function isTurnedAway(
  throttle: ThrottleService,
  kind: ThrottleKind,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<boolean> {
  if (throttle.limits === null) return false;
  try {
    await throttle.take(kind, { personId: null, address: request.ip });
    return false;
  } catch (error) {
    if (!(error instanceof TooManyRequests)) throw error;
    void refuse(reply, error);
    return true;
  }
}
