import { DAY_MS, newId, present, refused } from '#libs/kernel';
import { LedgerReader } from '#libs/ledger';
import { MerchantOrderService, OrderReader } from '#libs/ordering';
import { PaymentReader, type PaymentMethod, PaymentService } from '#libs/payment';
import { countStatements } from '../../harness/statements.js';
import { World } from '../../harness/world.js';
import { type PayableOrder, Postbag, deliverWebhooks, makePayableOrder } from '../../make/payment.make.js';
import { receiveOrder } from '../../make/receipt.make.js';

const REQUEST = `mutation Ask($input: RefundRequestInput!) { refundRequest(input: $input) {
  ... on RefundRequestPayload { refund { id state kind channel borneBy reason amountFen note requestedBy lines { orderLineId goodsFen freightFen quantity } } }
  ... on DomainError { code message }
  ... on RefundTooLargeError { askedFen remainingFen }
  ... on RefundUnitsExceededError { remainingQuantity }
  ... on RefundWindowOverError { method windowDays }
  ... on PaymentDisputedError { disputeId }
} }`;
const PREVIEW = `query Preview($input: RefundAskInput!) { refundPreview(input: $input) {
  amountFen subsidyFen remainingFen windowEndsAt channel approvalsNeeded lines { goodsFen freightFen subsidyFen quantity }
  sources { payeeKind heldFen availableFen clawbackFen absorbedFen }
} }`;
const LIST = `query List($filter: RefundFilter, $first: Int, $after: String) { refunds(filter: $filter, first: $first, after: $after) {
  nodes { id orderId state amountFen lines { goodsFen } } pageInfo { hasNextPage endCursor } } }`;

interface SaleOptions {
  readonly priceFen?: bigint;
  readonly quantity?: number;
  readonly couponFen?: bigint;
}

type Answer = Record<string, unknown> & { refund?: Record<string, unknown> };

describe('the console: refunds', () => {
  let world: World;
  let postbag: Postbag;

  beforeAll(async () => {
    world = await World.start({ services: ['settlement'], withSandbox: true });
    world.clock.set(world.sandbox.control.now.toISOString());
    postbag = new Postbag(world.sandbox, world.clock);
  });
  afterAll(() => world.close());

  const finance = () => world.person({ role: 'FINANCE', scopeKind: 'PLATFORM', scopeId: '*' });
  const ask = <T>(query: string, variables: object, person = finance()) =>
    world.client('settlement').as(person.token).ask<T>(query, variables);
  const advance = async (milliseconds: number) => {
    world.clock.advance(milliseconds);
    await world.sandbox.control.advance(milliseconds / 1_000);
  };
  const hear = async () => {
    for (let round = 0; round < 3; round += 1) {
      await deliverWebhooks(world, postbag);
      await world.settle();
      await advance(10_000);
    }
  };
  /** Nothing at the shop's door gives coupons yet: the order is made as if the platform paid a part of its only line. */
  const giveCoupon = (orderId: string, couponFen: bigint) =>
    world.asOwner(async (tx) => {
      await tx.write('UPDATE order_line SET subsidy_fen = ? WHERE order_id = ?', [couponFen, orderId]);
      await tx.write(
        'UPDATE customer_order SET goods_fen = goods_fen - ?, total_fen = total_fen - ? WHERE id = ?',
        [couponFen, couponFen, orderId],
      );
    });
  const sell = async (
    { priceFen = 10_000n, quantity = 1, couponFen = 0n }: SaleOptions = {},
    method: PaymentMethod = 'ALIPAY',
  ) => {
    const order = await makePayableOrder(world, { priceFen, quantity });
    if (couponFen > 0n) await giveCoupon(order.orderId, couponFen);
    const payment = await world.get(PaymentService).start(order.buyerId, order.orderId, method);
    if (refused(payment)) throw new Error(payment.message.en);
    const { intentRef, checkoutRef } = present(
      await world.get(PaymentReader).byId(payment.id),
      'the payment',
    );
    world.sandbox.control.authorise(present(checkoutRef ?? intentRef, 'a reference'));
    await hear();
    const [line] = await world.get(OrderReader).linesOfOrder(order.orderId);
    const paid = present(await world.get(PaymentReader).byId(payment.id), 'the payment');
    const { id: orderLineId, merchantOrderId } = present(line, 'a line');
    return { ...order, orderLineId, merchantOrderId, intentRef: present(paid.intentRef, 'an intent') };
  };
  const request = ({ orderId }: Pick<PayableOrder, 'orderId'>, more: object, key = newId('req')) =>
    ask<Answer>(REQUEST, {
      input: { idempotencyKey: key, note: '质量问题', ask: { orderId, ...more } },
    });
  /** The code with which a preview is refused. */
  const noOf = ({ orderId }: PayableOrder, more: object) =>
    world
      .client('settlement')
      .as(finance().token)
      .codeOf(PREVIEW, { input: { orderId, ...more } });
  const release = async (order: PayableOrder) => {
    await receiveOrder(world, order);
    await world.settle();
    await advance(8 * DAY_MS);
    await world.get(MerchantOrderService).completeDue(100);
    await world.settle();
  };
  const creditOf = ({ merchantId }: PayableOrder) =>
    world.get(LedgerReader).balancesOfPayee(merchantId as `mer_${string}`);
  const balanceOf = async (code: string) =>
    (await world.get(LedgerReader).accountByCode(code))?.balanceFen ?? 0n;

  it('C5 goes back unit by unit: 334, 333, 333, and reaches the buyer', async () => {
    const order = await sell({ priceFen: 3_333n, quantity: 3 });
    const one = { kind: 'LINE', lines: [{ orderLineId: order.orderLineId, quantity: 1 }] };

    const { refund } = await request(order, one);
    expect(refund).toMatchObject({
      state: 'REQUESTED',
      kind: 'LINE',
      channel: 'PROVIDER',
      borneBy: 'SELLERS',
      reason: 'AFTER_SALE',
      amountFen: '3333',
      note: '质量问题',
      requestedBy: expect.stringMatching(/^usr_/),
      lines: [{ orderLineId: order.orderLineId, goodsFen: '3333', freightFen: '0', quantity: 1 }],
    });
    await hear();

    expect(
      await ask<Answer>('query One($id: ID!) { refund(id: $id) { state providerRef } }', {
        id: refund?.['id'],
      }),
    ).toMatchObject({
      state: 'SUCCEEDED',
      providerRef: expect.any(String),
    });
  });

  it('C5 rounds a unit up in the buyer’s favour and ends with the line', async () => {
    const order = await sell({ priceFen: 10_000n });
    await request(order, { kind: 'PARTIAL', lines: [{ orderLineId: order.orderLineId, amountFen: '9000' }] });

    const rest = await request(order, {
      kind: 'LINE',
      lines: [{ orderLineId: order.orderLineId, quantity: 1 }],
    });

    expect(rest.refund).toMatchObject({ amountFen: '1000' });
    expect(await request(order, { kind: 'FULL' })).toMatchObject({
      code: 'REFUND_TOO_LARGE',
      remainingFen: '0',
    });
    await hear();
    expect(await creditOf(order)).toEqual({ held: 0n, available: 0n });
  });

  it('C17 freight goes back from the shipper alone', async () => {
    const order = await sell({ priceFen: 5_000n });
    expect(await creditOf(order)).toEqual({ held: 3_650n + 800n, available: 0n });

    const { refund } = await request(order, { kind: 'FREIGHT', freightOf: [order.merchantOrderId] });

    expect(refund).toMatchObject({ amountFen: '800', lines: [{ orderLineId: '', freightFen: '800' }] });
    await hear();
    expect(await creditOf(order)).toEqual({ held: 3_650n, available: 0n });
  });

  it('C7 goodwill is the sellers’ or the platform’s', async () => {
    const order = await sell();

    await request(order, { kind: 'GOODWILL', amountFen: '1000' });
    await hear();
    expect(await creditOf(order)).toEqual({ held: 6_570n, available: 0n });

    const before = await balanceOf('expense:goodwill');
    const { refund } = await request(order, { kind: 'GOODWILL', amountFen: '500', borneBy: 'PLATFORM' });
    expect(refund).toMatchObject({ reason: 'GOODWILL', borneBy: 'PLATFORM' });
    await hear();
    expect(await creditOf(order)).toEqual({ held: 6_570n, available: 0n });
    expect((await balanceOf('expense:goodwill')) - before).toBe(500n);
    expect(await request(order, { kind: 'GOODWILL', amountFen: '8501' })).toMatchObject({
      code: 'REFUND_TOO_LARGE',
      remainingFen: '8500',
    });
  });

  it('C11 of the platform’s goodwill that fails costs the platform nothing', async () => {
    const order = await sell();
    const before = await balanceOf('expense:goodwill');
    await request(order, { kind: 'GOODWILL', amountFen: '500', borneBy: 'PLATFORM' });
    await world.settle();
    const [sent] = (await ask<{ nodes: { id: string }[] }>(LIST, { filter: { orderId: order.orderId } }))
      .nodes;
    const { providerRef } = await ask<{ providerRef: string }>(
      'query One($id: ID!) { refund(id: $id) { providerRef } }',
      { id: present(sent, 'a refund').id },
    );
    world.sandbox.control.failRefund(providerRef, 'unknown');
    await hear();

    expect(await balanceOf('expense:goodwill')).toBe(before);
    expect(
      await ask('query One($id: ID!) { refund(id: $id) { state failureCode } }', { id: sent?.id }),
    ).toEqual({ state: 'FAILED', failureCode: 'unknown' });
  });

  it.each([
    ['C9 nothing', { kind: 'GOODWILL', amountFen: '0' }, 'INVALID_INPUT'],
    ['C9 less than nothing', { kind: 'GOODWILL', amountFen: '-1' }, 'INVALID_INPUT'],
    ['C9 a fen more than was paid', { kind: 'GOODWILL', amountFen: '10001' }, 'REFUND_TOO_LARGE'],
    ['units of what cannot be the platform’s', { kind: 'FULL', borneBy: 'PLATFORM' }, 'INVALID_INPUT'],
    ['a line of nobody', { kind: 'LINE', lines: [{ orderLineId: 'oln_1', quantity: 1 }] }, 'INVALID_INPUT'],
  ])('refuses %s, and nothing has changed', async (_, more, code) => {
    const order = await sell();

    expect(await request(order, more)).toMatchObject({ code });

    expect(await ask(LIST, { filter: { orderId: order.orderId } })).toMatchObject({ nodes: [] });
    expect(await creditOf(order)).toEqual({ held: 7_300n, available: 0n });
  });

  it('refuses an order that nobody has paid, and knows of no order that is not there', async () => {
    const order = await makePayableOrder(world);

    expect(await request(order, { kind: 'FULL' })).toMatchObject({ code: 'ORDER_NOT_PAID' });
    const missing = await world
      .client('settlement')
      .as(finance().token)
      .codeOf(REQUEST, {
        input: {
          idempotencyKey: newId('req'),
          note: 'x',
          ask: { orderId: newId('ord'), kind: 'FULL' },
        },
      });
    expect(missing).toBe('NOT_FOUND');
  });

  it('answers one key with one refund, also at once, and refuses another content', async () => {
    const order = await sell();
    const key = newId('req');
    const goodwill = (amountFen: string) => request(order, { kind: 'GOODWILL', amountFen }, key);

    const answers = await Promise.all([goodwill('700'), goodwill('700'), goodwill('700')]);

    expect(new Set(answers.map(({ refund }) => refund?.['id'])).size).toBe(1);
    expect(await goodwill('701')).toMatchObject({ code: 'REFUND_KEY_USED' });
    const { nodes } = await ask<{ nodes: object[] }>(LIST, { filter: { orderId: order.orderId } });
    expect(nodes).toHaveLength(1);
  });

  it('gives the last fen once, whoever asks at the same moment', async () => {
    const order = await sell();
    const all = () => request(order, { kind: 'GOODWILL', amountFen: '10000' });

    const answers = await Promise.all([all(), all(), all(), all()]);

    expect(answers.filter(({ refund }) => refund)).toHaveLength(1);
    expect(answers.filter(({ code }) => code === 'REFUND_TOO_LARGE')).toHaveLength(3);
    await hear();
    expect(await creditOf(order)).toEqual({ held: 0n, available: 0n });
  });

  it('C13 shows from whom before it takes, and takes that', async () => {
    const order = await sell();
    const wish = { orderId: order.orderId, kind: 'GOODWILL', amountFen: '2500' };
    const sources = (where: 'heldFen' | 'availableFen') => [
      {
        payeeKind: 'MERCHANT',
        heldFen: '0',
        availableFen: '0',
        clawbackFen: '0',
        absorbedFen: '0',
        [where]: '1825',
      },
      { payeeKind: 'HOUSEHOLD_POOL', heldFen: '500', availableFen: '0', clawbackFen: '0', absorbedFen: '0' },
      {
        payeeKind: 'PLATFORM',
        heldFen: '0',
        availableFen: '0',
        clawbackFen: '0',
        absorbedFen: '0',
        [where]: '125',
      },
      {
        payeeKind: 'FUND',
        heldFen: '0',
        availableFen: '0',
        clawbackFen: '0',
        absorbedFen: '0',
        [where]: '50',
      },
    ];

    expect(await ask(PREVIEW, { input: wish })).toEqual({
      amountFen: '2500',
      subsidyFen: '0',
      remainingFen: '7500',
      windowEndsAt: expect.any(String),
      channel: 'PROVIDER',
      approvalsNeeded: 0,
      lines: [{ goodsFen: '2500', freightFen: '0', subsidyFen: '0', quantity: 0 }],
      sources: sources('heldFen'),
    });
    await release(order);
    expect(await ask(PREVIEW, { input: wish })).toMatchObject({ sources: sources('availableFen') });

    await request(order, { kind: 'GOODWILL', amountFen: '2500' });
    await hear();
    expect(await creditOf(order)).toEqual({ held: 0n, available: 5_475n });
  });

  it('C16 is refused up front once the wallet takes nothing back any more', async () => {
    const order = await sell();

    await advance(91 * DAY_MS);
    expect(await request(order, { kind: 'FULL' })).toMatchObject({
      code: 'REFUND_WINDOW_OVER',
      method: 'ALIPAY',
      windowDays: 90,
    });
    expect(await ask(LIST, { filter: { orderId: order.orderId } })).toMatchObject({ nodes: [] });
    expect(await ask(PREVIEW, { input: { orderId: order.orderId, kind: 'FULL' } })).toMatchObject({
      amountFen: '10000',
      channel: 'MANUAL_BANK',
      approvalsNeeded: 2,
    });
  });

  it('E10 is refused while the bank decides: preview and request say the same', async () => {
    const order = await sell({}, 'CARD');
    world.sandbox.control.openDispute(order.intentRef);
    await hear();

    expect(await request(order, { kind: 'FULL' })).toMatchObject({
      code: 'PAYMENT_DISPUTED',
      disputeId: expect.stringMatching(/^dsp_/),
    });
    expect(await noOf(order, { kind: 'FULL' })).toBe('PAYMENT_DISPUTED');
    expect(await ask(LIST, { filter: { orderId: order.orderId } })).toMatchObject({ nodes: [] });
  });

  it.each([
    ['C9 more than was paid', { kind: 'GOODWILL', amountFen: '10001' }, 'REFUND_TOO_LARGE'],
    ['C9 nothing', { kind: 'GOODWILL', amountFen: '0' }, 'INVALID_INPUT'],
    ['what cannot be the platform’s', { kind: 'FULL', borneBy: 'PLATFORM' }, 'INVALID_INPUT'],
  ])('refuses %s in a preview as in a request', async (_, more, code) => {
    const order = await sell();

    expect([(await request(order, more))['code'], await noOf(order, more)]).toEqual([code, code]);
  });

  it('C9 previews no more than earlier refunds have left', async () => {
    const order = await sell();
    await request(order, { kind: 'GOODWILL', amountFen: '2500' });

    expect(await noOf(order, { kind: 'GOODWILL', amountFen: '7501' })).toBe('REFUND_TOO_LARGE');
    expect(await ask(PREVIEW, { input: { orderId: order.orderId, kind: 'FULL' } })).toMatchObject({
      amountFen: '7500',
      remainingFen: '0',
    });
  });

  it('C6: gives the buyer what they paid, and the platform its coupon', async () => {
    const subsidyOf = () => balanceOf('expense:subsidy');
    const before = await subsidyOf();
    const order = await sell({ priceFen: 10_000n, quantity: 2, couponFen: 3_000n });
    expect((await subsidyOf()) - before).toBe(3_000n);
    const one = { kind: 'LINE', lines: [{ orderLineId: order.orderLineId, quantity: 1 }] };

    expect(await ask(PREVIEW, { input: { orderId: order.orderId, ...one } })).toMatchObject({
      amountFen: '8500',
      subsidyFen: '1500',
      remainingFen: '8500',
      lines: [{ goodsFen: '8500', subsidyFen: '1500', quantity: 1 }],
    });
    expect((await request(order, one)).refund).toMatchObject({ amountFen: '8500' });
    await hear();
    expect((await subsidyOf()) - before).toBe(1_500n);
    expect(await creditOf(order)).toEqual({ held: 7_300n, available: 0n });

    await release(order);
    expect((await request(order, { kind: 'FULL' })).refund).toMatchObject({ amountFen: '8500' });
    await hear();
    expect((await subsidyOf()) - before).toBe(0n);
    expect(await creditOf(order)).toEqual({ held: 0n, available: 0n });
    expect(await request(order, { kind: 'FULL' })).toMatchObject({ code: 'REFUND_TOO_LARGE' });
  });

  it('lists by state and order, page by page, at the same cost for one and for many', async () => {
    const order = await sell();
    for (let n = 1; n <= 3; n += 1) await request(order, { kind: 'GOODWILL', amountFen: `${n}00` });
    const filter = { orderId: order.orderId, state: 'REQUESTED' };
    const page = (first: number, after?: string) =>
      ask<{ nodes: { amountFen: string }[]; pageInfo: { hasNextPage: boolean; endCursor: string } }>(LIST, {
        filter,
        first,
        after,
      });

    const first = await page(2);
    expect(first.nodes.map(({ amountFen }) => amountFen)).toEqual(['300', '200']);
    const second = await page(2, first.pageInfo.endCursor);
    expect(second.nodes.map(({ amountFen }) => amountFen)).toEqual(['100']);
    expect(second.pageInfo.hasNextPage).toBe(false);
    expect([await countStatements(() => page(1)), await countStatements(() => page(3))]).toEqual([2, 2]);
  });

  it('is for finance with the whole platform, and for nobody else', async () => {
    const order = await sell();
    const input = { idempotencyKey: newId('req'), note: 'x', ask: { orderId: order.orderId, kind: 'FULL' } };
    const strangers = [
      world.person(),
      world.person({ role: 'OFFICIAL', scopeKind: 'PLATFORM', scopeId: '*' }),
      world.person({ role: 'OPERATOR', scopeKind: 'PLATFORM', scopeId: '*' }),
      world.person({ role: 'FINANCE', scopeKind: 'DIVISION', scopeId: '430225' }),
    ];

    for (const { token } of strangers) {
      expect(await world.client('settlement').as(token).codeOf(REQUEST, { input })).toBe('FORBIDDEN');
    }
    const operator = world.person({ role: 'OPERATOR', scopeKind: 'PLATFORM', scopeId: '*' });
    expect(await ask(LIST, { filter: { orderId: order.orderId } }, operator)).toMatchObject({ nodes: [] });
  });
});
