import { MINUTE_MS, NotFound, newId, present } from '#libs/kernel';
import { OrderService } from '#libs/ordering';
import { PaymentService } from '#libs/payment';
import { PAYMENT_START } from '../../harness/documents.js';
import { countStatements, statementsOf } from '../../harness/statements.js';
import { World } from '../../harness/world.js';
import { makeDivisions } from '../../make/division.make.js';
import { suspendMerchant } from '../../make/merchant.make.js';
import { makeOrder, pay } from '../../make/order.make.js';
import { type PayableOrder, makePayableOrder } from '../../make/payment.make.js';
import { makeProduct } from '../../make/product.make.js';

const REFUSED = `mutation ($orderId: ID!, $method: PaymentMethod!) { paymentStart(orderId: $orderId, method: $method) {
  __typename ... on OrderNotPayableError { code message state expiresAt } } }`;
const ORDERS =
  '{ orders { nodes { id payments { id method state amountFen action { kind url } createdAt } } } }';

interface Started {
  readonly __typename: string;
  readonly payment: {
    readonly id: string;
    readonly state: string;
    readonly action: { kind: string; url: string } | null;
  };
}

let world: World;

beforeAll(async () => {
  world = await World.start({ services: ['storefront'], withSandbox: true });
  // The sandbox's time cannot go back, so ours starts where it stands.
  world.clock.set(world.sandbox.control.now.toISOString());
});
afterEach(() => {
  world.sandbox.control.break({});
  expect(world.sandbox.control.mistakes).toEqual([]);
});
afterAll(() => world.close());

describe('paymentStart', () => {
  /** Somebody with an order to pay. */
  const buyer = async () => {
    const person = world.person();
    const payable = await makePayableOrder(world, { buyerId: person.userId });
    return { payable, client: world.client('storefront').as(person.token) };
  };
  const variables = ({ orderId }: PayableOrder, method = 'ALIPAY') => ({ orderId, method });

  it.each([
    ['ALIPAY', 'REDIRECT'],
    ['WECHAT_PAY', 'QR'],
    ['CARD', 'REDIRECT'],
  ])('shows the buyer how to pay by %s: %s', async (method, kind) => {
    const { payable, client } = await buyer();

    const started = await client.ask<Started>(PAYMENT_START, variables(payable, method));

    expect(started).toEqual({
      __typename: 'PaymentStartPayload',
      payment: {
        id: expect.stringMatching(/^pay_/),
        state: 'AWAITING_BUYER',
        action: { kind, url: expect.stringMatching(/^\w+:\/\//) },
      },
    });
  });

  it('says that nobody knows yet, and goes on when asked again', async () => {
    const { payable, client } = await buyer();
    world.sandbox.control.break({
      requests: [{ route: 'POST /v1/payment_intents', fault: 'drop_before', times: 2 }],
    });

    const { payment } = await client.ask<Started>(PAYMENT_START, variables(payable));
    const { payment: again } = await client.ask<Started>(PAYMENT_START, variables(payable));

    expect(payment).toMatchObject({ state: 'UNKNOWN', action: null });
    expect(again).toMatchObject({ id: payment.id, state: 'AWAITING_BUYER', action: { kind: 'REDIRECT' } });
  });

  it('refuses once the order is cancelled, and tells Stripe nothing', async () => {
    const { payable, client } = await buyer();
    await world.get(OrderService).cancel(payable.buyerId, payable.orderId);
    const before = world.sandbox.control.dump()['payment_intents'];

    expect(await client.ask(REFUSED, variables(payable))).toEqual({
      __typename: 'OrderNotPayableError',
      code: 'ORDER_NOT_PAYABLE',
      message: 'This order is cancelled and can no longer be paid.',
      state: 'CANCELLED',
      expiresAt: expect.stringMatching(/Z$/),
    });
    expect(world.sandbox.control.dump()['payment_intents']).toEqual(before);
  });

  it('refuses once the time to pay is over, in the buyer’s language', async () => {
    const { payable, client } = await buyer();
    world.clock.advance(15 * MINUTE_MS);

    expect(await client.speaking('zh-CN').ask(REFUSED, variables(payable))).toMatchObject({
      message: '订单已过付款时限，请重新下单',
      state: 'PLACED',
    });
  });

  describe('of what a suspended merchant sells', () => {
    const SUSPENDED = `mutation ($orderId: ID!) { paymentStart(orderId: $orderId, method: ALIPAY) { __typename
      ... on SellerSuspendedError { code message lines { orderLineId productName merchantName } } } }`;
    const CANCEL = `mutation ($orderId: ID!) { orderCancel(orderId: $orderId) { __typename } }`;
    const AGAIN = `mutation ($orderId: ID!) { orderBuyAgain(orderId: $orderId) { ... on OrderBuyAgainPayload {
      cart { lines { variantId } } } } }`;
    /** One order of two merchants. */
    const ofTwo = async () => {
      const person = world.person();
      const goods = [await makeProduct(world), await makeProduct(world)] as const;
      const lines = goods.map(({ variantId }) => ({ variantId, quantity: 1, channelPointId: '' }));
      const { orderId } = await makeOrder(world, { buyerId: person.userId, lines });
      return { orderId, goods, client: world.client('storefront').as(person.token) };
    };
    const attempts = async (orderId: string) =>
      (await world.database.query('SELECT id FROM payment WHERE order_id = ?', [orderId])).length;
    const reserved = async (variantId: string) => {
      const [row] = await world.database.query<{ reserved: string }>(
        'SELECT SUM(reserved) AS reserved FROM stock_level WHERE variant_id = ?',
        [variantId],
      );
      return Number(row?.reserved);
    };

    it('nothing is begun: the lines are named, the rest is bought again, and reinstated it is paid', async () => {
      const { orderId, goods, client } = await ofTwo();
      const [gone, other] = goods;
      await suspendMerchant(world, gone.merchantId);

      const refused = await client
        .speaking('zh-CN')
        .ask<{ message: string; lines: object[] }>(SUSPENDED, { orderId });
      expect(refused).toMatchObject({
        __typename: 'SellerSuspendedError',
        code: 'SELLER_SUSPENDED',
        lines: [{ productName: expect.any(String), merchantName: expect.any(String) }],
        message: expect.stringContaining('请取消订单后再次购买其余商品'),
      });
      expect(refused.lines).toHaveLength(1);
      expect([await attempts(orderId), await reserved(gone.variantId)]).toEqual([0, 1]);

      expect(await client.ask(CANCEL, { orderId })).toMatchObject({ __typename: 'OrderCancelPayload' });
      expect(await reserved(gone.variantId)).toBe(0);
      expect(await client.ask(AGAIN, { orderId })).toMatchObject({
        cart: { lines: [{ variantId: other.variantId }] },
      });
      await suspendMerchant(world, gone.merchantId, 'reinstate');
    });

    it('is paid once the merchant is back; and who had begun before has bought', async () => {
      const { orderId, goods, client } = await ofTwo();
      const [gone] = goods;
      await suspendMerchant(world, gone.merchantId);
      expect(await client.ask(SUSPENDED, { orderId })).toMatchObject({ __typename: 'SellerSuspendedError' });
      await suspendMerchant(world, gone.merchantId, 'reinstate');
      expect(await client.ask(SUSPENDED, { orderId })).toMatchObject({ __typename: 'PaymentStartPayload' });

      await suspendMerchant(world, gone.merchantId);
      await pay(world, orderId);
      const [order] = await world.database.query('SELECT state FROM customer_order WHERE id = ?', [orderId]);
      expect(order).toEqual({ state: 'PAID' });
      await suspendMerchant(world, gone.merchantId, 'reinstate');
    });
  });

  it('begins for many at once in few transactions: each with a payment of their own, and nobody with one of another’s order', async () => {
    const buyers = await Promise.all(Array.from({ length: 6 }, buyer));
    const [first] = buyers;
    const { orderId, buyerId } = present(first, 'a buyer').payable;
    const start = (who: string, what: string) =>
      world
        .get(PaymentService)
        .start(who, what, 'ALIPAY')
        .catch((error: unknown) => error);
    let started: unknown[] = [];

    const statements = await statementsOf(async () => {
      started = await Promise.all([
        ...buyers.map(({ payable }) => start(payable.buyerId, payable.orderId)),
        // The first one taps twice, and a stranger knows the number.
        start(buyerId, orderId),
        start(newId('usr'), orderId),
      ]);
    });

    const ids = started.map((outcome) =>
      outcome instanceof NotFound ? 'NOT_FOUND' : (outcome as { id: string }).id,
    );
    expect([new Set(ids).size, ids.slice(-2)]).toEqual([buyers.length + 1, [ids[0], 'NOT_FOUND']]);
    // How many share one depends on when each is asked: a machine at its limit lets some go beside the others.
    expect(statements.filter((statement) => statement === 'COMMIT').length).toBeLessThan(buyers.length);
    const orders = await Promise.all(
      buyers.map(({ client }) => client.ask<{ nodes: { payments: object[] }[] }>(ORDERS)),
    );
    expect(orders.flatMap(({ nodes }) => nodes.map(({ payments }) => payments.length))).toEqual(
      buyers.map(() => 1),
    );
  });

  it('is for people who have signed in', async () => {
    const { payable } = await buyer();

    expect(await world.client('storefront').codeOf(PAYMENT_START, variables(payable))).toBe(
      'UNAUTHENTICATED',
    );
  });

  it('finds no order of somebody else, and none that is not there', async () => {
    const { payable } = await buyer();
    const stranger = world.client('storefront').as(world.person().token);

    expect(await stranger.codeOf(PAYMENT_START, variables(payable))).toBe('NOT_FOUND');
    expect(await stranger.codeOf(PAYMENT_START, { orderId: newId('ord'), method: 'CARD' })).toBe('NOT_FOUND');
  });

  it('knows three methods', async () => {
    const { payable, client } = await buyer();

    expect(await client.codeOf(PAYMENT_START, variables(payable, 'CASH'))).toBe('BAD_REQUEST');
  });
});

describe('Order.payments', () => {
  it('shows every attempt, the first one first', async () => {
    const person = world.person();
    const { orderId } = await makePayableOrder(world, { buyerId: person.userId });
    await world.get(PaymentService).start(person.userId, orderId, 'ALIPAY');
    await world.get(PaymentService).start(person.userId, orderId, 'WECHAT_PAY');

    const { nodes } = await world
      .client('storefront')
      .as(person.token)
      .ask<{ nodes: { payments: object[] }[] }>(ORDERS);

    expect(nodes[0]?.payments).toMatchObject([
      { method: 'ALIPAY', state: 'CANCELLED', amountFen: '10000', action: null },
      { method: 'WECHAT_PAY', state: 'AWAITING_BUYER', amountFen: '10000', action: { kind: 'QR' } },
    ]);
  });

  it('costs the same for one order as for ten', async () => {
    const [one, ten] = [world.person(), world.person()];
    await makePayableOrder(world, { buyerId: one.userId });
    for (let n = 0; n < 10; n += 1) await makePayableOrder(world, { buyerId: ten.userId });
    const cost = (token: string) => countStatements(() => world.client('storefront').as(token).ask(ORDERS));

    expect([await cost(one.token), await cost(ten.token)]).toEqual([2, 2]);
  });
});

describe('a whole checkout', () => {
  const CART = `mutation ($input: CartLineSetInput!) { cartLineSet(input: $input) { __typename ... on CartLineSetPayload { cart {
    goodsFen groups { merchant { id name } lines { variantId quantity } } } } } }`;
  const ADDRESSES = '{ addresses { id county { code name } detail isDefault } }';
  const PREVIEW = `query ($input: CheckoutPreviewInput!) { checkoutPreview(input: $input) {
    goodsFen freightFen totalFen parts { merchant { id name } goodsFen freightFen } lines { variantName quantity } } }`;
  const PLACE = `mutation ($input: OrderPlaceInput!) { orderPlace(input: $input) { __typename
    ... on OrderPlacePayload { order { id state totalFen expiresAt } } } }`;

  it('costs so many statements, request by request, whatever else is in the cart', async () => {
    await makeDivisions(world);
    const person = world.person();
    const client = world.client('storefront').as(person.token);
    const { addressId } = await client.ask<{ addressId: string }>(
      'mutation ($input: AddressInput!) { addressAdd(input: $input) { ... on AddressAddPayload { addressId } } }',
      { input: { name: '李女士', phone: '19900000300', countyCode: '430225', detail: '霞阳镇神农大道1号' } },
    );
    const costs: Record<string, number[]> = {};
    const ask = async <T>(step: string, document: string, variables: object): Promise<T> => {
      let answer: T | undefined;
      const statements = await statementsOf(async () => {
        answer = await client.ask<T>(document, variables);
      });
      (costs[step] ??= []).push(statements.length);
      return present(answer, step);
    };
    // What is kept of working days and of the county is read once.
    const lines = [{ variantId: (await makeProduct(world)).variantId, quantity: 1 }];
    await client.ask(PREVIEW, { input: { countyCode: '430225', lines } });
    await client.ask(ADDRESSES, {});

    for (const others of [0, 4]) {
      for (let count = 0; count < others; count += 1) {
        const { variantId } = await makeProduct(world);
        await client.ask(CART, { input: { variantId, quantity: 1 } });
      }
      const { variantId } = await makeProduct(world);
      await ask('cart', CART, { input: { variantId, quantity: 1 } });
      await ask('addresses', ADDRESSES, {});
      const { totalFen } = await ask<{ totalFen: string }>('preview', PREVIEW, {
        input: { countyCode: '430225' },
      });
      const input = { idempotencyKey: newId('req'), addressId, totalFen };
      const { order } = await ask<{ order: { id: string } }>('order', PLACE, { input });
      await ask('payment', PAYMENT_START, { orderId: order.id, method: 'ALIPAY' });
    }

    // The second order takes of five levels with one statement. Batches have been known since their goods came in.
    expect(costs).toEqual({
      cart: [10, 10],
      addresses: [1, 1],
      preview: [8, 8],
      order: [19, 19],
      payment: [7, 7],
    });
  });

  it('shows the order as it was placed, and the payment as it was started, without looking for them', async () => {
    const person = world.person();
    const client = world.client('storefront').as(person.token);
    const { variantId } = await makeProduct(world);
    const input = {
      idempotencyKey: newId('req'),
      lines: [{ variantId, quantity: 3 }],
      recipient: {
        name: ' 李女士 ',
        phone: '19900000300',
        countyCode: '430225',
        address: '霞阳镇神农大道1号 ',
      },
    };
    const FIELDS = `id state goodsFen subsidyFen freightFen totalFen depositFen depositPaidAt balanceFen balanceDueAt unitId
      campaignCode paymentTerm daysToPay placedAt expiresAt signedAt paidAt cancelledAt cancelReason
      recipient { name phone countyCode address }`;
    const placeAs = (document: string) => client.ask<{ order: { id: string } }>(document, { input });

    const { order } = await placeAs(PLACE.replace('id state totalFen expiresAt', FIELDS));
    const found = await client.ask(`query ($id: ID!) { order(id: $id) { ${FIELDS} } }`, { id: order.id });
    expect(order).toEqual(found);
    // The key again finds it.
    expect((await placeAs(PLACE.replace('id state totalFen expiresAt', FIELDS))).order).toEqual(found);

    const START = PAYMENT_START.replace(
      'payment { id state action',
      'payment { id method stage state amountFen createdAt action',
    );
    const { payment } = await client.ask<{ payment: object }>(START, {
      orderId: order.id,
      method: 'WECHAT_PAY',
    });
    const { nodes } = await client.ask<{ nodes: { payments: object[] }[] }>(
      ORDERS.replace('payments { id method state', 'payments { id method stage state'),
    );
    expect(nodes[0]?.payments).toEqual([payment]);
  });
});
