import { type Client as Socket, createClient } from 'graphql-ws';
import { FIELDS_MAX } from '#platform/graphql';
import { GuestMergeService } from '#libs/ordering';
import { newId } from '#libs/kernel';
import { LiveGateway } from '#platform/live';
import { Log } from '#platform/log';
import { redisUrl } from '../../harness/database.js';
import { eventually } from '../../harness/fleet.js';
import { signedSocket } from '../../harness/socket.js';
import { TcpProxy } from '../../harness/tcp-proxy.js';
import { type Person, World } from '../../harness/world.js';
import { makeDivisions } from '../../make/division.make.js';
import { makeOrder, pay } from '../../make/order.make.js';

const WATCH =
  'subscription ($orderId: ID!) { orderChanged(orderId: $orderId) { order { id state merchantOrders { state } } } }';

let world: World;
let url: string;
const sockets: Socket[] = [];

beforeAll(async () => {
  world = await World.start({ services: ['storefront'] });
  await makeDivisions(world);
  await world.app('storefront').listen(0, '127.0.0.1');
  url = (await world.app('storefront').getUrl()).replace('http', 'ws');
});
afterAll(async () => {
  for (const socket of sockets) await socket.dispose();
  await world.close();
});

interface Watched {
  readonly messages: unknown[];
  readonly errors: unknown[];
}

function open(person: Person | null, headers: Readonly<Record<string, string>> = {}): Socket {
  const socket = createClient({
    url: `${url}/graphql`,
    webSocketImpl: signedSocket({
      ...headers,
      ...(person ? { authorization: `Bearer ${person.token}` } : {}),
    }),
    retryAttempts: 0,
  });
  sockets.push(socket);
  return socket;
}

function watch(person: Person | null, orderId: string, query = WATCH, socket = open(person)): Watched {
  const watched: Watched = { messages: [], errors: [] };
  socket.subscribe(
    { query, variables: { orderId } },
    {
      next: ({ data, errors }) => (errors ? watched.errors.push(...errors) : watched.messages.push(data)),
      error: (error) => watched.errors.push(error),
      complete: () => undefined,
    },
  );
  return watched;
}

/** As settlement does on every fact of an order; again and again, because nothing says when a watcher has begun to listen. */
function announceUntil(orderId: string, isHeard: () => boolean): Promise<true> {
  return eventually('the watcher hears of it', async () => {
    await world.get(LiveGateway).publish(`order-changed:${orderId}`, { orderId });
    return isHeard() ? true : null;
  });
}

describe('orderChanged', () => {
  it('brings the owner the order as it is now, every time', async () => {
    const person = world.person();
    const { orderId } = await makeOrder(world, { buyerId: person.userId });
    const watched = watch(person, orderId);
    await announceUntil(orderId, () => watched.messages.length > 0);

    await pay(world, orderId);
    const before = watched.messages.length;
    await announceUntil(orderId, () => watched.messages.length > before + 1);

    const orderChanged = (state: string, part: string) => ({
      orderChanged: { order: { id: orderId, state, merchantOrders: [{ state: part }] } },
    });
    expect(watched.messages[0]).toEqual(orderChanged('PLACED', 'UNPAID'));
    expect(watched.messages.at(-1)).toEqual(orderChanged('PAID', 'TO_SHIP'));
    expect(watched.errors).toEqual([]);
  });

  it.each([
    ['a stranger', () => world.person()],
    ['nobody', () => null],
  ])('brings %s nothing', async (_who, personOf) => {
    const { orderId } = await makeOrder(world);
    const watched = watch(personOf(), orderId);

    await eventually('the refusal arrives', async () => watched.errors.length > 0);
    await world.get(LiveGateway).publish(`order-changed:${orderId}`, { orderId });

    expect(watched.messages).toEqual([]);
  });

  it('says no more to a guest of an order that somebody else has made theirs', async () => {
    const [guest, claimant] = [world.guest(), world.person()];
    const { orderId } = await makeOrder(world, { buyerId: guest.userId });
    const watched = watch(guest, orderId);
    await announceUntil(orderId, () => watched.messages.length > 0);

    await world.get(GuestMergeService).merge(claimant.userId, guest.userId);
    await pay(world, orderId);
    const before = watched.messages.length;
    await announceUntil(orderId, () => watched.errors.length > 0);

    expect(JSON.stringify(watched.errors[0])).toContain('NOT_FOUND');
    expect(watched.messages.slice(before)).toEqual([]);
    const theirs = watch(claimant, orderId);
    await announceUntil(orderId, () => theirs.messages.length > 0);
    expect(theirs.messages[0]).toMatchObject({ orderChanged: { order: { state: 'PAID' } } });
  });

  it('is heard again once Redis is back', async () => {
    const redis = await TcpProxy.open();
    const url = new URL(redisUrl());
    redis.to(Number(url.port));
    url.port = String(redis.port);
    const listening = new LiveGateway(url.toString(), world.get(Log));
    const heard: unknown[] = [];
    const topic = `order-changed:${newId('ord')}`;
    listening.emitter.on(topic, (message, done) => {
      heard.push(message);
      done();
    });
    const hears = async () => {
      const before = heard.length;
      await eventually('it is heard', async () => {
        await world.get(LiveGateway).publish(topic, {});
        return heard.length > before ? true : null;
      });
    };
    await hears();

    redis.cut();

    await hears();
    await listening.close();
    await redis.close();
  });

  it('is open to our own page and closed to others, whatever cookie the browser sends along', async () => {
    const person = world.person();
    const { orderId } = await makeOrder(world, { buyerId: person.userId });
    const own = watch(person, orderId, WATCH, open(person, { origin: url.replace('ws', 'http') }));
    const foreign = watch(person, orderId, WATCH, open(person, { origin: 'https://evil.example' }));

    await eventually('the refusal arrives', async () => foreign.errors.length > 0);
    await announceUntil(orderId, () => own.messages.length > 0);

    expect(own.errors).toEqual([]);
    expect(foreign.messages).toEqual([]);
  });

  it('is refused to who posts it, with the way to do it', async () => {
    const { errors } = await world.client('storefront').send(WATCH, { orderId: 'ord_1' });

    expect(errors).toMatchObject([
      { extensions: { code: 'BAD_REQUEST' }, message: expect.stringContaining('socket') },
    ]);
  });

  it('says why in our words, never in those of the database', async () => {
    const watched = watch(world.person(), '桃');

    await eventually('the refusal arrives', async () => watched.errors.length > 0);
    expect(watched.errors[0]).toMatchObject([{ extensions: { code: 'INVALID_INPUT' } }]);
    expect(JSON.stringify(watched.errors)).not.toContain('collation');
  });

  const fields = Array.from({ length: FIELDS_MAX }, (_, index) => `a${index}: id`).join(' ');
  it.each([
    ['asks for too much', fields, `A document may ask at most ${FIELDS_MAX} fields.`],
    ['does not fit the schema', 'nothing', 'Cannot query field "nothing" on type "Order".'],
  ])('refuses a document that %s, as over HTTP', async (_what, asked, message) => {
    const person = world.person();
    const { orderId } = await makeOrder(world, { buyerId: person.userId });
    const query = `subscription ($orderId: ID!) { orderChanged(orderId: $orderId) { order { ${asked} } } }`;

    const watched = watch(person, orderId, query);

    await eventually('the refusal arrives', async () => watched.errors.length > 0);
    expect(JSON.stringify(watched.errors)).toContain(JSON.stringify(message).slice(1, -1));
  });
});
