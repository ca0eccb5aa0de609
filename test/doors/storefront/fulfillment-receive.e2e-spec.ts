import { FulfillmentReader, FulfillmentService, ReceiptService } from '#libs/fulfillment';
import { DAY_MS, newId, present, refused } from '#libs/kernel';
import { OrderReader } from '#libs/ordering';
import { World } from '../../harness/world.js';
import { makePavilion } from '../../make/channel-point.make.js';
import { makePaidOrder, partsOf } from '../../make/order.make.js';
import { type ProductOptions, makeProduct } from '../../make/product.make.js';

const RECEIVE = `mutation ($id: ID!) { merchantOrderReceive(merchantOrderId: $id) { __typename
  ... on MerchantOrderReceivePayload { merchantOrder { id state receivedAt releaseDueAt fulfillments { carrier trackingNo receivedAt } } }
  ... on MerchantOrderNotReceivableError { code message state } } }`;

const ONE = `mutation ($id: ID!) { fulfillmentReceive(fulfillmentId: $id) { __typename
  ... on FulfillmentReceivePayload { merchantOrder { state fulfillments { trackingNo receivedAt receivedBy isReplacement lines { quantity orderLine { id } } } } }
  ... on ParcelReceivedError { code message receivedAt } } }`;
const CALL_OFF = `mutation ($id: ID!) { merchantOrderCallOffRest(merchantOrderId: $id) { __typename
  ... on MerchantOrderCallOffRestPayload { merchantOrder { state lines { quantity shippedQuantity calledOffQuantity } } }
  ... on NothingToCallOffError { code message state } } }`;

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

  it('refuses what has been cancelled, and says so', async () => {
    const { id, client } = await paid();
    const [order] = await world.database.query<{ orderId: string }>(
      'SELECT order_id AS orderId FROM merchant_order WHERE id = ?',
      [id],
    );
    await client.ask('mutation ($id: ID!) { orderCancel(orderId: $id) { __typename } }', {
      id: order?.orderId,
    });

    expect(await client.ask(RECEIVE, { id })).toMatchObject({
      code: 'MERCHANT_ORDER_NOT_RECEIVABLE',
      message: 'The order has been cancelled; there is nothing to receive.',
      state: 'CANCELLED',
    });
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

describe('an order in parcels', () => {
  /** Three units, of which one has left. */
  const partlyShipped = async () => {
    const person = world.person();
    const product = await makeProduct(world);
    const { orderId } = await makePaidOrder(world, { buyerId: person.userId, quantity: 3 }, product);
    const { id } = present((await partsOf(world, orderId))[0], 'a merchant order');
    const [line] = await world.get(OrderReader).linesOfMerchantOrder(id);
    const orderLineId = present(line, 'a line').id;
    let no = 0;
    const ship = async (quantity: number | null) => {
      no += 1;
      const lines = quantity === null ? null : [{ orderLineId, quantity }];
      const parcel = { merchantOrderId: id, carrier: '顺丰', trackingNo: `SF000${no}`, lines };
      const shipped = await world.get(FulfillmentService).ship([product.merchantId], parcel);
      if (refused(shipped)) throw new Error(shipped.message.en);
      const parcels = await world.get(FulfillmentReader).ofMerchantOrders([id]);
      return present(parcels.at(-1), 'a parcel').id;
    };
    const first = await ship(1);
    return { id, first, ship, orderLineId, client: world.client('storefront').as(person.token) };
  };

  it('is signed for parcel by parcel, by its buyer', async () => {
    const { id, first, ship, orderLineId, client } = await partlyShipped();
    expect(await world.client('storefront').as(world.person().token).codeOf(ONE, { id: first })).toBe(
      'NOT_FOUND',
    );
    expect(await world.client('storefront').codeOf(ONE, { id: first })).toBe('UNAUTHENTICATED');
    expect(await client.ask(RECEIVE, { id })).toMatchObject({
      message: 'Some of the goods have not been shipped yet; confirm parcel by parcel.',
      state: 'PARTLY_SHIPPED',
    });

    const receivedAt = world.clock.now().toISOString();
    expect(await client.ask(ONE, { id: first })).toEqual({
      __typename: 'FulfillmentReceivePayload',
      merchantOrder: {
        state: 'PARTLY_SHIPPED',
        fulfillments: [
          {
            trackingNo: 'SF0001',
            receivedAt,
            receivedBy: 'BUYER',
            isReplacement: false,
            lines: [{ quantity: 1, orderLine: { id: orderLineId } }],
          },
        ],
      },
    });
    expect(await client.ask(ONE, { id: first })).toEqual({
      __typename: 'ParcelReceivedError',
      code: 'PARCEL_RECEIVED',
      message: 'Receipt of this parcel has been confirmed already.',
      receivedAt,
    });
    const last = await ship(null);
    expect(await client.ask(ONE, { id: last })).toMatchObject({ merchantOrder: { state: 'RECEIVED' } });
  });

  it('lets its buyer call off what has not left, and nobody else', async () => {
    const { id, client } = await partlyShipped();
    expect(await world.client('storefront').as(world.person().token).codeOf(CALL_OFF, { id })).toBe(
      'NOT_FOUND',
    );

    expect(await client.ask(CALL_OFF, { id })).toEqual({
      __typename: 'MerchantOrderCallOffRestPayload',
      merchantOrder: { state: 'SHIPPED', lines: [{ quantity: 3, shippedQuantity: 1, calledOffQuantity: 2 }] },
    });
    expect(await client.ask(CALL_OFF, { id })).toMatchObject({
      code: 'NOTHING_TO_CALL_OFF',
      state: 'SHIPPED',
    });
    expect(await client.ask(RECEIVE, { id })).toMatchObject({ merchantOrder: { state: 'RECEIVED' } });
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
    const receipts = world.get(ReceiptService);

    world.clock.set('2026-11-03T03:59:59.999Z');
    expect(await receipts.receiveDue(10)).toBe(0);
    world.clock.set('2026-11-03T04:00:00.000Z');
    expect(await receipts.receiveDue(10)).toBe(1);

    const [part] = await partsOf(world, orderId);
    expect(part).toMatchObject({ state: 'RECEIVED', receivedBy: 'AUTO', receivedAt: world.clock.now() });
    expect(await receipts.receiveDue(10)).toBe(0);
  });
});

describe('auto receipt', () => {
  it('D6 signs for whoever has said nothing for ten days, and for nobody earlier', async () => {
    world.clock.set('2026-11-01T04:00:00.000Z');
    const product = await makeProduct(world);
    const { orderId } = await makePaidOrder(world, {}, product);
    const { id } = present((await partsOf(world, orderId))[0], 'a merchant order');
    const receipts = world.get(ReceiptService);
    await world.get(FulfillmentService).ship([product.merchantId], {
      merchantOrderId: id,
      carrier: '邮政',
      trackingNo: 'EMS123456',
    });

    world.clock.set('2026-11-11T03:59:59.999Z');
    expect(await receipts.receiveDue(10)).toBe(0);
    world.clock.set('2026-11-11T04:00:00.000Z');
    const taken = await Promise.all([receipts.receiveDue(10), receipts.receiveDue(10)]);

    expect(taken[0] + taken[1]).toBe(1);
    const [part] = await partsOf(world, orderId);
    expect(part).toMatchObject({ state: 'RECEIVED', receivedBy: 'AUTO', receivedAt: world.clock.now() });
    expect(await receipts.receiveDue(10)).toBe(0);
  });
});
