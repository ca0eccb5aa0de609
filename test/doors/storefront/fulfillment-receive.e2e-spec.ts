import { FulfillmentService } from '#libs/fulfillment';
import { DAY_MS, newId, present, refused } from '#libs/kernel';
import { World } from '../../harness/world.js';
import { makePavilion } from '../../make/channel-point.make.js';
import { makePaidOrder, partsOf } from '../../make/order.make.js';
import { type ProductOptions, makeProduct } from '../../make/product.make.js';

const RECEIVE = `mutation ($id: ID!) { merchantOrderReceive(merchantOrderId: $id) { __typename
  ... on MerchantOrderReceivePayload { merchantOrder { id state receivedAt releaseDueAt fulfillments { carrier trackingNo receivedAt } } }
  ... on MerchantOrderNotReceivableError { code message state } } }`;

let world: World;

beforeAll(async () => {
  world = await World.start({ services: ['storefront'] });
});
afterAll(() => world.close());

describe('merchantOrderReceive', () => {
  const paid = async (options: ProductOptions = {}) => {
    const person = world.person();
    const product = await makeProduct(world, options);
    const { orderId } = await makePaidOrder(world, { buyerId: person.userId }, product);
    const { id } = present((await partsOf(world, orderId))[0], 'a merchant order');
    const ship = async () => {
      const parcel = { merchantOrderId: id, carrier: '顺丰速运', trackingNo: 'SF1234567890' };
      const shipped = await world.get(FulfillmentService).ship([product.merchantId], parcel);
      if (refused(shipped)) throw new Error(shipped.message.en);
    };
    return { id, ship, client: world.client('storefront').as(person.token) };
  };
  const facts = (id: string) =>
    world.database.query(
      "SELECT payload FROM outbox WHERE name = 'merchant_order.received' AND payload LIKE ?",
      [`%${id}%`],
    );

  it.each([
    ['seven days', false, 7],
    ['48 hours for what perishes', true, 2],
  ])('begins the after-sale window: %s', async (_, isPerishable, days) => {
    const { id, ship, client } = await paid({ isPerishable });
    await ship();

    const received = await client.ask(RECEIVE, { id });

    const now = world.clock.now();
    expect(received).toEqual({
      __typename: 'MerchantOrderReceivePayload',
      merchantOrder: {
        id,
        state: 'RECEIVED',
        receivedAt: now.toISOString(),
        releaseDueAt: new Date(now.getTime() + days * DAY_MS).toISOString(),
        fulfillments: [{ carrier: '顺丰速运', trackingNo: 'SF1234567890', receivedAt: now.toISOString() }],
      },
    });
    expect(await facts(id)).toMatchObject([{ payload: { merchantOrderId: id, receivedBy: 'BUYER' } }]);
  });

  it('refuses what has not been shipped', async () => {
    const { id, client } = await paid();

    expect(await client.ask(RECEIVE, { id })).toEqual({
      __typename: 'MerchantOrderNotReceivableError',
      code: 'MERCHANT_ORDER_NOT_RECEIVABLE',
      message: 'The goods have not been shipped; receipt cannot be confirmed.',
      state: 'TO_SHIP',
    });
    expect(await facts(id)).toEqual([]);
  });

  it('happens once, also when it is said twice at the same moment', async () => {
    const { id, ship, client } = await paid();
    await ship();

    const answers = await Promise.all(
      [1, 2, 3].map(() => client.ask<{ __typename: string }>(RECEIVE, { id })),
    );

    expect(answers.map(({ __typename }) => __typename).toSorted()).toEqual([
      'MerchantOrderNotReceivableError',
      'MerchantOrderNotReceivableError',
      'MerchantOrderReceivePayload',
    ]);
    expect(await facts(id)).toHaveLength(1);
  });

  it('is for the buyer, whose order looks missing to everybody else', async () => {
    const { id, ship } = await paid();
    await ship();
    const clerk = world.person({ role: 'MERCHANT_CLERK', scopeKind: 'MERCHANT', scopeId: newId('mer') });

    expect(await world.client('storefront').codeOf(RECEIVE, { id })).toBe('UNAUTHENTICATED');
    expect(await world.client('storefront').as(world.person().token).codeOf(RECEIVE, { id })).toBe(
      'NOT_FOUND',
    );
    expect(await world.client('storefront').as(clerk.token).codeOf(RECEIVE, { id })).toBe('NOT_FOUND');
    expect(await facts(id)).toEqual([]);
  });
});

describe('a pick-up', () => {
  const pickUp = async () => {
    const person = world.person();
    const product = await makeProduct(world);
    const { id: channelPointId } = await makePavilion(world);
    const lines = [{ variantId: product.variantId, quantity: 1, channelPointId }];
    const wish = { buyerId: person.userId, lines, handover: 'PICK_UP' } as const;
    const { orderId } = await makePaidOrder(world, wish, product);
    const { id } = present((await partsOf(world, orderId))[0], 'a merchant order');
    const ready = async () => {
      const outcome = await world.get(FulfillmentService).ready([product.merchantId], id);
      if (refused(outcome)) throw new Error(outcome.message.en);
    };
    return { id, orderId, ready, client: world.client('storefront').as(person.token) };
  };

  it('is received by the buyer who has come for it', async () => {
    const { id, ready, client } = await pickUp();
    expect(await client.ask(RECEIVE, { id })).toMatchObject({ code: 'MERCHANT_ORDER_NOT_RECEIVABLE' });
    await ready();

    const receivedAt = world.clock.now().toISOString();
    expect(await client.ask(RECEIVE, { id })).toMatchObject({
      merchantOrder: {
        state: 'RECEIVED',
        receivedAt,
        fulfillments: [{ carrier: null, trackingNo: null, receivedAt }],
      },
    });
  });

  it('D6 counts as received two days after it was ready, and not earlier', async () => {
    world.clock.set('2026-11-01T04:00:00.000Z');
    const { orderId, ready } = await pickUp();
    await ready();
    const fulfillments = world.get(FulfillmentService);

    world.clock.set('2026-11-03T03:59:59.999Z');
    expect(await fulfillments.receiveDue(10)).toBe(0);
    world.clock.set('2026-11-03T04:00:00.000Z');
    expect(await fulfillments.receiveDue(10)).toBe(1);

    const [part] = await partsOf(world, orderId);
    expect(part).toMatchObject({ state: 'RECEIVED', receivedBy: 'AUTO', receivedAt: world.clock.now() });
    expect(await fulfillments.receiveDue(10)).toBe(0);
  });
});

describe('auto receipt', () => {
  it('D6 signs for whoever has said nothing for ten days, and for nobody earlier', async () => {
    world.clock.set('2026-11-01T04:00:00.000Z');
    const product = await makeProduct(world);
    const { orderId } = await makePaidOrder(world, {}, product);
    const { id } = present((await partsOf(world, orderId))[0], 'a merchant order');
    const fulfillments = world.get(FulfillmentService);
    await fulfillments.ship([product.merchantId], {
      merchantOrderId: id,
      carrier: '邮政',
      trackingNo: 'EMS123456',
    });

    world.clock.set('2026-11-11T03:59:59.999Z');
    expect(await fulfillments.receiveDue(10)).toBe(0);
    world.clock.set('2026-11-11T04:00:00.000Z');
    const taken = await Promise.all([fulfillments.receiveDue(10), fulfillments.receiveDue(10)]);

    expect(taken[0] + taken[1]).toBe(1);
    const [part] = await partsOf(world, orderId);
    expect(part).toMatchObject({ state: 'RECEIVED', receivedBy: 'AUTO', receivedAt: world.clock.now() });
    expect(await fulfillments.receiveDue(10)).toBe(0);
  });
});
