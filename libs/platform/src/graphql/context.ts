import type { FastifyReply, FastifyRequest } from 'fastify';
import { newId, type Locale, spokenLocale } from '#libs/kernel';
import type { AccessTokens, Actor, RequestContext } from '#platform/auth';
import { Loaders } from './loaders.js';

export const ACCESS_COOKIE = 'taoyuan_access';
export const REFRESH_COOKIE = 'taoyuan_refresh';
export const GUEST_COOKIE = 'taoyuan_guest';

export interface GraphqlContext extends RequestContext {
  readonly locale: Locale;
  readonly loaders: Loaders;
  readonly request: FastifyRequest;
  /** For sockets, which outlive tokens: who it is at this moment, or null once the token they came with is over. */
  readonly actorNow: () => Actor | null;
  /** Absent over WebSocket. */
  readonly reply: FastifyReply | undefined;
}

/** What the request says, else what the person has said, else Chinese. */
export function localeOf(header: string | undefined, actor: Actor | null = null): Locale {
  return spokenLocale(header, actor?.locale ?? undefined);
}

function tokenOf(request: FastifyRequest): string | undefined {
  const { authorization } = request.headers;
  if (authorization?.startsWith('Bearer ')) return authorization.slice('Bearer '.length);
  const { [ACCESS_COOKIE]: access, [REFRESH_COOKIE]: refresh, [GUEST_COOKIE]: guest } = request.cookies ?? {};
  // Whoever still has a session is asked to renew it, and not taken for the guest that they were before.
  return access ?? (refresh === undefined ? guest : undefined);
}

/** Never throws: what a stranger sends wrong makes them nobody, and the guard answers that. */
export function contextOf(
  tokens: AccessTokens,
  request: FastifyRequest,
  reply: FastifyReply | undefined,
): GraphqlContext {
  const token = tokenOf(request);
  const actorNow = () => (token === undefined ? null : tokens.verify(token));
  const actor = actorNow();
  return {
    actor,
    actorNow,
    locale: localeOf(request.headers['accept-language'], actor),
    loaders: new Loaders(),
    request,
    reply,
  };
}

/** A request id of ours for every request; one that a proxy sends is kept if it looks like an id. */
export function requestId(header: string | string[] | undefined): string {
  return typeof header === 'string' && /^[\w-]{8,64}$/.test(header) ? header : newId('req');
}
