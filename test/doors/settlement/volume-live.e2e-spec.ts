import { type Client as Socket, createClient } from 'graphql-ws';
import { Redis } from 'ioredis';
import { DAY_MS, businessDay, newId } from '#libs/kernel';
import { LiveVolumeService, VolumeRollupService } from '#libs/volume';
import { AccessTokens, type Grant } from '#platform/auth';
import { LiveGateway } from '#platform/live';
import { Log } from '#platform/log';
import { redisUrl } from '../../harness/database.js';
import { AUTH_SECRET } from '../../harness/secrets.js';
import { eventually } from '../../harness/fleet.js';
import { signedSocket } from '../../harness/socket.js';
import { countStatements } from '../../harness/statements.js';
import { World } from '../../harness/world.js';
import { makeDivisions } from '../../make/division.make.js';
import { makePaidOrder } from '../../make/order.make.js';
import { type MadeProduct, makeCertification, makeProduct } from '../../make/product.make.js';
import { receiveOrder } from '../../make/receipt.make.js';

const FIELDS = `day dataAsOf ordersPerMinute ordersMinuteAt
  totals { orderedFen paidFen refundedFen deliveredFen recognisedFen certifiedFen }
  counties { county { code name } figures { paidFen } }
  channels { channel figures { paidFen } }
  sales { lineId county { name } product { name } channel paidFen isCertified }`;
const NOW = `{ volumeLive { ${FIELDS} } }`;
const WATCH = `subscription { volumeLive { ${FIELDS} } }`;

interface Live {
  readonly day: string;
  readonly totals: Readonly<Record<string, string>>;
  readonly ordersPerMinute: number | null;
  readonly counties: readonly object[];
  readonly channels: readonly object[];
  readonly sales: readonly { readonly lineId: string; readonly paidFen: string }[];
}

const officialOf = (scopeId: string): Grant => ({ role: 'OFFICIAL', scopeKind: 'DIVISION', scopeId });

describe('volumeLive', () => {
  let world: World;
  let peach: MadeProduct;
  let ginger: MadeProduct;
  let url: string;
  const sockets: Socket[] = [];

  beforeAll(async () => {
    world = await World.start({ services: ['settlement'] });
    // The feed lives in the one Redis that all specs share; real services elsewhere sell today.
    world.clock.set('2026-06-02T02:00:00.000Z');
    await makeDivisions(world);
    peach = await makeProduct(world, { name: '炎陵黄桃', pricesFen: [10_000n], netWeightG: 2500 });
    ginger = await makeProduct(world, { name: '茶陵生姜', pricesFen: [3_000n], originCountyCode: '430224' });
    await makeCertification(world, peach.productId);
    await world.app('settlement').listen(0, '127.0.0.1');
    url = (await world.app('settlement').getUrl()).replace('http', 'ws');
  });
  // A day of its own for every test: yesterday's sales are no longer shown.
  beforeEach(() => world.clock.advance(DAY_MS));
  afterAll(async () => {
    for (const socket of sockets) await socket.dispose();
    await world.close();
  });

  const live = () => world.get(LiveVolumeService);
  /** As the clockwork does: counts, then announces. */
  const count = async () => {
    await world.settle();
    while ((await world.get(VolumeRollupService).rollUp(1_000, (ids) => live().note(ids))) > 0);
    await live().announce();
  };
  const ask = (...grants: readonly Grant[]) =>
    world
      .client('settlement')
      .as(world.person(...grants).token)
      .ask<Live>(NOW);

  function watch(token: string): { readonly messages: Live[]; readonly errors: unknown[] } {
    const socket = createClient({
      url: `${url}/graphql`,
      webSocketImpl: signedSocket({ authorization: `Bearer ${token}` }),
      retryAttempts: 0,
    });
    sockets.push(socket);
    const watched: { messages: Live[]; errors: unknown[] } = { messages: [], errors: [] };
    socket.subscribe<{ volumeLive: Live }>(
      { query: WATCH },
      {
        next: ({ data, errors }) => {
          if (errors) watched.errors.push(...errors);
          else if (data) watched.messages.push(data.volumeLive);
        },
        error: (error) => watched.errors.push(error),
        complete: () => undefined,
      },
    );
    return watched;
  }
  const sell = (product = peach) => makePaidOrder(world, {}, product);
  /** A sale again and again, because nothing says when a watcher has begun to listen. */
  const sellUntil = (isHeard: () => boolean, product = peach) =>
    eventually('the watcher hears of it', async () => {
      await sell(product);
      await count();
      return isHeard();
    });

  it('says that nothing happened where nothing happened', async () => {
    expect(await ask(officialOf('430200'))).toMatchObject({
      day: businessDay(world.clock.now()),
      totals: { orderedFen: '0', paidFen: '0', recognisedFen: '0', certifiedFen: '0' },
      counties: [],
      channels: [],
      sales: [],
    });
  });

  it('shows a sale once it is counted, in the figures and in the feed', async () => {
    const order = await sell();
    await count();

    const paid = await ask(officialOf('430225'));
    await receiveOrder(world, order);
    await count();
    const received = await ask(officialOf('430225'));

    expect(paid).toMatchObject({
      totals: { orderedFen: '10000', paidFen: '10000', recognisedFen: '0' },
      counties: [{ county: { code: '430225', name: '炎陵县' }, figures: { paidFen: '10000' } }],
      channels: [{ channel: 'ONLINE', figures: { paidFen: '10000' } }],
      sales: [
        {
          lineId: expect.stringMatching(/^oln_/),
          county: { name: '炎陵县' },
          product: { name: '炎陵黄桃' },
          paidFen: '10000',
          isCertified: true,
        },
      ],
    });
    expect(received.totals).toMatchObject({
      deliveredFen: '10000',
      recognisedFen: '10000',
      certifiedFen: '10000',
    });
    expect(received.sales).toEqual(paid.sales);
  });

  it('shows nobody’s name and each official their own', async () => {
    await sell();
    await sell(ginger);
    await count();

    const [city, yanling, chaling, liling] = await Promise.all(
      ['430200', '430225', '430224', '430281'].map((code) => ask(officialOf(code))),
    );

    expect([city, yanling, chaling, liling].map((seen) => seen?.totals['paidFen'])).toEqual([
      '13000',
      '10000',
      '3000',
      '0',
    ]);
    expect([city, yanling, chaling, liling].map((seen) => seen?.sales.length)).toEqual([2, 1, 1, 0]);
    expect(JSON.stringify(city)).not.toMatch(/usr_|李女士|1390000/);
  });

  it('forgets yesterday’s sales at midnight in Shanghai', async () => {
    world.clock.set('2026-06-20T15:59:59.000Z');
    await sell();
    await count();
    const before = await ask(officialOf('430225'));
    world.clock.set('2026-06-20T16:00:00.000Z');

    expect(before.sales).toHaveLength(1);
    expect(await ask(officialOf('430225'))).toMatchObject({
      day: '2026-06-21',
      sales: [],
      totals: { paidFen: '0' },
    });
  });

  it('costs one statement for the figures, however much was sold and however many ask at once', async () => {
    const measured = async (askers: number) => {
      const officials = Array.from({ length: askers }, () => officialOf('430225'));
      const service = world.get(LiveVolumeService);
      return countStatements(() => Promise.all(officials.map(() => service.today(['430225']))));
    };
    await sell();
    await count();
    const few = await measured(1);
    for (let n = 0; n < 5; n += 1) await sell();
    await count();

    expect([few, await measured(50)]).toEqual([1, 1]);
  });

  it('is for officials, finance and operators', async () => {
    const codeOf = (...grants: readonly Grant[]) =>
      world
        .client('settlement')
        .as(world.person(...grants).token)
        .codeOf(NOW);

    expect(await world.client('settlement').codeOf(NOW)).toBe('UNAUTHENTICATED');
    expect(await codeOf()).toBe('FORBIDDEN');
    expect(await codeOf({ role: 'MERCHANT_OWNER', scopeKind: 'MERCHANT', scopeId: newId('mer') })).toBe(
      'FORBIDDEN',
    );
    await expect(ask({ role: 'FINANCE', scopeKind: 'PLATFORM', scopeId: '*' })).resolves.toBeTruthy();
  });

  describe('over a socket', () => {
    it('tells whoever watches what has moved, each their own', async () => {
      const yanling = watch(world.person(officialOf('430225')).token);
      const chaling = watch(world.person(officialOf('430224')).token);

      await sellUntil(() => yanling.messages.length > 1 && chaling.messages.length > 1);

      const now = JSON.stringify(await ask(officialOf('430225')));
      await eventually('all of it is told', async () => JSON.stringify(yanling.messages.at(-1)) === now);
      const last = yanling.messages.at(-1);
      expect(BigInt(last?.totals['paidFen'] ?? 0)).toBe(BigInt(last?.sales.length ?? 0) * 10_000n);
      expect(chaling.messages.at(-1)).toMatchObject({ totals: { paidFen: '0' }, sales: [] });
      expect([...yanling.errors, ...chaling.errors]).toEqual([]);
    });

    it.each([
      ['nobody', () => 'no token'],
      ['a buyer', () => world.person().token],
    ])('tells %s nothing', async (_who, tokenOf) => {
      const watched = watch(tokenOf());

      await eventually('the refusal arrives', async () => watched.errors.length > 0);
      await sell();
      await count();

      expect(watched.messages).toEqual([]);
    });

    it('tells nothing more once the token that opened it is over', async () => {
      const { userId } = world.person();
      const grants = [officialOf('430225')];
      const token = new AccessTokens(AUTH_SECRET, 1 / 30).sign({ userId, sessionId: newId('ses'), grants });
      const watched = watch(token);

      await sellUntil(() => watched.errors.length > 0);

      expect(JSON.stringify(watched.errors)).toContain('UNAUTHENTICATED');
    });
  });

  it('shows its figures without Redis, and waits for nobody', async () => {
    const gone = new LiveGateway('redis://127.0.0.1:1', world.get(Log));
    try {
      expect(await gone.latest('{taoyuan}:live-sales', 20)).toEqual([]);
    } finally {
      await gone.close();
    }
  });

  it('tells the orders of the last whole minute, each once and to each their own; and nothing where it does not know', async () => {
    const paceOf = async (code: string) => (await ask(officialOf(code))).ordersPerMinute;
    const at = (time: string) => world.clock.set(`${businessDay(world.clock.now())}T${time}Z`);
    at('02:00:00');
    await live().announce();
    at('02:00:20');
    for (const product of [peach, peach, ginger]) await sell(product);
    await count();
    at('02:00:40');
    // Counting began within the minute before.
    expect(await paceOf('430200')).toBeNull();
    at('02:01:16');
    expect(await Promise.all(['430200', '430225', '430224', '430281'].map(paceOf))).toEqual([3, 2, 1, 0]);
    at('02:02:16');
    expect(await paceOf('430200')).toBe(0);

    // What Redis has lost is not known; the next whole minute is.
    const redis = new Redis(redisUrl());
    const [day, minute] = [businessDay(world.clock.now()), world.clock.now().toISOString().slice(0, 17)];
    await redis.del(`{taoyuan}:live-orders-since:${day}`, `{taoyuan}:live-orders:${minute}00.000Z`);
    redis.disconnect();
    expect(await paceOf('430200')).toBeNull();
    await sell();
    await count();
    at('02:03:16');
    expect(await paceOf('430200')).toBeNull();
    await sell();
    await count();
    at('02:04:16');
    expect(await paceOf('430200')).toBe(1);

    // More than one announcement looks through, or a queue that does not move: nobody knows.
    live().note(Array.from({ length: 2_001 }, () => newId('vfa')));
    await live().announce();
    at('02:05:16');
    expect(await paceOf('430200')).toBeNull();
    at('02:06:16');
    expect(await paceOf('430200')).toBe(0);
    await sell();
    await world.settle();
    at('02:07:10');
    await live().announce();
    at('02:07:20');
    expect(await paceOf('430200')).toBeNull();
    await count();
  });

  it('goes on without what Redis has lost', async () => {
    await sell();
    await count();
    const redis = new Redis(redisUrl());
    await redis.del('{taoyuan}:live-sales');
    const after = await ask(officialOf('430225'));
    await sell();
    await count();
    redis.disconnect();

    expect(after).toMatchObject({ totals: { paidFen: '10000' }, sales: [] });
    expect(await ask(officialOf('430225'))).toMatchObject({
      totals: { paidFen: '20000' },
      sales: [{ paidFen: '10000' }],
    });
  });
});
