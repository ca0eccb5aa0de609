import type { Redis } from 'ioredis';
import { type Client as Socket, createClient } from 'graphql-ws';
import { dayAfter } from '#libs/division';
import { FulfillmentService, RestService } from '#libs/fulfillment';
import {
  LiveStockService,
  PresaleService,
  PresaleTurnService,
  StockService,
  StockWatchService,
} from '#libs/inventory';
import { HOUR_MS, newId, plus, present, refused } from '#libs/kernel';
import { OrderReader, OrderService } from '#libs/ordering';
import { PUBLIC_CHANGED_TOPIC } from '#platform/graphql';
import { LiveGateway, PUBLIC_MOVED_TOPIC } from '#platform/live';
import { eventually } from '../../harness/fleet.js';
import { signedSocket } from '../../harness/socket.js';
import { countStatements } from '../../harness/statements.js';
import { World } from '../../harness/world.js';
import { makeDivisions } from '../../make/division.make.js';
import { makeOrder, partsOf } from '../../make/order.make.js';
import { grantsAll, makePresale } from '../../make/presale.make.js';
import { type MadeProduct, makeProduct } from '../../make/product.make.js';
import { makeCreditUnit, makeSignedOrder } from '../../make/receivable.make.js';

const WATCH =
  'subscription ($variantIds: [ID!]!) { stockChanged(variantIds: $variantIds) { variantId available } }';

interface Watched {
  readonly messages: { readonly stockChanged: readonly { variantId: string; available: number }[] }[];
  readonly errors: unknown[];
  readonly stop: () => void;
}

let world: World;
let url: string;
const sockets: Socket[] = [];

beforeAll(async () => {
  world = await World.start({ services: ['storefront', 'settlement'] });
  // A time of its own: other specs share this Redis, and the turns that their clocks have taken last for a minute.
  world.clock.set('2026-11-21T03:17:00.000Z');
  await makeDivisions(world);
  await world.app('storefront').listen(0, '127.0.0.1');
  url = (await world.app('storefront').getUrl()).replace('http', 'ws');
});
afterAll(async () => {
  for (const socket of sockets) await socket.dispose();
  await world.close();
});

function open(): Socket {
  const socket = createClient({ url: `${url}/graphql`, webSocketImpl: signedSocket({}), retryAttempts: 0 });
  sockets.push(socket);
  return socket;
}

function watch(variantIds: readonly string[], socket = open()): Watched {
  const watched: Watched = {
    messages: [],
    errors: [],
    stop: socket.subscribe<Watched['messages'][number]>(
      { query: WATCH, variables: { variantIds } },
      {
        next: ({ data, errors }) => {
          if (errors) watched.errors.push(...errors);
          else if (data) watched.messages.push(data);
        },
        error: (error) => watched.errors.push(error),
        complete: () => undefined,
      },
    ),
  };
  return watched;
}

/** The clock announces once in each of its seconds. */
async function announce(): Promise<number> {
  world.clock.advance(1_000);
  return world.get(LiveStockService).announce();
}

/** Until that is what was heard last. Again and again, because another spec's clock may have had this second's turn. */
function hears(watched: Watched, expected: readonly object[]): Promise<true> {
  return eventually('the watcher hears of it', async () => {
    await announce();
    const last = watched.messages.at(-1)?.stockChanged;
    return JSON.stringify(last) === JSON.stringify(expected) ? true : null;
  });
}

async function begun(watched: Watched): Promise<void> {
  await eventually('the watch has begun', async () => (watched.messages.length > 0 ? true : null));
}

async function receive({ merchantId, variantId, batchIds }: MadeProduct, quantity: number): Promise<void> {
  const receipt = { variantId, batchId: present(batchIds[0], 'a batch'), quantity, causeKey: newId('key') };
  const level = await world.get(StockService).receive([merchantId], receipt);
  if (refused(level)) throw new Error(level.message.en);
}

describe('stockChanged', () => {
  it('says at once how it stands, and then what orders take and give back, and what comes in, to anybody', async () => {
    const peach = await makeProduct(world);
    const { variantId } = peach;
    await world.settle();
    const watched = watch([variantId, 'var_unknown', variantId]);
    await begun(watched);
    expect(watched.messages[0]?.stockChanged).toEqual([
      { variantId, available: 100 },
      { variantId: 'var_unknown', available: 0 },
    ]);

    const { orderId, buyerId } = await makeOrder(world, { quantity: 30 }, peach);
    await world.settle();
    await hears(watched, [{ variantId, available: 70 }]);

    await world.get(OrderService).cancel(buyerId, orderId);
    await world.settle();
    await hears(watched, [{ variantId, available: 100 }]);

    await receive(peach, 11);
    await world.settle();
    await hears(watched, [{ variantId, available: 111 }]);
    expect(watched.errors).toEqual([]);
  });

  it('tells of a variant once a second, however often it changes, and nobody of what they do not watch', async () => {
    const [peach, tea] = [await makeProduct(world), await makeProduct(world)];
    await world.settle();
    while ((await announce()) > 0);
    const [watched, other] = [watch([peach.variantId]), watch([tea.variantId])];
    await begun(watched);
    await begun(other);

    for (let n = 0; n < 5; n += 1) await makeOrder(world, {}, peach);
    await world.settle();
    await hears(watched, [{ variantId: peach.variantId, available: 95 }]);

    expect(watched.messages).toHaveLength(2);
    expect(await announce()).toBe(0); // Nothing more has moved.
    await makeOrder(world, {}, peach);
    await world.settle();
    expect(await announce()).toBeGreaterThan(0);
    await world.get(LiveStockService).note([peach.variantId]);
    expect(await world.get(LiveStockService).announce()).toBe(0); // Not twice in one second.
    expect(other.messages).toHaveLength(1);
  });

  it('tells of all sizes that are promised out of the same days of a harvest', async () => {
    const { variantIds } = await makePresale(world, {
      product: await makeProduct(world, { pricesFen: [5_000n, 9_000n] }),
    });
    const [taken = '', other = ''] = variantIds;
    await world.settle();
    const watched = watch([other]);
    await begun(watched);
    while ((await announce()) > 0);

    await world.get(LiveStockService).note([taken]);

    await eventually('the watcher of the other hears of it', async () => {
      await announce();
      return watched.messages.length > 1 ? true : null;
    });
    expect(watched.messages.at(-1)?.stockChanged).toEqual([{ variantId: other, available: 40 }]);
  });

  it('tells what a merchant changes of a presale, and what comes back when the rest of an order is called off', async () => {
    const presale = await makePresale(world, { days: 1, capacityG: 25_000, payment: 'FULL' });
    const { id: presaleId, merchantId, variantId, firstOn: day } = presale;
    const presales = world.get(PresaleService);
    await world.settle();
    const watched = watch([variantId]);
    await begun(watched);
    while ((await announce()) > 0);
    const says = async (available: number) => {
      await world.settle();
      await hears(watched, [{ variantId, available }]);
    };

    await presales.setCapacity([merchantId], { presaleId, day, capacityG: 50_000 }, grantsAll);
    await says(20);
    await world.database.transaction((tx) =>
      presales.moveDay(tx, [merchantId], { presaleId, day, newDay: dayAfter(day, 1) }, grantsAll),
    );
    await says(0);
    await presales.close([merchantId], presaleId, grantsAll);
    await says(100); // What lies in the warehouse is sold again.

    const order = await makeSignedOrder(world, await makeCreditUnit(world), { quantity: 5 }, presale);
    await says(95);
    const [part] = await partsOf(world, order.orderId);
    const [line] = await world.get(OrderReader).linesOfOrder(order.orderId);
    const merchantOrderId = present(part, 'a part').id;
    const lines = [{ orderLineId: present(line, 'a line').id, quantity: 2 }];
    const parcel = { merchantOrderId, carrier: '顺丰', trackingNo: 'SF1234567890', lines };
    await world.get(FulfillmentService).ship([merchantId], parcel);
    await world.get(RestService).callOffForMerchants([merchantId], merchantOrderId);
    await says(98);
  });

  it('tells once that a presale begins and ends by the clock, and every public cache with it', async () => {
    const heard: string[] = [];
    const { emitter } = world.get(LiveGateway);
    for (const topic of [PUBLIC_MOVED_TOPIC, PUBLIC_CHANGED_TOPIC])
      emitter.on(topic, (_, done) => {
        heard.push(topic);
        done();
      });
    const turns = world.get(PresaleTurnService);
    const product = await makeProduct(world);
    const { variantId } = product;
    const [opensAt, closesAt] = [plus(world.clock.now(), HOUR_MS), plus(world.clock.now(), 2 * HOUR_MS)];
    await makePresale(world, {
      product,
      days: 1,
      capacityG: 25_000,
      ordersOpenAt: opensAt,
      ordersCloseAt: closesAt,
    });
    await world.settle();
    await eventually('caches hear what a merchant has opened', async () =>
      heard.includes(PUBLIC_CHANGED_TOPIC) ? true : null,
    );
    const watched = watch([variantId]);
    await begun(watched);
    expect(watched.messages[0]?.stockChanged).toEqual([{ variantId, available: 100 }]);
    await turns.tell(); // What other tests have opened a moment ago.
    expect(await turns.tell()).toBe(0);

    for (const [at, available] of [
      [opensAt, 10],
      [closesAt, 100],
    ] as const) {
      heard.length = 0;
      world.clock.set(plus(at, 500).toISOString());
      expect(await Promise.all([turns.tell(), turns.tell(), turns.tell()])).toEqual(
        expect.arrayContaining([1, 0, 0]),
      );
      expect(await turns.tell()).toBe(0);
      await eventually('caches hear of it', async () => (heard.includes(PUBLIC_MOVED_TOPIC) ? true : null));
      await hears(watched, [{ variantId, available }]);
    }
  });

  it('refuses to watch nothing, too much at once, and too much through one connection', async () => {
    const ids = (count: number, from = 0) => Array.from({ length: count }, (_, no) => `var_${from + no}`);
    const [nothing, tooMuch] = [watch([]), watch(ids(101))];
    await eventually('the refusals arrive', async () =>
      nothing.errors.length > 0 && tooMuch.errors.length > 0 ? true : null,
    );
    for (const { errors } of [nothing, tooMuch]) expect(JSON.stringify(errors)).toContain('INVALID_INPUT');

    const socket = open();
    const before = world.get(StockWatchService).size;
    const three = [watch(ids(100), socket), watch(ids(100, 100), socket), watch(ids(100, 200), socket)];
    for (const one of three) await begun(one);
    const beyond = watch(['var_1'], socket);
    await eventually('the refusal arrives', async () => (beyond.errors.length > 0 ? true : null));
    expect(world.get(StockWatchService).size).toBe(before + 300);

    // What is no longer watched is room for something else.
    three[0]?.stop();
    await eventually('it is forgotten', async () =>
      world.get(StockWatchService).size === before + 200 ? true : null,
    );
    await begun(watch(['var_1'], socket));
    await socket.dispose();
    await eventually('all of it is', async () =>
      world.get(StockWatchService).size === before ? true : null,
    );
  });

  it('looks at everything that is watched again when Redis has been away', async () => {
    const peach = await makeProduct(world);
    const { variantId } = peach;
    await world.settle();
    const watched = watch([variantId]);
    await begun(watched);
    while ((await announce()) > 0);

    // What was being told is gone with Redis: nobody notes anything of this.
    await receive(peach, 7);
    const hearing = Reflect.get(world.get(LiveGateway), 'hearing') as Redis;
    hearing.disconnect(true);

    await hears(watched, [{ variantId, available: 107 }]);
  });

  it('makes kept answers forget what is sold out, and nothing else of them', async () => {
    const stand = async () => {
      const peach = await makeProduct(world, { batches: [{ quantity: 5 }] });
      const { variantId, productId } = peach;
      await world.settle();
      while ((await announce()) > 0);
      const page = async () => {
        const variables = encodeURIComponent(JSON.stringify({ id: productId }));
        const { body } = await world
          .client('storefront')
          .http.get(`/graphql/documents/product-page?variables=${variables}`);
        return (body as { data: { product: { variants: { available: number }[] } } }).data.product.variants[0]
          ?.available;
      };
      const watched = watch([variantId]);
      await begun(watched);
      const turn = async (quantity: number, left: number) => {
        expect(await page()).toBe(left + quantity);
        await makeOrder(world, { quantity }, peach);
        await world.settle();
        const now = world.clock.now();
        await hears(watched, [{ variantId, available: left }]);
        world.clock.set(now.toISOString()); // The kept answer is as young as it was.
      };
      return { page, turn };
    };

    // What is sold out is told over the one Redis that all specs share: another's makes this one forget as well, and then it is looked at once more.
    const { page, turn } = await eventually('an answer is kept though something of it was sold', async () => {
      const goods = await stand();
      await goods.turn(2, 3);
      return (await goods.page()) === 5 ? goods : null;
    });
    world.clock.advance(1_000);
    await turn(3, 0);
    // The clock stands still, so that an answer which is not forgotten is kept for ever. That it is sold out is told apart, and may be heard later.
    await eventually('the kept answer is forgotten', async () => ((await page()) === 0 ? true : null));
  });

  it('costs whoever buys nothing, and two statements for all who watch', async () => {
    const peach = await makeProduct(world);
    const { variantId } = peach;
    await world.settle();
    while ((await announce()) > 0);
    const alone = await countStatements(() => makeOrder(world, {}, peach));
    await begun(watch([variantId]));
    await begun(watch([variantId]));

    expect(await countStatements(() => makeOrder(world, {}, peach))).toBe(alone);
    await world.settle();
    world.clock.advance(1_000);
    expect(await countStatements(() => world.get(LiveStockService).announce())).toBe(2);
  });
});
