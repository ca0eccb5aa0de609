import { jest } from '@jest/globals';
import { CLAIMS_MAX, CartService, ORDER_LINES_MAX, PurchaseLimitService } from '#libs/ordering';
import { isGuestId } from '#libs/identity';
import { StockService } from '#libs/inventory';
import { newId, present } from '#libs/kernel';
import { GUEST_COOKIE } from '#platform/graphql';
import { CartRepository } from '../../../libs/ordering/src/cart.repository.js';
import type { Client } from '../../harness/client.js';
import { countStatements } from '../../harness/statements.js';
import { World } from '../../harness/world.js';
import { makeDivisions } from '../../make/division.make.js';
import { RECIPIENT, makeOrder, pay } from '../../make/order.make.js';
import { makeProduct } from '../../make/product.make.js';
import { freshPhone, makeUser, signIn } from '../../make/user.make.js';

const START = 'mutation { guestStart { ... on GuestStartPayload { guestToken expiresAt } } }';
const CART = '{ cart { lines { variantId quantity } } }';
const SET = `mutation ($variantId: ID!, $quantity: Int!) { cartLineSet(input: { variantId: $variantId, quantity: $quantity }) {
  ... on CartLineSetPayload { cart { lines { quantity } } } ... on DomainError { code message } } }`;
const MERGE = `mutation ($token: String) { guestMerge(guestToken: $token) { ... on GuestMergePayload {
  cart { lines { variantId quantity } }
  lines { variantId channelPointId guestQuantity ownQuantity quantity outcome }
  orders { id }
} } }`;
const CLAIM = `mutation ($id: ID!) { guestOrderClaim(orderId: $id) { ... on GuestOrderClaimPayload { order { id recipient { name } } } } }`;
const PLACE = `mutation ($input: OrderPlaceInput!) { orderPlace(input: $input) {
  ... on OrderPlacePayload { order { id } } ... on InvalidInputError { fields { path } } ... on DomainError { code message }
} }`;
const ORDER = 'query ($id: ID!) { order(id: $id) { id state recipient { phone } } }';
const ORDERS = '{ orders { nodes { id } } }';
const AGAIN =
  'mutation ($id: ID!) { orderBuyAgain(orderId: $id) { ... on OrderBuyAgainPayload { lines { outcome } } } }';
const CANCEL =
  'mutation ($id: ID!) { orderCancel(orderId: $id) { ... on OrderCancelPayload { order { state } } } }';

let world: World;
let nobody: Client;

beforeAll(async () => {
  world = await World.start({ services: ['storefront', 'settlement'] });
  await makeDivisions(world);
  nobody = world.client('storefront');
});
afterAll(() => world.close());
beforeEach(() => world.clock.advance(1_000));

const tokenOf = async (who: Client = nobody) => (await who.ask<{ guestToken: string }>(START)).guestToken;
const guest = async () => {
  const token = await tokenOf();
  return { token, client: nobody.as(token) };
};
const known = async (phone = freshPhone()) => {
  const { userId } = await makeUser(world, { phone });
  return { userId, phone, client: nobody.as(world.personOf(userId).token) };
};
const put = (who: Client, variantId: string, quantity: number) => who.ask(SET, { variantId, quantity });
const place = async (who: Client, phone: string, changes: object = {}) => {
  const { variantId } = await makeProduct(world);
  const lines = [{ variantId, quantity: 1 }];
  const recipient = { ...RECIPIENT, phone };
  const input = { idempotencyKey: newId('req'), lines, recipient, ...changes };
  return who.ask<{ order: { id: string } }>(PLACE, { input });
};

/** Where somebody waits until they may go on. */
const gate = () => {
  let pass = (): void => undefined;
  const passed = new Promise<void>((resolve) => {
    pass = resolve;
  });
  return { pass: () => pass(), passed };
};

describe('guestStart', () => {
  it('writes nothing down, and stays the same guest when it is renewed', async () => {
    expect(await countStatements(() => tokenOf())).toBe(0);
    const { token, client } = await guest();
    const { variantId } = await makeProduct(world);
    await put(client, variantId, 2);

    const renewed = nobody.as(await tokenOf(nobody.as(token)));

    expect(await renewed.ask(CART)).toEqual({ lines: [{ variantId, quantity: 2 }] });
  });

  it('also sets a cookie, which counts only where there is no session', async () => {
    const response = await nobody.http
      .post('/graphql')
      .set('content-type', 'application/json')
      .send({ query: START });
    const [cookie = ''] = response.headers['set-cookie'] as unknown as string[];
    const ask = (cookies: string) =>
      nobody.http.post('/graphql').set('cookie', cookies).send({ query: CART });
    const [pair = ''] = cookie.split(';');

    expect(cookie).toMatch(new RegExp(`^${GUEST_COOKIE}=.*HttpOnly; SameSite=Lax`));
    expect((await ask(pair)).body.data).toEqual({ cart: { lines: [] } });
    const expired = await ask(`${pair}; taoyuan_refresh=something`);
    expect(expired.body.errors[0].extensions.code).toBe('UNAUTHENTICATED');
  });
});

describe('a guest', () => {
  it('shops, and watches and cancels what they have bought', async () => {
    const { client } = await guest();
    const phone = freshPhone();

    const { order } = await place(client, phone);

    expect(await client.ask(ORDER, order)).toEqual({ id: order.id, state: 'PLACED', recipient: { phone } });
    expect(await client.ask(ORDERS)).toEqual({ nodes: [{ id: order.id }] });
    expect(await client.ask(CANCEL, order)).toEqual({ order: { state: 'CANCELLED' } });
  });

  it('is nobody who is known: what needs a person is refused', async () => {
    const { client } = await guest();

    expect(await client.ask('{ viewer { id } }')).toBeNull();
    for (const question of [
      '{ addresses { id } }',
      '{ ordersToSign { nodes { id } } }',
      '{ myProcurementUnits { id } }',
      'mutation { passwordSet(newPassword: "yellow peaches") { __typename } }',
      'mutation { guestMerge { __typename } }',
      'mutation { guestOrderClaim(orderId: "ord_1") { __typename } }',
    ])
      expect(await client.codeOf(question)).toBe('FORBIDDEN');
    const { token } = await guest();
    expect(await world.client('settlement').as(token).codeOf('{ deadLetters { eventId } }')).toBe(
      'FORBIDDEN',
    );
  });

  it('gives a mobile number, in whatever spelling', async () => {
    const { client } = await guest();

    expect(await place(client, '0731-22881234')).toMatchObject({
      code: 'INVALID_INPUT',
      fields: [{ path: 'recipient.phone' }],
    });
    const { order } = await place(client, '+86-139-0000-1234');
    expect(await client.ask(ORDER, order)).toMatchObject({ recipient: { phone: '13900001234' } });
  });

  it('sees nothing of others, guests or not, and they nothing of theirs', async () => {
    const { client } = await guest();
    const { order } = await place(client, freshPhone());
    const theirs = await makeOrder(world);
    const [other, person] = [(await guest()).client, (await known()).client];

    expect(await client.ask(ORDER, { id: theirs.orderId })).toBeNull();
    for (const stranger of [other, person]) {
      expect(await stranger.ask(ORDER, order)).toBeNull();
      expect(await stranger.codeOf(CANCEL, order)).toBe('NOT_FOUND');
    }
    expect(await nobody.codeOf(ORDER, order)).toBe('UNAUTHENTICATED');
    expect(await nobody.as(`${(await guest()).token}x`).codeOf(ORDER, order)).toBe('UNAUTHENTICATED');
  });
});

describe('guestMerge', () => {
  const a = () => makeProduct(world);

  it('adds up what is in both carts, and says so', async () => {
    const [{ token, client }, buyer] = [await guest(), await known()];
    const [both, theirs, own] = [await a(), await a(), await a()];
    await put(client, both.variantId, 998);
    world.clock.advance(1_000);
    await put(client, theirs.variantId, 2);
    await put(buyer.client, both.variantId, 3);
    world.clock.advance(1_000);
    await put(buyer.client, own.variantId, 1);
    world.clock.advance(1_000);

    const merged = await buyer.client.ask(MERGE, { token });

    const line = { channelPointId: null };
    expect(merged).toEqual({
      cart: {
        lines: [
          { variantId: both.variantId, quantity: 999 },
          { variantId: own.variantId, quantity: 1 },
          { variantId: theirs.variantId, quantity: 2 },
        ],
      },
      lines: [
        {
          ...line,
          variantId: both.variantId,
          guestQuantity: 998,
          ownQuantity: 3,
          quantity: 999,
          outcome: 'CAPPED',
        },
        {
          ...line,
          variantId: theirs.variantId,
          guestQuantity: 2,
          ownQuantity: 0,
          quantity: 2,
          outcome: 'MOVED',
        },
      ],
      orders: [],
    });
    expect(await client.ask(CART)).toEqual({ lines: [] });
    expect(await buyer.client.ask(MERGE, { token })).toMatchObject({ lines: [], orders: [] });
  });

  it('once, however often at once', async () => {
    const [{ token, client }, buyer] = [await guest(), await known()];
    const { variantId } = await a();
    await put(client, variantId, 2);
    await put(buyer.client, variantId, 1);

    await Promise.all([1, 2, 3].map(() => buyer.client.ask(MERGE, { token })));

    expect(await buyer.client.ask(CART)).toEqual({ lines: [{ variantId, quantity: 3 }] });
  });

  it('leaves with the guest what does not fit', async () => {
    const [{ token, client }, buyer] = [await guest(), await known()];
    const { variantId: extra } = await makeProduct(world);
    for (let left = ORDER_LINES_MAX; left > 0; left -= 10) {
      const { variantIds } = await makeProduct(world, { pricesFen: Array.from({ length: 10 }, () => 100n) });
      for (const variantId of variantIds) await put(buyer.client, variantId, 1);
    }
    await put(client, extra, 4);

    expect(await buyer.client.ask(MERGE, { token })).toMatchObject({
      lines: [{ variantId: extra, quantity: 0, outcome: 'LEFT_OUT' }],
    });
    expect(await client.ask(CART)).toEqual({ lines: [{ variantId: extra, quantity: 4 }] });
  });

  it('claims every order of the guest, and the token opens it no longer', async () => {
    const [{ token, client }, buyer] = [await guest(), await known()];
    const { order } = await place(client, freshPhone());

    expect(await buyer.client.ask(MERGE, { token })).toMatchObject({ orders: [{ id: order.id }] });

    expect(await buyer.client.ask(ORDERS)).toEqual({ nodes: [{ id: order.id }] });
    expect(await client.ask(ORDER, order)).toBeNull();
    await pay(world, order.id as `ord_${string}`);
    await world.settle();
    expect(await buyer.client.ask(ORDER, order)).toMatchObject({ state: 'PAID' });
  });

  it('keeps the cookie while there may be more of them than change hands at once', async () => {
    const [{ token, client }, buyer] = [await guest(), await known()];
    const { order } = await place(client, freshPhone());
    const [row] = await world.database.query<Record<string, string>>(
      'SELECT * FROM customer_order WHERE id = ?',
      [order.id],
    );
    const more = Array.from({ length: CLAIMS_MAX }, () => newId('ord'));
    await world.database.transaction((tx) =>
      tx.insert(
        'customer_order',
        more.map((id) => ({ ...row, id, idempotency_key: id })),
      ),
    );
    const merge = () =>
      buyer.client.http
        .post('/graphql')
        .set('authorization', `Bearer ${world.personOf(buyer.userId).token}`)
        .set('cookie', `${GUEST_COOKIE}=${token}`)
        .send({ query: MERGE });

    const [first, second] = [await merge(), await merge()];

    expect(first.body.data.guestMerge.orders).toHaveLength(CLAIMS_MAX);
    expect(first.headers['set-cookie']).toBeUndefined();
    expect(second.body.data.guestMerge.orders).toHaveLength(1);
    expect(second.headers['set-cookie']).toBeDefined();
  });

  it('finds them again by their keys: who has heard nothing and has signed in meanwhile places no second one', async () => {
    const [{ token, client }, buyer] = [await guest(), await known()];
    const { variantId } = await makeProduct(world);
    const again = { idempotencyKey: newId('req'), lines: [{ variantId, quantity: 1 }] };
    const { order } = await place(client, buyer.phone, again);
    await buyer.client.ask(MERGE, { token });

    expect(await place(buyer.client, buyer.phone, again)).toEqual({ order: { id: order.id } });
    expect(await buyer.client.ask(ORDERS)).toEqual({ nodes: [{ id: order.id }] });
  });

  it.each([
    [
      'the holder of the token',
      async (who: Awaited<ReturnType<typeof known>>, token: string) => who.client.ask(MERGE, { token }),
    ],
    [
      'whoever has its phone',
      async (who: Awaited<ReturnType<typeof known>>, _token: string, id: string) =>
        who.client.ask(CLAIM, { id }),
    ],
  ])(
    'tells the token that keeps asking that its order is there, claimed by %s, and places no second one',
    async (_, claim) => {
      const [{ token, client }, buyer] = [await guest(), await known()];
      const { variantId } = await makeProduct(world);
      const again = { idempotencyKey: newId('req'), lines: [{ variantId, quantity: 1 }] };
      const { order } = await place(client, buyer.phone, again);
      await claim(buyer, token, order.id);
      const CLAIMED = `mutation ($input: OrderPlaceInput!) { orderPlace(input: $input) { __typename
      ... on OrderClaimedError { code orderId } ... on DomainError { code } } }`;
      const ask = (changes: object = {}) =>
        client.ask(CLAIMED, {
          input: { ...again, recipient: { ...RECIPIENT, phone: buyer.phone }, ...changes },
        });

      for (let twice = 0; twice < 2; twice += 1)
        expect(await ask()).toEqual({
          __typename: 'OrderClaimedError',
          code: 'ORDER_CLAIMED',
          orderId: order.id,
        });
      expect(await ask({ lines: [{ variantId, quantity: 2 }] })).toMatchObject({
        code: 'IDEMPOTENCY_CONFLICT',
      });
      expect(await client.ask(ORDERS)).toEqual({ nodes: [] });
      expect(await ask({ idempotencyKey: newId('req') })).toMatchObject({ __typename: 'OrderPlacePayload' });
    },
  );

  it.each([
    ['the same', 1, 'ORDER_CLAIMED'],
    ['something else', 2, 'IDEMPOTENCY_CONFLICT'],
  ])(
    'answers a request for %s that was on its way while the order of its key was placed and claimed, and places no second one',
    async (_, quantity, code) => {
      const [{ token, client }, buyer] = [await guest(), await known()];
      const { variantId } = await makeProduct(world);
      const idempotencyKey = newId('req');
      const ask = (units: number) =>
        place(client, buyer.phone, { idempotencyKey, lines: [{ variantId, quantity: units }] });
      const [arrived, open] = [gate(), gate()];
      // It has looked its key up, found nothing, and has begun.
      const planned = jest.spyOn(StockService.prototype, 'plan').mockImplementationOnce(async function (
        this: StockService,
        ...[tx, wants]: Parameters<StockService['plan']>
      ) {
        arrived.pass();
        await open.passed;
        const [plan] = await this.planInTurn(tx, [wants], {});
        return present(plan, 'a plan');
      });
      const late = ask(quantity);
      await arrived.passed;
      const { order } = await ask(1);
      await buyer.client.ask(MERGE, { token });
      open.pass();

      expect(await late).toMatchObject({ code });
      planned.mockRestore();
      expect(await client.ask(ORDERS)).toEqual({ nodes: [] });
      expect(await buyer.client.ask(ORDERS)).toEqual({ nodes: [{ id: order.id }] });
    },
  );

  it('finds an order that was on its way while they signed in, once it is there; what the token places later stays the guest’s', async () => {
    const [{ token, client }, buyer] = [await guest(), await known()];
    const [arrived, open] = [gate(), gate()];
    const planned = jest.spyOn(StockService.prototype, 'plan').mockImplementationOnce(async function (
      this: StockService,
      ...[tx, wants]: Parameters<StockService['plan']>
    ) {
      arrived.pass();
      await open.passed;
      const [plan] = await this.planInTurn(tx, [wants], {});
      return present(plan, 'a plan');
    });
    const late = place(client, buyer.phone);
    await arrived.passed;
    expect(await buyer.client.ask(MERGE, { token })).toMatchObject({ orders: [] });
    open.pass();
    const { order } = await late;
    planned.mockRestore();

    await world.settle();
    await world.settle();
    expect(await client.ask(ORDERS)).toEqual({ nodes: [] });
    expect(await buyer.client.ask(ORDERS)).toEqual({ nodes: [{ id: order.id }] });

    world.clock.advance(11_000);
    const { order: later } = await place(client, freshPhone());
    await world.settle();
    expect(await client.ask(ORDERS)).toEqual({ nodes: [{ id: later.id }] });
    const claims = await world.database.query(
      "SELECT act FROM audit_entry WHERE act = 'order.claimed' AND subject IN (?)",
      [[order.id, later.id]],
    );
    expect(claims).toHaveLength(1);
  });

  it.each<[string, (who: Client, variantId: string, orderId: string) => Promise<unknown>]>([
    ['put in', (who, variantId) => put(who, variantId, 2)],
    ['bought again', (who, _, id) => who.ask(AGAIN, { id })],
  ])(
    'finds what was being %s while they signed in; what is put in later stays the guest’s',
    async (_, act) => {
      const [{ token, client }, buyer] = [await guest(), await known()];
      const { variantId } = await makeProduct(world);
      const lines = [{ variantId, quantity: 2 }];
      const { order } = await place(client, buyer.phone, { lines });
      const [arrived, open] = [gate(), gate()];
      const written = jest.spyOn(CartRepository.prototype, 'setSeen').mockImplementationOnce(async function (
        this: CartRepository,
        ...args: Parameters<CartRepository['setSeen']>
      ) {
        arrived.pass();
        await open.passed;
        await this.setSeen(...args);
      });
      const late = act(client, variantId, order.id);
      await arrived.passed;
      expect(await buyer.client.ask(MERGE, { token })).toMatchObject({ lines: [] });
      open.pass();
      await late;
      written.mockRestore();

      expect(await client.ask(CART)).toEqual({ lines: [] });
      expect(await buyer.client.ask(CART)).toEqual({ lines });
      world.clock.advance(11_000);
      await put(client, variantId, 1);
      expect(await client.ask(CART)).toEqual({ lines: [{ variantId, quantity: 1 }] });
      expect(await buyer.client.ask(CART)).toEqual({ lines });
    },
  );

  it('waits for them to have signed in, where it has looked before a line and commits after it', async () => {
    const [{ token, client }, buyer] = [await guest(), await known()];
    const { variantId } = await makeProduct(world);
    const [looked, open] = [gate(), gate()];
    const seen = jest.spyOn(CartRepository.prototype, 'lockLines').mockImplementationOnce(async function (
      this: CartRepository,
      ...args: Parameters<CartRepository['lockLines']>
    ) {
      const lines = await this.lockLines(...args);
      looked.pass();
      await open.passed;
      return lines;
    });
    const merged = buyer.client.ask(MERGE, { token });
    await looked.passed;
    const late = put(client, variantId, 2);
    const isThere = async () =>
      (await world.database.query('SELECT 1 FROM cart_line WHERE variant_id = ?', [variantId])).length > 0;
    while (!(await isThere())) continue;
    open.pass();
    await Promise.all([merged, late]);
    seen.mockRestore();

    expect(await client.ask(CART)).toEqual({ lines: [] });
    expect(await buyer.client.ask(CART)).toEqual({ lines: [{ variantId, quantity: 2 }] });
  });

  it('does so also where both have chosen the same key', async () => {
    const [{ token, client }, buyer] = [await guest(), await known()];
    const idempotencyKey = newId('req');
    const first = await place(buyer.client, buyer.phone, { idempotencyKey });
    const second = await place(client, freshPhone(), { idempotencyKey });

    expect(await buyer.client.ask(MERGE, { token })).toMatchObject({ orders: [{ id: second.order.id }] });
    expect(first.order.id).not.toBe(second.order.id);
  });

  it.each([null, '', 'no token', 'a person'])('brings nothing for %s', async (token) => {
    const [buyer, other] = [await known(), await known()];
    const { variantId } = await a();
    await put(other.client, variantId, 2);
    const given = token === 'a person' ? world.personOf(other.userId).token : token;

    expect(await buyer.client.ask(MERGE, { token: given })).toEqual({
      cart: { lines: [] },
      lines: [],
      orders: [],
    });
    expect(await other.client.ask(CART)).toEqual({ lines: [{ variantId, quantity: 2 }] });
  });
});

describe('guestOrderClaim', () => {
  it('is for whoever has proved the phone, once and again', async () => {
    const { client } = await guest();
    const phone = freshPhone();
    const { order } = await place(client, phone);
    const { accessToken } = await signIn(world, nobody, phone);
    const owner = nobody.as(accessToken);

    for (const _ of ['once', 'again'])
      expect(await owner.ask(CLAIM, order)).toEqual({
        order: { id: order.id, recipient: { name: RECIPIENT.name } },
      });

    expect(await client.ask(ORDER, order)).toBeNull();
    const told = await world.database.query(
      "SELECT id FROM audit_entry WHERE act = 'order.claimed' AND subject = ?",
      [order.id],
    );
    expect(told).toHaveLength(1);
  });

  it('counts from then on against what one person may buy', async () => {
    const [{ client }, buyer] = [await guest(), await known()];
    const { variantId, merchantId } = await makeProduct(world);
    const limit = { variantId, orderMax: null, personMax: 1, periodDays: 7 };
    await world.get(PurchaseLimitService).set([merchantId], limit, newId('usr'));
    const lines = [{ variantId, quantity: 1 }];
    const { order } = await place(client, buyer.phone, { lines });

    await buyer.client.ask(CLAIM, order);

    expect(await place(buyer.client, buyer.phone, { lines })).toMatchObject({ code: 'PURCHASE_LIMIT' });
    expect(await place(client, buyer.phone, { lines })).toHaveProperty('order');
  });

  it('is for nobody else, whatever they know', async () => {
    const { client } = await guest();
    const phone = freshPhone();
    const { order } = await place(client, phone);
    // Somebody's own order goes to that phone as well: it was placed by a person and stays theirs.
    const { orderId } = await makeOrder(world, { recipient: { ...RECIPIENT, phone } });
    const [owner, other] = [await known(phone), await known()];

    expect(await other.client.codeOf(CLAIM, order)).toBe('NOT_FOUND');
    expect(await owner.client.codeOf(CLAIM, { id: orderId })).toBe('NOT_FOUND');
    expect(await owner.client.codeOf(CLAIM, { id: 'ord_unknown' })).toBe('NOT_FOUND');
    expect(await client.ask(ORDER, order)).toMatchObject({ id: order.id });
  });
});

describe('the sweep', () => {
  it('takes what guests have left behind, and nothing of anybody else', async () => {
    const [{ client }, buyer] = [await guest(), await known()];
    const [{ variantId }, touched] = [await makeProduct(world), await makeProduct(world)];
    await put(client, variantId, 1);
    await put(client, touched.variantId, 1);
    await put(buyer.client, variantId, 1);
    const owners = () =>
      world.database.query<{ buyerId: string }>('SELECT DISTINCT buyer_id AS buyerId FROM cart_line');

    world.clock.advance(20 * 86_400_000);
    await put(client, touched.variantId, 2);
    world.clock.advance(39 * 86_400_000);
    expect(await world.get(CartService).sweepGuests(1_000)).toBe(0);
    world.clock.advance(2 * 86_400_000);
    expect(await world.get(CartService).sweepGuests(1_000)).toBeGreaterThan(0);
    expect(await client.ask(CART)).toEqual({ lines: [{ variantId: touched.variantId, quantity: 2 }] });
    world.clock.advance(20 * 86_400_000);
    expect(await world.get(CartService).sweepGuests(1_000)).toBe(1);

    const left = await owners();
    expect(left.some(({ buyerId }) => isGuestId(buyerId))).toBe(false);
    expect(left.map(({ buyerId }) => buyerId)).toContain(buyer.userId);
  });
});
