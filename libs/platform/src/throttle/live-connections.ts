import type { FastifyRequest } from 'fastify';
import { TooManyRequests } from './too-many-requests.js';

/** Subscriptions that run at once over one socket; a page of ours opens two. */
export const SUBSCRIPTIONS_PER_SOCKET_MAX = 20;
/** What an open connection is told: nothing ends by itself, so this is only a pace. */
export const SOCKET_RETRY_SECONDS = 30;

const running = new WeakMap<FastifyRequest, number>();

/** Ends at its end, or when nobody listens any more, whichever comes first. */
function whenOver<T>(messages: AsyncIterable<T>, done: () => void): AsyncIterableIterator<T> {
  const source = messages[Symbol.asyncIterator](); // A stream is no iterator itself.
  let isOver = false;
  const over = () => {
    if (!isOver) done();
    isOver = true;
  };
  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    async next() {
      const step = await source.next();
      if (step.done) over();
      return step;
    },
    async return(value) {
      over();
      return (await source.return?.(value)) ?? { done: true, value: undefined };
    },
    async throw(error) {
      over();
      if (source.throw) return source.throw(error);
      throw error;
    },
  };
}

/** A subscription begins, unless the socket has as many as it may; it counts until it is over. `request` is the one that opened the socket. */
export async function withinSocket<T>(
  request: FastifyRequest,
  begin: () => Promise<AsyncIterable<T>>,
): Promise<AsyncIterableIterator<T>> {
  const count = running.get(request) ?? 0;
  if (count >= SUBSCRIPTIONS_PER_SOCKET_MAX) throw new TooManyRequests('SOCKET', SOCKET_RETRY_SECONDS);
  running.set(request, count + 1);
  const leave = () => running.set(request, (running.get(request) ?? 1) - 1);
  try {
    return whenOver(await begin(), leave);
  } catch (error) {
    leave();
    throw error;
  }
}
