import { type Client as Socket, createClient } from 'graphql-ws';
import { type ServiceName, SERVICES } from '#platform/service';
import { eventually } from '../../harness/fleet.js';
import { signedSocket } from '../../harness/socket.js';
import { countStatements } from '../../harness/statements.js';
import { type Person, World } from '../../harness/world.js';
import { makeDivisions } from '../../make/division.make.js';
import { makeOrder } from '../../make/order.make.js';
import { picture } from '../../make/photo.make.js';

/** Small enough to run into; the minute they are counted in is Redis's, and no spec waits for it. */
const LIMITS = 'ANONYMOUS=-/5,READ=4/9,WRITE=3/7,COSTLY=2/4,UPLOAD=2/-,SIGN_IN=-/2,MALFORMED=-/3,SOCKET=2/3';

const VIEWER = '{ viewer { id } }';
const PREFER = 'mutation { preferencesSet(input: { isElderMode: true }) { __typename } }';

let world: World;
let addresses = 0;

beforeAll(async () => {
  world = await World.start({
    services: SERVICES,
    settings: { THROTTLE: LIMITS, TRUSTED_PROXIES: '127.0.0.1' },
  });
  await makeDivisions(world);
  await world.app('storefront').listen(0, '127.0.0.1');
});
afterAll(() => world.close());

/** An address that nobody has come from before. */
function anywhere(): string {
  addresses += 1;
  return `2001:db8:${process.pid.toString(16)}:${addresses.toString(16)}::1`;
}

interface Wish {
  readonly from: string;
  readonly person?: Person;
  readonly service?: ServiceName;
}

function ask(query: string, { from, person, service = 'storefront' }: Wish) {
  const request = world
    .client(service)
    .http.post('/graphql')
    .set('x-forwarded-for', from)
    .set('accept-language', 'en');
  if (person) void request.set('authorization', `Bearer ${person.token}`);
  return request.send({ query });
}

async function statuses(count: number, query: string, wish: Wish): Promise<number[]> {
  const found: number[] = [];
  for (let n = 0; n < count; n += 1) found.push((await ask(query, wish)).status);
  return found;
}

describe.each(SERVICES)('%s', (service) => {
  it('refuses a person who does too much, says when to come back, and has done nothing', async () => {
    const [from, person] = [anywhere(), world.person()];
    expect(await statuses(3, PREFER, { from, person, service })).toEqual([200, 200, 200]);

    let answer = await ask(VIEWER, { from, person, service });
    const statements = await countStatements(async () => {
      answer = await ask(PREFER, { from, person, service });
    });

    const [error] = answer.body.errors;
    expect(answer.status).toBe(429);
    expect(error.extensions).toMatchObject({ code: 'TOO_MANY_REQUESTS' });
    const { retryAfterSeconds, zh } = error.extensions;
    expect(retryAfterSeconds).toBeGreaterThanOrEqual(1);
    expect(retryAfterSeconds).toBeLessThanOrEqual(60);
    expect(answer.headers['retry-after']).toBe(String(retryAfterSeconds));
    expect(error.message).toBe(`Too many changes; try again in ${retryAfterSeconds} s.`);
    expect(zh).toBe(`操作过于频繁，请在 ${retryAfterSeconds} 秒后再试。`);
    expect(statements).toBe(0);
  });
});

describe('what is counted apart', () => {
  it('reads are not writes, and one person is not another', async () => {
    const [from, person] = [anywhere(), world.person()];
    expect(await statuses(4, PREFER, { from, person })).toEqual([200, 200, 200, 429]);

    expect((await ask(VIEWER, { from, person })).status).toBe(200);
    expect((await ask(PREFER, { from, person: world.person() })).status).toBe(200);
  });

  it('a person is held to their limit from wherever they come', async () => {
    const person = world.person();
    for (let n = 0; n < 3; n += 1) await ask(PREFER, { from: anywhere(), person });

    expect((await ask(PREFER, { from: anywhere(), person })).status).toBe(429);
  });

  it('all who come from one address share its limit, and whoever is refused uses none of it up', async () => {
    const from = anywhere();
    const [greedy, modest, late] = [world.person(), world.person(), world.person()];
    expect(await statuses(9, PREFER, { from, person: greedy })).toEqual([
      200, 200, 200, 429, 429, 429, 429, 429, 429,
    ]);
    expect(await statuses(3, PREFER, { from, person: modest })).toEqual([200, 200, 200]);

    expect(await statuses(2, PREFER, { from, person: late })).toEqual([200, 429]);
    expect((await ask(PREFER, { from: anywhere(), person: late })).status).toBe(200);
  });

  it('a network of IPv6 is one address, and what a client writes before the proxy counts for nothing', async () => {
    const network = anywhere().replace('::1', '');
    const answers: number[] = [];
    for (let n = 1; n <= 6; n += 1)
      answers.push((await ask(VIEWER, { from: `198.51.100.${n}, ${network}::${n}` })).status);

    expect(answers).toEqual([200, 200, 200, 200, 200, 429]);
  });

  it('each field of a document counts: aliases buy nothing, and what fitted in is answered', async () => {
    const from = anywhere();
    const { status, body } = await ask(
      `{ ${[1, 2, 3, 4, 5, 6, 7].map((n) => `v${n}: viewer { id }`).join(' ')} }`,
      { from },
    );

    expect(status).toBe(200);
    const refusals = body.errors as { path: string[]; extensions: { code: string } }[];
    expect(refusals.map(({ path, extensions }) => [path[0], extensions.code])).toEqual([
      ['v6', 'TOO_MANY_REQUESTS'],
      ['v7', 'TOO_MANY_REQUESTS'],
    ]);
  });

  it('attempts to sign in count before anybody is known', async () => {
    const from = anywhere();
    const attempt = 'mutation { signInWithPassword(phone: "13900000000", password: "x") { __typename } }';

    expect(await statuses(3, attempt, { from })).toEqual([200, 200, 429]);
  });

  it('what costs much has a limit of its own', async () => {
    const [from, person] = [anywhere(), world.person()];
    const search = '{ productSearch(query: "黄桃") { hitCount } }';

    expect(await statuses(3, search, { from, person })).toEqual([200, 200, 429]);
    expect((await ask(VIEWER, { from, person })).status).toBe(200);
  });
});

describe('what anybody may ask', () => {
  const KINDS = {
    SIGN_IN: [2, 'Too many attempts to sign in'],
    COSTLY: [2, 'Too many searches, orders or exports'],
    WRITE: [3, 'Too many changes'],
  } as const;
  const COUPON = 'promotionId: "pmo_1", idempotencyKey: "0123456789abcdef"';

  it.each<[string, keyof typeof KINDS, 'nobody' | 'somebody', string]>([
    ['a code', 'SIGN_IN', 'nobody', 'mutation { signInCodeRequest(phone: "13900000000") { __typename } }'],
    ['a new guest', 'SIGN_IN', 'nobody', 'mutation { guestStart { __typename } }'],
    ['what a household was paid', 'SIGN_IN', 'nobody', '{ linkageConfirmation(token: "x") { state } }'],
    [
      'a household’s word',
      'SIGN_IN',
      'nobody',
      'mutation { linkageConfirm(token: "x", isReceived: true) { __typename } }',
    ],
    [
      'an order',
      'COSTLY',
      'somebody',
      'mutation { orderPlace(input: { idempotencyKey: "0123456789abcdef", lines: [] }) { __typename } }',
    ],
    [
      'a payment',
      'COSTLY',
      'somebody',
      'mutation { paymentStart(orderId: "ord_1", method: ALIPAY) { __typename } }',
    ],
    [
      'a pick-up code',
      'COSTLY',
      'somebody',
      'mutation { pickUpOpenByCode(visit: "x", code: "123456") { __typename } }',
    ],
    ['a coupon', 'WRITE', 'somebody', `mutation { couponClaim(${COUPON}) { __typename } }`],
    [
      'a review',
      'WRITE',
      'somebody',
      'mutation { reviewPost(input: { orderLineId: "oln_1", rating: 5, text: "甜" }) { __typename } }',
    ],
  ])('%s is asked for so often (%s) by %s, and then told when to come back', async (_, kind, who, query) => {
    const [many, words] = KINDS[kind];
    const wish = { from: anywhere(), ...(who === 'somebody' ? { person: world.person() } : {}) };
    expect(await statuses(many, query, wish)).not.toContain(429);

    const { status, body, headers } = await ask(query, wish);

    expect(status).toBe(429);
    const [{ message, extensions }] = body.errors;
    expect(extensions.code).toBe('TOO_MANY_REQUESTS');
    expect(message).toBe(`${words}; try again in ${extensions.retryAfterSeconds} s.`);
    expect(headers['retry-after']).toBe(String(extensions.retryAfterSeconds));
  });
});

describe('routes', () => {
  it('photos are refused in the same words', async () => {
    const person = world.person();
    const send = async () =>
      world
        .client('storefront')
        .http.post('/photos')
        .set('authorization', `Bearer ${person.token}`)
        .set('content-type', 'application/octet-stream')
        .send(await picture(1));
    expect((await send()).status).toBe(201);
    expect((await send()).status).toBe(201);

    const { status, body, headers } = await send();

    expect(status).toBe(429);
    expect(body).toMatchObject({ code: 'TOO_MANY_REQUESTS', zh: expect.stringContaining('上传过于频繁') });
    expect(headers['retry-after']).toBe(String(body.retryAfterSeconds));
  });

  it('whoever only asks for the head of something has read, and not written', async () => {
    const [from, person] = [anywhere(), world.person()];
    const head = () =>
      world
        .client('storefront')
        .http.head('/reviews/rev_1/photos/fil_1')
        .set('x-forwarded-for', from)
        .set('authorization', `Bearer ${person.token}`);
    for (let n = 0; n < 4; n += 1) expect((await head()).status).toBe(404);
    expect((await head()).status).toBe(429);

    expect((await ask(PREFER, { from, person })).status).toBe(200);
  });

  it('what the provider tells us is never refused for coming often', async () => {
    const from = anywhere();
    for (let n = 0; n < 10; n += 1) {
      const { status } = await world
        .client('settlement')
        .http.post('/webhooks/stripe')
        .set('x-forwarded-for', from)
        .send({});
      expect(status).toBe(400);
    }
  });

  it('a public document costs nothing while it is kept, and a refusal is not shared', async () => {
    const [greedy, other] = [anywhere(), anywhere()];
    const get = (from: string, variables: object) =>
      world
        .client('storefront')
        .http.get(`/graphql/documents/category-list?variables=${JSON.stringify(variables)}`)
        .set('x-forwarded-for', from);
    for (let n = 0; n < 12; n += 1) expect((await get(greedy, {})).status).toBe(200);

    const answers: number[] = [];
    for (let n = 0; n < 7; n += 1) answers.push((await get(greedy, { n })).status);

    expect(answers.filter((status) => status === 429).length).toBeGreaterThan(1);
    const refused = await get(greedy, { n: 100 });
    expect(refused.status).toBe(429);
    expect(refused.headers['retry-after']).toMatch(/^\d+$/);
    expect((await get(other, { n: 100 })).status).toBe(200);
  });
});

describe('what cannot be read', () => {
  it('of a public document shuts out whoever sends it, and nobody else', async () => {
    const ask = (from: string, id: unknown) =>
      world
        .client('storefront')
        .http.get(`/graphql/documents/product-page?variables=${JSON.stringify({ id })}`)
        .set('x-forwarded-for', from);
    const answers: number[] = [];
    for (let n = 0; n < 3; n += 1)
      for (const from of [anywhere(), anywhere()]) answers.push((await ask(from, [n, {}])).status);
    expect(answers).toEqual([400, 400, 400, 400, 400, 400]);

    expect((await ask(anywhere(), 'prd_1')).status).toBe(200);
  });

  it('is counted, and after too much of it nothing more is read from there', async () => {
    const from = anywhere();
    expect(await statuses(5, '{ nothingOfTheKind }', { from })).toEqual([400, 400, 400, 400, 429]);

    const { status, body, headers } = await ask(VIEWER, { from });
    expect(status).toBe(429);
    expect(body.errors[0].extensions.code).toBe('TOO_MANY_REQUESTS');
    expect(headers['retry-after']).toBeDefined();
    expect((await ask(VIEWER, { from: anywhere() })).status).toBe(200);
  });
});

describe('sockets', () => {
  const open = async (person: Person, from: string): Promise<Socket> => {
    const url = (await world.app('storefront').getUrl()).replace('http', 'ws');
    return createClient({
      url: `${url}/graphql`,
      webSocketImpl: signedSocket({ authorization: `Bearer ${person.token}`, 'x-forwarded-for': from }),
      retryAttempts: 0,
      lazy: false,
      onNonLazyError: () => undefined,
    });
  };
  const isOpen = (socket: Socket) =>
    new Promise<boolean>((resolve) => {
      socket.on('connected', () => resolve(true));
      socket.on('closed', () => resolve(false));
      socket.on('error', () => resolve(false));
    });

  it('so many a person and so many an address, and the place is free again once one closes', async () => {
    const [from, person, neighbour] = [anywhere(), world.person(), world.person()];
    const first = await open(person, from);
    expect(await isOpen(first)).toBe(true);
    const second = await open(person, from);
    expect(await isOpen(second)).toBe(true);
    expect(await isOpen(await open(person, anywhere()))).toBe(false);
    const third = await open(neighbour, from);
    expect(await isOpen(third)).toBe(true);
    expect(await isOpen(await open(neighbour, from))).toBe(false);

    await first.dispose();

    await eventually('a place is free', async () => {
      const again = await open(person, from);
      const isIn = await isOpen(again);
      await again.dispose();
      return isIn;
    });
    await second.dispose();
    await third.dispose();
  });

  it('a subscription is counted as a read when it begins', async () => {
    const [from, person] = [anywhere(), world.person()];
    const { orderId } = await makeOrder(world, { buyerId: person.userId });
    for (let n = 0; n < 4; n += 1) await ask(VIEWER, { from, person });
    const socket = await open(person, from);

    const [error] = await new Promise<readonly { message: string }[]>((resolve) => {
      socket.subscribe(
        { query: `subscription { orderChanged(orderId: "${orderId}") { order { id } } }` },
        {
          next: ({ errors }) => resolve(errors ?? []),
          error: (errors) => resolve(errors as { message: string }[]),
          complete: () => resolve([]),
        },
      );
    });
    await socket.dispose();

    expect(error).toMatchObject({
      message: expect.stringMatching(/^访问过于频繁/), // Whoever asks in no language hears ours.
      extensions: { code: 'TOO_MANY_REQUESTS' },
    });
  });
});
