import { Readable } from 'node:stream';
import { SUBSCRIPTIONS_PER_SOCKET_MAX, withinSocket } from './live-connections.js';

/** A socket is told apart by the request that opened it. */
const socket = () => ({}) as Parameters<typeof withinSocket>[0];

function messages(count: number): AsyncIterableIterator<number> {
  let said = 0;
  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    next: async () => {
      said += 1;
      return said > count ? { done: true, value: undefined } : { done: false, value: said };
    },
    return: async () => ({ done: true as const, value: undefined }),
  };
}

const begin = async () => messages(1);

async function fill(request: Parameters<typeof withinSocket>[0]) {
  const all = [];
  for (let n = 0; n < SUBSCRIPTIONS_PER_SOCKET_MAX; n += 1) all.push(await withinSocket(request, begin));
  return all;
}

describe('subscriptions over one socket', () => {
  it('are so many, and another socket has its own', async () => {
    const full = socket();
    await fill(full);

    await expect(withinSocket(full, begin)).rejects.toThrow(/^Too many live connections at once/);
    await expect(withinSocket(socket(), begin)).resolves.toBeDefined();
  });

  it('make room once, when nobody listens any more', async () => {
    const full = socket();
    const [first] = await fill(full);
    await first?.return?.();
    await first?.return?.();

    await expect(withinSocket(full, begin)).resolves.toBeDefined();
    await expect(withinSocket(full, begin)).rejects.toThrow(/^Too many live connections at once/);
  });

  it('make room when they come to their end', async () => {
    const full = socket();
    const [first] = await fill(full);
    const heard: number[] = [];
    for await (const message of first ?? []) heard.push(message);

    expect(heard).toEqual([1]);
    await expect(withinSocket(full, begin)).resolves.toBeDefined();
  });

  it('may come as a stream, as those of Mercurius do, which is destroyed when nobody listens any more', async () => {
    const stream = Readable.from(['a message']);

    const messages = await withinSocket(socket(), async () => stream);

    expect(await messages.next()).toEqual({ done: false, value: 'a message' });
    await messages.return?.();
    expect(stream.destroyed).toBe(true);
  });

  it('take no place where they do not begin', async () => {
    const request = socket();
    for (let n = 0; n <= SUBSCRIPTIONS_PER_SOCKET_MAX; n += 1)
      await expect(withinSocket(request, () => Promise.reject(new Error('refused')))).rejects.toThrow(
        'refused',
      );

    await expect(withinSocket(request, begin)).resolves.toBeDefined();
  });
});
