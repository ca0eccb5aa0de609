import { DAY_MS, businessDay, newId, plus, present } from '#libs/kernel';
import { OrderReader } from '#libs/ordering';
import type { Client } from '../../harness/client.js';
import { countStatements } from '../../harness/statements.js';
import { World } from '../../harness/world.js';
import { makePavilion } from '../../make/channel-point.make.js';
import { makeDivisions } from '../../make/division.make.js';
import { makeMerchant } from '../../make/merchant.make.js';
import { RECIPIENT, makeOrder, makePaidOrder, partsOf } from '../../make/order.make.js';
import { type MadeProduct, makeProduct } from '../../make/product.make.js';

const PAGE = `query ($merchantId: ID!, $state: MerchantOrderState, $first: Int, $after: String) {
  merchantOrders(merchantId: $merchantId, state: $state, first: $first, after: $after) {
    nodes {
      id state paymentTerm daysToPay goodsFen freightFen placedAt paidAt shippedAt
      recipient { name phone address county { code name fullName } }
      lines { productName variantName quantity unitPriceFen goodsFen netWeightG batch { traceCode } }
      fulfillments { carrier trackingNo shippedAt receivedAt lines { quantity orderLine { id } } }
    }
    pageInfo { hasNextPage endCursor }
  }
}`;
const ONE = 'query ($id: ID!) { merchantOrder(id: $id) { id state } }';
const SHIP = `mutation ($input: MerchantOrderShipInput!) { merchantOrderShip(input: $input) { __typename
  ... on MerchantOrderShipPayload { merchantOrder { id state shippedAt autoReceiptAt fulfillments { carrier trackingNo receivedAt } } }
  ... on DomainError { code message } ... on InvalidInputError { fields { path } } ... on MerchantOrderNotShippableError { state }
  ... on ParcelExceedsRestError { orderLineId left } ... on ParcelExistsError { fulfillmentId }
  ... on HandoverMismatchError { handover } } }`;
const CALL_OFF = `mutation ($id: ID!) { merchantOrderCallOffRest(merchantOrderId: $id) { __typename
  ... on MerchantOrderCallOffRestPayload { merchantOrder { id state lines { id quantity shippedQuantity calledOffQuantity } } }
  ... on NothingToCallOffError { code message state } } }`;
const READY = `mutation ($id: ID!) { merchantOrderReady(merchantOrderId: $id) { __typename
  ... on MerchantOrderReadyPayload { merchantOrder { id state handover recipient { name address } shippedAt autoReceiptAt
    fulfillments { carrier trackingNo shippedAt receivedAt } } }
  ... on DomainError { code message } ... on MerchantOrderNotShippableError { state } ... on HandoverMismatchError { handover } } }`;

interface Connection {
  readonly nodes: readonly { readonly id: string; readonly state: string }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

let world: World;

beforeAll(async () => {
  world = await World.start({ services: ['merchant'] });
  await makeDivisions(world);
});
afterAll(() => world.close());

const clerkOf = (...merchantIds: readonly string[]): Client => {
  const grants = merchantIds.map(
    (scopeId) => ({ role: 'MERCHANT_CLERK', scopeKind: 'MERCHANT', scopeId }) as const,
  );
  return world.client('merchant').as(world.person(...grants).token);
};
const product = () => makeProduct(world, { pricesFen: [4_000n] });
const toShip = async (of: MadeProduct) => {
  const { orderId } = await makePaidOrder(world, { quantity: 2 }, of);
  return present((await partsOf(world, orderId))[0], 'a merchant order').id;
};

describe('merchantOrders', () => {
  it('shows what to pack, for whom and where to', async () => {
    const peaches = await product();
    const id = await toShip(peaches);

    const { nodes } = await clerkOf(peaches.merchantId).ask<Connection>(PAGE, {
      merchantId: peaches.merchantId,
    });

    const at = world.clock.now().toISOString();
    expect(nodes).toEqual([
      {
        id,
        state: 'TO_SHIP',
        paymentTerm: 'PREPAID',
        daysToPay: null,
        goodsFen: '8000',
        freightFen: '800',
        placedAt: at,
        paidAt: at,
        shippedAt: null,
        recipient: {
          name: '李女士',
          phone: '13900001234',
          address: '泰山路街道 1 号',
          county: { code: '430211', name: '天元区', fullName: expect.any(String) },
        },
        lines: [
          {
            productName: '炎陵黄桃',
            variantName: '第 1 种',
            quantity: 2,
            unitPriceFen: '4000',
            goodsFen: '8000',
            netWeightG: 5000,
            batch: { traceCode: peaches.batchIds[0] },
          },
        ],
        fulfillments: [],
      },
    ]);
  });

  it('come newest first, page by page, and by state', async () => {
    const peaches = await product();
    const { merchantId } = peaches;
    const ids: string[] = [];
    for (let n = 0; n < 3; n += 1) {
      world.clock.advance(1_000);
      ids.unshift(await toShip(peaches));
    }
    await makeOrder(world, {}, peaches);
    const clerk = clerkOf(merchantId);

    const first = await clerk.ask<Connection>(PAGE, { merchantId, state: 'TO_SHIP', first: 2 });
    const second = await clerk.ask<Connection>(PAGE, {
      merchantId,
      state: 'TO_SHIP',
      first: 2,
      after: first.pageInfo.endCursor,
    });

    expect([...first.nodes, ...second.nodes].map(({ id }) => id)).toEqual(ids);
    expect([first.pageInfo.hasNextPage, second.pageInfo.hasNextPage]).toEqual([true, false]);
    const unpaid = await clerk.ask<Connection>(PAGE, { merchantId, state: 'UNPAID' });
    expect(unpaid.nodes.map(({ state }) => state)).toEqual(['UNPAID']);
  });

  it('are found by the order that a statement names, and by nobody else’s', async () => {
    const [peaches, others] = [await product(), await product()];
    const { merchantId } = peaches;
    const { orderId } = await makePaidOrder(world, {}, peaches);
    await toShip(peaches);
    const foreign = await makePaidOrder(world, {}, others);
    const clerk = clerkOf(merchantId);
    const of = (id: string) =>
      clerk.ask<Connection>(
        `query ($merchantId: ID!, $orderId: ID) { merchantOrders(merchantId: $merchantId, orderId: $orderId) {
          nodes { id state } pageInfo { hasNextPage endCursor } } }`,
        { merchantId, orderId: id },
      );

    const own = await of(orderId);

    expect(own.nodes.map(({ id }) => id)).toEqual((await partsOf(world, orderId)).map(({ id }) => id));
    expect((await of(foreign.orderId)).nodes).toEqual([]);
    expect((await of('ord_none')).nodes).toEqual([]);
  });

  it('cost the same for one as for ten', async () => {
    const [one, ten] = [await product(), await product()];
    await toShip(one);
    for (let n = 0; n < 10; n += 1) await toShip(ten);
    const cost = ({ merchantId }: MadeProduct) =>
      countStatements(() => clerkOf(merchantId).ask(PAGE, { merchantId }));

    expect([await cost(one), await cost(ten)]).toEqual([5, 5]);
  });

  it('of a merchant one does not work for are not there', async () => {
    const { merchantId } = await product();
    const variables = { merchantId };
    const official = world.person({ role: 'OFFICIAL', scopeKind: 'DIVISION', scopeId: '430225' });

    expect(await world.client('merchant').codeOf(PAGE, variables)).toBe('UNAUTHENTICATED');
    expect(await world.client('merchant').as(world.person().token).codeOf(PAGE, variables)).toBe('FORBIDDEN');
    expect(await world.client('merchant').as(official.token).codeOf(PAGE, variables)).toBe('FORBIDDEN');
    expect(await clerkOf((await makeMerchant(world)).id).codeOf(PAGE, variables)).toBe('NOT_FOUND');
  });

  it('refuse a page that nobody may ask for', async () => {
    const { merchantId } = await product();

    expect(await clerkOf(merchantId).codeOf(PAGE, { merchantId, first: 101 })).toBe('INVALID_INPUT');
    expect(await clerkOf(merchantId).codeOf(PAGE, { merchantId, after: 'nonsense' })).toBe('INVALID_INPUT');
  });
});

describe('ordersToShip', () => {
  const TO_SHIP = `query ($merchantId: ID!, $filter: OrdersToShipFilter, $first: Int, $after: String) {
    ordersToShip(merchantId: $merchantId, filter: $filter, first: $first, after: $after) {
      nodes { id state dueOn recipient { name county { name } } lines { productName quantity shippedQuantity batch { traceCode } } }
      pageInfo { hasNextPage endCursor } } }`;
  const COUNT =
    'query ($merchantId: ID!) { ordersToShipCount(merchantId: $merchantId) { late today tomorrow later } }';
  const due = (id: string, days: number) =>
    world.database.transaction((tx) =>
      tx.write('UPDATE merchant_order SET due_on = ? WHERE id = ?', [
        businessDay(plus(world.clock.now(), days * DAY_MS)),
        id,
      ]),
    );

  it('shows what is late first, each once page by page, and by what it is asked for', async () => {
    const peaches = await product();
    const { merchantId } = peaches;
    const clerk = clerkOf(merchantId);
    const ids: string[] = [];
    for (const days of [-2, -1, 0, 1, 2]) {
      const id = await toShip(peaches);
      await due(id, days);
      ids.push(id);
    }
    const partly = present(ids[1], 'the second');
    const [line] = await world.get(OrderReader).linesOfMerchantOrder(partly);
    const lines = [{ orderLineId: present(line, 'a line').id, quantity: 1 }];
    await clerk.ask(SHIP, {
      input: { merchantOrderId: partly, carrier: '邮政', trackingNo: 'EMS0001', lines },
    });
    await due(partly, -1);
    await makeOrder(world, {}, peaches);
    const ask = (filter: object, page: object = {}) =>
      clerk.ask<Connection>(TO_SHIP, { merchantId, filter, ...page });
    const found = async (filter: object) => (await ask(filter)).nodes.map(({ id }) => id);

    const first = await ask({}, { first: 3 });
    const second = await ask({}, { first: 3, after: first.pageInfo.endCursor });

    expect([...first.nodes, ...second.nodes].map(({ id }) => id)).toEqual(ids);
    expect(first.nodes[1]).toMatchObject({ state: 'PARTLY_SHIPPED', lines: [{ shippedQuantity: 1 }] });
    expect([first.pageInfo.hasNextPage, second.pageInfo.hasNextPage]).toEqual([true, false]);
    expect(await found({ due: 'LATE' })).toEqual(ids.slice(0, 2));
    expect(await found({ due: 'TODAY' })).toEqual(ids.slice(2, 3));
    expect(await found({ due: 'TOMORROW' })).toEqual(ids.slice(3, 4));
    expect(await found({ due: 'LATER' })).toEqual(ids.slice(4));
    expect(await found({ provinceCode: '430000' })).toEqual(ids);
    expect(await found({ provinceCode: '440000' })).toEqual([]);
    expect(await found({ productId: peaches.productId, due: 'LATE' })).toEqual(ids.slice(0, 2));
    expect(await found({ productId: newId('prd') })).toEqual([]);
    expect(await clerk.ask(COUNT, { merchantId })).toEqual({ late: 2, today: 1, tomorrow: 1, later: 1 });
    expect(await clerk.codeOf(TO_SHIP, { merchantId, filter: { provinceCode: '430200' } })).toBe(
      'INVALID_INPUT',
    );
    await clerk.ask(SHIP, { input: { merchantOrderId: ids[0], carrier: '邮政', trackingNo: 'EMS0002' } });
    expect(await found({ due: 'LATE' })).toEqual([partly]);
  });

  it('is due by the first day that was promised', async () => {
    const id = await toShip(await product());

    const [row] = await world.database.query<{ dueOn: string; promisedOn: string }>(
      'SELECT m.due_on AS dueOn, l.promised_on AS promisedOn FROM merchant_order m JOIN order_line l ON l.merchant_order_id = m.id WHERE m.id = ?',
      [id],
    );

    expect(row?.dueOn).toBe(present(row, 'a row').promisedOn);
  });

  it('costs the same for one as for ten, and is nobody else’s', async () => {
    const [one, ten] = [await product(), await product()];
    await toShip(one);
    for (let n = 0; n < 10; n += 1) await toShip(ten);
    const cost = ({ merchantId }: MadeProduct) =>
      countStatements(() => clerkOf(merchantId).ask(TO_SHIP, { merchantId }));

    expect([await cost(one), await cost(ten)]).toEqual([6, 6]);
    for (const query of [TO_SHIP, COUNT]) {
      const variables = { merchantId: one.merchantId };
      expect(await world.client('merchant').codeOf(query, variables)).toBe('UNAUTHENTICATED');
      expect(await clerkOf(ten.merchantId).codeOf(query, variables)).toBe('NOT_FOUND');
    }
  });
});

describe('merchantOrder', () => {
  it('is shown to whoever works for its merchant, and missing to others', async () => {
    const peaches = await product();
    const id = await toShip(peaches);

    expect(await clerkOf(newId('mer'), peaches.merchantId).ask(ONE, { id })).toEqual({
      id,
      state: 'TO_SHIP',
    });
    expect(await clerkOf(newId('mer')).ask(ONE, { id })).toBeNull();
    expect(await clerkOf(peaches.merchantId).ask(ONE, { id: newId('mor') })).toBeNull();
    expect(await world.client('merchant').codeOf(ONE, { id })).toBe('UNAUTHENTICATED');
  });
});

describe('merchantOrderShip', () => {
  const parcel = { carrier: ' 顺丰速运 ', trackingNo: 'SF1234567890' };
  const shelf = async ({ variantId }: MadeProduct) => {
    const [level] = await world.database.query(
      'SELECT on_hand AS onHand, reserved FROM stock_level WHERE variant_id = ?',
      [variantId],
    );
    return level;
  };
  const facts = (id: string) =>
    world.database.query(
      "SELECT payload FROM outbox WHERE name = 'merchant_order.shipped' AND payload LIKE ?",
      [`%${id}%`],
    );

  it('sends the parcel off, and the stock with it', async () => {
    const peaches = await product();
    const id = await toShip(peaches);
    expect(await shelf(peaches)).toEqual({ onHand: 100, reserved: 2 });

    const shipped = await clerkOf(peaches.merchantId).ask(SHIP, {
      input: { merchantOrderId: id, ...parcel },
    });

    expect(shipped).toEqual({
      __typename: 'MerchantOrderShipPayload',
      merchantOrder: {
        id,
        state: 'SHIPPED',
        shippedAt: world.clock.now().toISOString(),
        autoReceiptAt: expect.stringMatching(/Z$/),
        fulfillments: [{ carrier: '顺丰速运', trackingNo: 'SF1234567890', receivedAt: null }],
      },
    });
    expect(await shelf(peaches)).toEqual({ onHand: 98, reserved: 0 });
    const [fulfillment] = await world.database.query<{ id: string }>(
      'SELECT id FROM fulfillment WHERE merchant_order_id = ?',
      [id],
    );
    expect(await facts(id)).toMatchObject([
      { payload: { merchantOrderId: id, fulfillmentId: fulfillment?.id } },
    ]);
    const lines = await world.database.query(
      'SELECT quantity FROM fulfillment_line WHERE fulfillment_id = ?',
      [fulfillment?.id ?? ''],
    );
    expect(lines).toEqual([{ quantity: 2 }]);
  });

  it('names every fault of the input at once, and changes nothing', async () => {
    const peaches = await product();
    const id = await toShip(peaches);

    const refusal = await clerkOf(peaches.merchantId).ask(SHIP, {
      input: { merchantOrderId: id, carrier: ' ', trackingNo: '1' },
    });

    expect(refusal).toMatchObject({
      __typename: 'InvalidInputError',
      code: 'INVALID_INPUT',
      fields: [{ path: 'carrier' }, { path: 'trackingNo' }],
    });
    expect(await facts(id)).toEqual([]);
  });

  it('waits for the money', async () => {
    const peaches = await product();
    const { orderId } = await makeOrder(world, {}, peaches);
    const { id } = present((await partsOf(world, orderId))[0], 'a merchant order');

    const refusal = await clerkOf(peaches.merchantId).ask(SHIP, {
      input: { merchantOrderId: id, ...parcel },
    });

    expect(refusal).toEqual({
      __typename: 'MerchantOrderNotShippableError',
      code: 'MERCHANT_ORDER_NOT_SHIPPABLE',
      message: 'The order has not been paid; it cannot be shipped yet.',
      state: 'UNPAID',
    });
    expect(await shelf(peaches)).toEqual({ onHand: 100, reserved: 1 });
  });

  it('happens once, also when two clerks press the button at the same moment', async () => {
    const peaches = await product();
    const id = await toShip(peaches);
    const ship = () =>
      clerkOf(peaches.merchantId).ask<{ __typename: string }>(SHIP, {
        input: { merchantOrderId: id, ...parcel },
      });

    const answers = await Promise.all([ship(), ship(), ship()]);

    expect(answers.map(({ __typename }) => __typename).toSorted()).toEqual([
      'MerchantOrderNotShippableError',
      'MerchantOrderNotShippableError',
      'MerchantOrderShipPayload',
    ]);
    expect(await shelf(peaches)).toEqual({ onHand: 98, reserved: 0 });
    expect(await facts(id)).toHaveLength(1);
  });

  it('sends some of it now and the rest later, once under each number', async () => {
    const peaches = await product();
    const id = await toShip(peaches);
    const clerk = clerkOf(peaches.merchantId);
    const [line] = await world.get(OrderReader).linesOfMerchantOrder(id);
    const orderLineId = present(line, 'a line').id;
    const ship = (trackingNo: string, quantity: number | null, lineId: string = orderLineId) =>
      clerk.ask<object>(SHIP, {
        input: {
          merchantOrderId: id,
          carrier: '顺丰速运',
          trackingNo,
          ...(quantity === null ? {} : { lines: [{ orderLineId: lineId, quantity }] }),
        },
      });

    expect(await ship('SF0001', 3)).toEqual({
      __typename: 'ParcelExceedsRestError',
      code: 'PARCEL_EXCEEDS_REST',
      message: 'Only 2 units of it have not been shipped yet.',
      orderLineId,
      left: 2,
    });
    expect(await ship('SF0001', 0)).toMatchObject({ fields: [{ path: 'lines.0.quantity' }] });
    expect(await shelf(peaches)).toEqual({ onHand: 100, reserved: 2 });
    const partly = { __typename: 'MerchantOrderShipPayload', merchantOrder: { state: 'PARTLY_SHIPPED' } };
    expect(await ship('SF0001', 1)).toMatchObject(partly);
    expect(await ship('SF0001', 1)).toMatchObject(partly);
    expect(await ship('SF0001', null)).toMatchObject({ code: 'PARCEL_EXISTS' });
    expect(await shelf(peaches)).toEqual({ onHand: 99, reserved: 1 });
    expect(await facts(id)).toEqual([]);
    expect(await ship('SF0002', null)).toMatchObject({ merchantOrder: { state: 'SHIPPED' } });

    const { nodes } = await clerk.ask<Connection>(PAGE, { merchantId: peaches.merchantId });
    const content = { lines: [{ quantity: 1, orderLine: { id: orderLineId } }] };
    expect(nodes).toMatchObject([
      {
        fulfillments: [
          { trackingNo: 'SF0001', ...content },
          { trackingNo: 'SF0002', ...content },
        ],
      },
    ]);
    expect(await shelf(peaches)).toEqual({ onHand: 98, reserved: 0 });
    expect(await facts(id)).toHaveLength(1);
  });

  it('does not send the rest where it cannot, and says so once', async () => {
    const peaches = await product();
    const id = await toShip(peaches);
    const clerk = clerkOf(peaches.merchantId);
    const [line] = await world.get(OrderReader).linesOfMerchantOrder(id);
    const orderLineId = present(line, 'a line').id;
    expect(await clerk.ask(CALL_OFF, { id })).toEqual({
      __typename: 'NothingToCallOffError',
      code: 'NOTHING_TO_CALL_OFF',
      message: 'Nothing has been shipped yet; cancel the whole order instead.',
      state: 'TO_SHIP',
    });
    await clerk.ask(SHIP, {
      input: { merchantOrderId: id, ...parcel, lines: [{ orderLineId, quantity: 1 }] },
    });
    expect(await clerkOf((await makeMerchant(world)).id).codeOf(CALL_OFF, { id })).toBe('NOT_FOUND');
    expect(await shelf(peaches)).toEqual({ onHand: 99, reserved: 1 });

    expect(await clerk.ask(CALL_OFF, { id })).toEqual({
      __typename: 'MerchantOrderCallOffRestPayload',
      merchantOrder: {
        id,
        state: 'SHIPPED',
        lines: [{ id: orderLineId, quantity: 2, shippedQuantity: 1, calledOffQuantity: 1 }],
      },
    });

    expect(await shelf(peaches)).toEqual({ onHand: 99, reserved: 0 });
    expect(await clerk.ask(CALL_OFF, { id })).toMatchObject({
      message: 'Nothing is left that has not been shipped.',
      state: 'SHIPPED',
    });
  });

  it('finds no orders of other merchants', async () => {
    const peaches = await product();
    const id = await toShip(peaches);
    const variables = { input: { merchantOrderId: id, ...parcel } };

    expect(await world.client('merchant').codeOf(SHIP, variables)).toBe('UNAUTHENTICATED');
    expect(await world.client('merchant').as(world.person().token).codeOf(SHIP, variables)).toBe('FORBIDDEN');
    expect(await clerkOf((await makeMerchant(world)).id).codeOf(SHIP, variables)).toBe('NOT_FOUND');
    expect(await shelf(peaches)).toEqual({ onHand: 100, reserved: 2 });
  });
});

describe('merchantOrderReady', () => {
  const toPickUp = async (of: MadeProduct, make = makePaidOrder) => {
    const { id: channelPointId } = await makePavilion(world);
    const lines = [{ variantId: of.variantId, quantity: 2, channelPointId }];
    const { orderId } = await make(world, { lines, handover: 'PICK_UP' }, of);
    return present((await partsOf(world, orderId))[0], 'a merchant order').id;
  };
  const shelf = ({ variantId }: MadeProduct) =>
    world.database.query('SELECT on_hand AS onHand, reserved FROM stock_level WHERE variant_id = ?', [
      variantId,
    ]);
  const facts = (id: string) =>
    world.database.query(
      "SELECT payload FROM outbox WHERE name = 'merchant_order.shipped' AND payload LIKE ?",
      [`%${id}%`],
    );

  it('says that the goods wait at the place: the stock is gone, no carrier has it, and two days remain', async () => {
    const peaches = await product();
    const id = await toPickUp(peaches);

    const now = world.clock.now();
    expect(await clerkOf(peaches.merchantId).ask(READY, { id })).toEqual({
      __typename: 'MerchantOrderReadyPayload',
      merchantOrder: {
        id,
        state: 'SHIPPED',
        handover: 'PICK_UP',
        recipient: { name: RECIPIENT.name, address: '霞阳镇炎帝路1号' },
        shippedAt: now.toISOString(),
        autoReceiptAt: new Date(now.getTime() + 2 * DAY_MS).toISOString(),
        fulfillments: [{ carrier: null, trackingNo: null, shippedAt: now.toISOString(), receivedAt: null }],
      },
    });
    expect(await shelf(peaches)).toEqual([{ onHand: 98, reserved: 0 }]);
    expect(await facts(id)).toHaveLength(1);
  });

  it('is not for parcels, and shipping is not for pick-ups; neither changes anything', async () => {
    const peaches = await product();
    const [parcel, pickUp] = [await toShip(peaches), await toPickUp(peaches)];
    const clerk = clerkOf(peaches.merchantId);

    expect(await clerk.ask(READY, { id: parcel })).toEqual({
      __typename: 'HandoverMismatchError',
      code: 'HANDOVER_MISMATCH',
      message: 'The buyer waits for a parcel; ship it with its carrier and tracking number.',
      handover: 'PARCEL',
    });
    const input = { merchantOrderId: pickUp, carrier: '顺丰速运', trackingNo: 'SF1234567890' };
    expect(await clerk.ask(SHIP, { input })).toEqual({
      __typename: 'HandoverMismatchError',
      code: 'HANDOVER_MISMATCH',
      message: 'The buyer picks this order up; say that it is ready.',
      handover: 'PICK_UP',
    });
    expect(await shelf(peaches)).toEqual([{ onHand: 100, reserved: 4 }]);
    expect([...(await facts(parcel)), ...(await facts(pickUp))]).toEqual([]);
  });

  it('waits for the money, and happens once', async () => {
    const peaches = await product();
    const clerk = clerkOf(peaches.merchantId);
    const unpaid = await toPickUp(peaches, makeOrder);
    expect(await clerk.ask(READY, { id: unpaid })).toMatchObject({
      code: 'MERCHANT_ORDER_NOT_SHIPPABLE',
      state: 'UNPAID',
    });
    const id = await toPickUp(peaches);

    const answers = await Promise.all([1, 2, 3].map(() => clerk.ask<{ __typename: string }>(READY, { id })));

    expect(answers.map(({ __typename }) => __typename).toSorted()).toEqual([
      'MerchantOrderNotShippableError',
      'MerchantOrderNotShippableError',
      'MerchantOrderReadyPayload',
    ]);
    expect(await facts(id)).toHaveLength(1);
  });

  it('finds no orders of other merchants', async () => {
    const peaches = await product();
    const id = await toPickUp(peaches);

    expect(await world.client('merchant').codeOf(READY, { id })).toBe('UNAUTHENTICATED');
    expect(await world.client('merchant').as(world.person().token).codeOf(READY, { id })).toBe('FORBIDDEN');
    expect(await clerkOf((await makeMerchant(world)).id).codeOf(READY, { id })).toBe('NOT_FOUND');
    expect(await facts(id)).toEqual([]);
  });
});
