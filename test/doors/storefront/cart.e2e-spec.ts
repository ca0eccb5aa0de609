import { ChannelPointService } from '#libs/channel';
import type { Client } from '../../harness/client.js';
import { countStatements } from '../../harness/statements.js';
import { World } from '../../harness/world.js';
import { makePavilion } from '../../make/channel-point.make.js';
import { makeDivisions } from '../../make/division.make.js';
import { makeOrder } from '../../make/order.make.js';
import { suspendMerchant } from '../../make/merchant.make.js';
import { makeProduct } from '../../make/product.make.js';

const FIELDS = `lines { variantId variantName productName quantity unitPriceFen seenPriceFen goodsFen isOnSale available bestBeforeOn changes channelPoint { id name } }
  groups { merchant { id } lines { variantId } goodsFen freightFen freeFromFen missingForFreeFen }
  goodsFen freightFen totalFen`;
const CART = `{ cart { ${FIELDS} } }`;
const SET = `mutation ($input: CartLineSetInput!) { cartLineSet(input: $input) {
  __typename
  ... on CartLineSetPayload { cart { ${FIELDS} } }
  ... on InvalidInputError { fields { path message } }
  ... on NotOnSaleError { variantIds }
  ... on CartFullError { linesMax }
  ... on DomainError { code message }
} }`;

let world: World;
let buyer: Client;

beforeAll(async () => {
  world = await World.start({ services: ['storefront'] });
  await makeDivisions(world);
});
afterAll(() => world.close());
beforeEach(() => {
  buyer = world.client('storefront').as(world.person().token);
  world.clock.advance(1_000);
});

const set = (input: object) => buyer.ask(SET, { input });

/** So many kinds of goods, twelve to a product. */
const kinds = async (count: number) => {
  const variantIds: string[] = [];
  while (variantIds.length < count)
    variantIds.push(
      ...(await makeProduct(world, { pricesFen: Array.from({ length: 12 }, () => 100n) })).variantIds,
    );
  return variantIds.slice(0, count);
};
const cart = () => buyer.ask<{ lines: { quantity: number }[] }>(CART);

describe('cart', () => {
  it('is sent nowhere but to a county', async () => {
    const to = 'query ($countyCode: ID) { cart(countyCode: $countyCode) { totalFen } }';

    expect(await buyer.codeOf(to, { countyCode: '999999' })).toBe('INVALID_INPUT');
    expect(await buyer.codeOf(to, { countyCode: 'x' })).toBe('INVALID_INPUT');
    for (const countyCode of ['430225', '', null])
      expect(await buyer.ask(to, { countyCode })).toEqual({ totalFen: '0' });
  });
});

describe('cartLineSet', () => {
  it('puts goods in, through the place they are bought at', async () => {
    const { variantId } = await makeProduct(world, { pricesFen: [4_500n] });
    const pavilion = await makePavilion(world);
    await set({ variantId, quantity: 1 });
    world.clock.advance(1_000);

    const result = await set({ variantId, quantity: 2, channelPointId: pavilion.id });

    const line = {
      variantId,
      productName: '炎陵黄桃',
      unitPriceFen: '4500',
      seenPriceFen: '4500',
      isOnSale: true,
      available: 100,
      bestBeforeOn: '2026-12-31',
      changes: [],
    };
    expect(result).toMatchObject({
      __typename: 'CartLineSetPayload',
      cart: {
        lines: [
          { ...line, quantity: 1, goodsFen: '4500', channelPoint: null },
          {
            ...line,
            quantity: 2,
            goodsFen: '9000',
            channelPoint: { id: pavilion.id, name: '炎陵特色产品馆' },
          },
        ],
        goodsFen: '13500',
        freightFen: '0',
        totalFen: '13500',
      },
    });
    expect(await cart()).toEqual((result as { cart: object }).cart);
  });

  it('replaces the quantity, and takes out with zero', async () => {
    const { variantId } = await makeProduct(world);
    await set({ variantId, quantity: 5 });

    await set({ variantId, quantity: 2 });
    expect((await cart()).lines).toMatchObject([{ quantity: 2 }]);

    await set({ variantId, quantity: 0 });
    expect(await cart()).toEqual({ lines: [], groups: [], goodsFen: '0', freightFen: '0', totalFen: '0' });
  });

  it.each([-1, 1_000])('refuses %s boxes, and changes nothing', async (quantity) => {
    const { variantId } = await makeProduct(world);

    expect(await set({ variantId, quantity })).toEqual({
      __typename: 'InvalidInputError',
      fields: [{ path: 'quantity', message: 'A quantity lies between 0 and 999.' }],
      code: 'INVALID_INPUT',
      message: 'A quantity lies between 0 and 999.',
    });
    expect((await cart()).lines).toEqual([]);
  });

  it('refuses what is not sold', async () => {
    const draft = await makeProduct(world, { state: 'DRAFT' });
    const suspended = await makeProduct(world);
    await suspendMerchant(world, suspended.merchantId);

    for (const variantId of [draft.variantId, suspended.variantId, 'var_unknown']) {
      expect(await set({ variantId, quantity: 1 })).toMatchObject({
        code: 'NOT_ON_SALE',
        variantIds: [variantId],
      });
    }
    expect((await cart()).lines).toEqual([]);
  });

  it('refuses a place of sale that is not open', async () => {
    const { variantId } = await makeProduct(world);
    const closed = await makePavilion(world);
    await world.get(ChannelPointService).suspend(closed.id);

    for (const channelPointId of [closed.id, 'chp_unknown']) {
      const result = await set({ variantId, quantity: 1, channelPointId });
      expect(result).toMatchObject({ code: 'INVALID_INPUT', fields: [{ path: 'channelPointId' }] });
    }
  });

  it('is full with fifty kinds of goods, which may still change', async () => {
    const variantIds = await kinds(51);
    for (const variantId of variantIds.slice(0, 50)) await set({ variantId, quantity: 1 });

    expect(await set({ variantId: variantIds[50], quantity: 1 })).toMatchObject({
      code: 'CART_FULL',
      linesMax: 50,
    });
    expect(await set({ variantId: variantIds[0], quantity: 3 })).toMatchObject({
      __typename: 'CartLineSetPayload',
    });
    expect((await cart()).lines).toHaveLength(50);
  });
});

describe('orderBuyAgain', () => {
  const AGAIN = `mutation ($orderId: ID!) { orderBuyAgain(orderId: $orderId) { __typename
    ... on OrderBuyAgainPayload { cart { lines { variantId quantity seenPriceFen changes channelPoint { id } } }
      lines { variantId orderedQuantity ownQuantity cartQuantity unitPriceFen unitPriceNowFen outcome changes channelPoint { id } } } } }`;
  interface Again {
    readonly lines: readonly { readonly variantId: string }[];
    readonly cart: { readonly lines: readonly { readonly variantId: string; readonly quantity: number }[] };
  }
  const again = (who: Client, orderId: string) => who.ask<Again>(AGAIN, { orderId });
  const priced = (variantId: string, priceFen: bigint) =>
    world.database.transaction((tx) =>
      tx.write('UPDATE product_variant SET price_fen = ? WHERE id = ?', [priceFen, variantId]),
    );

  it("fills the cart at today's prices, says of each line what is no longer as it was, and changes nothing when asked again", async () => {
    const person = world.person();
    const who = world.client('storefront').as(person.token);
    const place = await makePavilion(world);
    const [peach, tea, oil, rice, honey] = [
      await makeProduct(world, { pricesFen: [5_000n], batches: [{ quantity: 2 }, { quantity: 50 }] }),
      await makeProduct(world, { pricesFen: [7_000n] }),
      await makeProduct(world, { pricesFen: [9_000n], batches: [{ quantity: 4 }] }),
      await makeProduct(world, { pricesFen: [3_000n] }),
      await makeProduct(world, { pricesFen: [6_000n] }),
    ];
    const line = (variantId: string, quantity: number, channelPointId = '') => ({
      variantId,
      quantity,
      channelPointId,
    });
    const { orderId } = await makeOrder(world, {
      buyerId: person.userId,
      lines: [
        line(peach.variantId, 3), // From two batches.
        line(tea.variantId, 1),
        line(oil.variantId, 3),
        line(rice.variantId, 2, place.id),
        line(honey.variantId, 2),
      ],
    });
    await priced(peach.variantId, 5_500n);
    await suspendMerchant(world, tea.merchantId);
    await world.get(ChannelPointService).suspend(place.id);
    const limit = { variantId: honey.variantId, orderMax: 1, personMax: null, periodDays: null };
    await world.database.transaction((tx) =>
      tx.insert('purchase_limit', [{ ...limit, setBy: person.userId, setAt: world.clock.now() }]),
    );

    const first = await again(who, orderId);

    const nowhere = { channelPoint: null, ownQuantity: 0 };
    expect(Object.fromEntries(first.lines.map((one) => [one.variantId, one]))).toMatchObject({
      [peach.variantId]: {
        ...nowhere,
        orderedQuantity: 3,
        cartQuantity: 3,
        unitPriceFen: '5000',
        unitPriceNowFen: '5500',
        outcome: 'PUT_IN',
        changes: ['PRICE_ROSE'],
      },
      [tea.variantId]: { cartQuantity: 0, unitPriceNowFen: null, outcome: 'LEFT_OUT', changes: ['OFF_SALE'] },
      [oil.variantId]: { ...nowhere, cartQuantity: 1, outcome: 'FEWER', changes: ['FEWER_LEFT'] },
      [rice.variantId]: { ...nowhere, cartQuantity: 2, outcome: 'PUT_IN', changes: ['PLACE_CLOSED'] },
      [honey.variantId]: { ...nowhere, cartQuantity: 1, outcome: 'FEWER', changes: ['LIMITED'] },
    });
    // What they were told of is seen: the cart has nothing more to say.
    expect(first.cart.lines).toHaveLength(4);
    expect(first.cart.lines).toContainEqual({
      variantId: peach.variantId,
      quantity: 3,
      seenPriceFen: '5500',
      changes: [],
      channelPoint: null,
    });

    const second = await again(who, orderId);
    expect(second.cart).toEqual(first.cart);
    expect(second.lines).toContainEqual(
      expect.objectContaining({ variantId: peach.variantId, ownQuantity: 3, outcome: 'IN_CART' }),
    );
  });

  it('fills it once, however often it is asked at once', async () => {
    const person = world.person();
    const who = world.client('storefront').as(person.token);
    const { variantId } = await makeProduct(world);
    const lines = [{ variantId, quantity: 4, channelPointId: '' }];
    const { orderId } = await makeOrder(world, { buyerId: person.userId, lines });

    await Promise.all(Array.from({ length: 6 }, () => again(who, orderId)));

    expect((await again(who, orderId)).cart.lines).toMatchObject([{ variantId, quantity: 4 }]);
  });

  it("does not find the orders of others, and puts nothing into anybody's cart", async () => {
    const { orderId } = await makeOrder(world);

    for (const id of [orderId, 'ord_unknown'])
      expect(await buyer.codeOf(AGAIN, { orderId: id })).toBe('NOT_FOUND');
    expect(await world.client('storefront').codeOf(AGAIN, { orderId })).toBe('UNAUTHENTICATED');
    expect((await cart()).lines).toEqual([]);
  });

  it('costs the same for one line as for twelve', async () => {
    const variantIds = await kinds(12);
    const orders: string[] = [];
    for (const ids of [variantIds.slice(0, 1), variantIds]) {
      const person = world.person();
      const lines = ids.map((variantId) => ({ variantId, quantity: 1, channelPointId: '' }));
      const { orderId } = await makeOrder(world, { buyerId: person.userId, lines });
      orders.push(
        String(await countStatements(() => again(world.client('storefront').as(person.token), orderId))),
      );
    }

    expect(orders[0]).toBe(orders[1]);
  });
});

describe('cart', () => {
  it('keeps lines that are no longer sold, outside the sums', async () => {
    const sold = await makeProduct(world, { pricesFen: [5_000n] });
    const gone = await makeProduct(world, { pricesFen: [7_000n] });
    await set({ variantId: sold.variantId, quantity: 1 });
    await set({ variantId: gone.variantId, quantity: 1 });
    await suspendMerchant(world, gone.merchantId);

    expect(await cart()).toMatchObject({
      lines: expect.arrayContaining([
        expect.objectContaining({ variantId: gone.variantId, isOnSale: false }),
      ]),
      goodsFen: '5000',
      freightFen: '800',
      totalFen: '5800',
    });
  });

  it('says what is no longer as it was seen, and takes setting the line again for having seen it', async () => {
    const peach = await makeProduct(world, { pricesFen: [5_000n] });
    const { variantId } = peach;
    const pavilion = await makePavilion(world);
    await set({ variantId, quantity: 3, channelPointId: pavilion.id });
    const changes = async () => (await cart()).lines.map((line) => (line as { changes?: string[] }).changes);
    const price = (priceFen: bigint) =>
      world.database.transaction((tx) =>
        tx.write('UPDATE product_variant SET price_fen = ? WHERE id = ?', [priceFen, variantId]),
      );
    expect(await changes()).toEqual([[]]);

    await price(5_500n);
    expect(await cart()).toMatchObject({ lines: [{ unitPriceFen: '5500', seenPriceFen: '5000' }] });
    expect(await changes()).toEqual([['PRICE_ROSE']]);
    await set({ variantId, quantity: 3, channelPointId: pavilion.id });
    expect(await changes()).toEqual([[]]);
    await price(5_000n);
    expect(await changes()).toEqual([['PRICE_FELL']]);
    // A hundred lie there, and both lines want their part of them.
    await set({ variantId, quantity: 98 });
    expect(await changes()).toEqual([['FEWER_LEFT'], ['PRICE_FELL', 'FEWER_LEFT']]);
    await set({ variantId, quantity: 0 });

    await world.database.transaction((tx) =>
      tx.write("UPDATE stock_level SET reserved = 98, best_before_on = '2026-12-01' WHERE variant_id = ?", [
        variantId,
      ]),
    );
    await world.get(ChannelPointService).suspend(pavilion.id);
    expect(await changes()).toEqual([['PRICE_FELL', 'PLACE_CLOSED', 'FEWER_LEFT', 'BEST_BEFORE_SOONER']]);
    await suspendMerchant(world, peach.merchantId);
    expect(await changes()).toEqual([['OFF_SALE']]);
  });

  it('is grouped by who sends it, with what is missing until it travels free', async () => {
    const peach = await makeProduct(world, { pricesFen: [5_000n] });
    const tea = await makeProduct(world, { pricesFen: [9_900n] });
    for (const { variantId } of [peach, tea]) await set({ variantId, quantity: 1 });

    const { groups } = await buyer.ask<{ groups: { merchant: { id: string } }[] }>(CART);
    const of = (merchantId: string) => groups.find(({ merchant }) => merchant.id === merchantId);
    const lines = (variantId: string) => [{ variantId }];
    expect(of(peach.merchantId)).toMatchObject({
      lines: lines(peach.variantId),
      freightFen: '800',
      freeFromFen: '9900',
      missingForFreeFen: '4900',
    });
    expect(of(tea.merchantId)).toMatchObject({
      lines: lines(tea.variantId),
      freightFen: '0',
      missingForFreeFen: null,
    });
  });

  it("is one's own", async () => {
    const { variantId } = await makeProduct(world);
    await set({ variantId, quantity: 1 });

    const stranger = world.client('storefront').as(world.person().token);
    expect(await stranger.ask(CART)).toMatchObject({ lines: [] });
    expect(await world.client('storefront').codeOf(CART)).toBe('UNAUTHENTICATED');
    expect(await world.client('storefront').codeOf(SET, { input: { variantId, quantity: 1 } })).toBe(
      'UNAUTHENTICATED',
    );
  });

  it('costs nine statements, whatever is in it', async () => {
    const variantIds = await kinds(24);
    await set({ variantId: variantIds[0], quantity: 1 });
    const forOne = await countStatements(cart);
    for (const variantId of variantIds.slice(1)) await set({ variantId, quantity: 1 });

    expect([forOne, await countStatements(cart)]).toEqual([6, 6]);
  });
});
