import { jest } from '@jest/globals';
import { SmsGateway } from '#libs/identity';
import { PresaleReader } from '#libs/inventory';
import { DAY_MS, HOUR_MS, businessDay, newId, plus, present, refused } from '#libs/kernel';
import { LedgerReader } from '#libs/ledger';
import { DelayService, OrderReader, OrderService, PresaleOrderService } from '#libs/ordering';
import { PaymentReader, RefundReader, RefundRequestService } from '#libs/payment';
import { countStatements } from '../../harness/statements.js';
import { type Person, World } from '../../harness/world.js';
import { makeDivisions } from '../../make/division.make.js';
import { RECIPIENT } from '../../make/order.make.js';
import { Postbag, deliverWebhooks } from '../../make/payment.make.js';
import { type MadePresale, type PresaleOptions, makePresale } from '../../make/presale.make.js';
import { makeProduct } from '../../make/product.make.js';

const ORDER = `id state depositFen depositPaidAt balanceFen balanceDueAt totalFen expiresAt cancelReason
  presale { presaleId promisedDispatchOn }
  delayNotices { id cause reason promisedOn proposedOn state answeredBy }
  payments { stage state amountFen } refunds { reason state amountFen }
  merchantOrders { id state lines { id promisedDispatchOn } }`;
const PLACE = `mutation ($input: OrderPlaceInput!) { orderPlace(input: $input) { __typename
  ... on OrderPlacePayload { order { ${ORDER} } } ... on DomainError { code message }
  ... on PresaleAloneError { variantIds } ... on InsufficientStockError { available }
  ... on InvalidInputError { fields { path } } } }`;
const START = `mutation ($orderId: ID!) { paymentStart(orderId: $orderId, method: ALIPAY) { __typename
  ... on PaymentStartPayload { payment { id amountFen stage } } ... on DomainError { code } } }`;
const ANSWER = `mutation ($noticeId: ID!, $choice: DelayChoice!) { delayNoticeAnswer(noticeId: $noticeId, choice: $choice) { __typename
  ... on DelayNoticeAnswerPayload { order { ${ORDER} } } ... on DomainError { code message } } }`;
const CANCEL = `mutation ($orderId: ID!) { orderCancel(orderId: $orderId) { __typename
  ... on OrderCancelPayload { order { ${ORDER} } } ... on DomainError { code } } }`;

interface Notice {
  readonly id: string;
  readonly state: string;
  readonly [field: string]: unknown;
}
interface SeenOrder {
  readonly id: `ord_${string}`;
  readonly state: string;
  readonly delayNotices: readonly Notice[];
  readonly payments: readonly object[];
  readonly refunds: readonly { readonly state: string; readonly amountFen: string }[];
  readonly merchantOrders: readonly { readonly id: string; readonly state: string }[];
  readonly [field: string]: unknown;
}

describe('presale', () => {
  let world: World;
  let postbag: Postbag;

  beforeAll(async () => {
    world = await World.start({ services: ['storefront', 'merchant', 'settlement'], withSandbox: true });
    // The sandbox's time cannot go back, so ours starts where it stands.
    world.clock.set(world.sandbox.control.now.toISOString());
    postbag = new Postbag(world.sandbox, world.clock);
    await makeDivisions(world);
  });
  afterEach(async () => {
    jest.restoreAllMocks();
    expect(world.sandbox.control.mistakes).toEqual([]);
    const ledger = world.get(LedgerReader);
    expect((await ledger.trialBalance()).differenceFen).toBe(0n);
    expect(await balanceOf('liability:escrow')).toBe(0n);
  });
  afterAll(() => world.close());

  const shop = ({ token }: Person) => world.client('storefront').as(token);
  const balanceOf = async (code: string) =>
    (await world.get(LedgerReader).accountByCode(code))?.balanceFen ?? 0n;
  const placeAs = (person: Person, presale: MadePresale, quantity = 2, changes: object = {}) =>
    shop(person).ask<{ __typename: string; order: SeenOrder }>(PLACE, {
      input: {
        idempotencyKey: newId('req'),
        lines: [{ variantId: presale.variantId, quantity }],
        recipient: RECIPIENT,
        ...changes,
      },
    });
  const place = async (person: Person, presale: MadePresale, quantity = 2) =>
    (await placeAs(person, presale, quantity)).order;
  const see = (person: Person, orderId: string) =>
    shop(person).ask<SeenOrder>(`query ($id: ID!) { order(id: $id) { ${ORDER} } }`, { id: orderId });
  /** Everything that Stripe and the books have to tell each other. */
  const settleAll = async () => {
    for (let round = 0; round < 4; round += 1) {
      await deliverWebhooks(world, postbag);
      await world.settle();
      await world.sandbox.control.advance(10);
      world.clock.advance(10_000);
    }
  };
  const pay = async (person: Person, orderId: string) => {
    const { payment } = await shop(person).ask<{
      payment: { id: `pay_${string}`; amountFen: string; stage: string };
    }>(START, { orderId });
    const { intentRef } = present(await world.get(PaymentReader).byId(payment.id), 'the payment');
    world.sandbox.control.authorise(present(intentRef, 'an intent'));
    await settleAll();
    return payment;
  };
  const daysOf = async ({ id }: MadePresale) =>
    (await world.get(PresaleReader).daysOf([id])).map(({ reservedG, shippedG }) => [reservedG, shippedG]);
  const merchantOf = ({ merchantId }: MadePresale) =>
    world
      .client('merchant')
      .as(world.person({ role: 'MERCHANT_OWNER', scopeKind: 'MERCHANT', scopeId: merchantId }).token);
  const announce = ({ id: presaleId, ...presale }: MadePresale, day: string, newDay: string) =>
    merchantOf({ id: presaleId, ...presale }).ask<{ __typename: string; askedCount: number }>(
      `mutation ($input: PresaleDelayAnnounceInput!) { presaleDelayAnnounce(input: $input) { __typename
         ... on PresaleDelayAnnouncePayload { askedCount } ... on DomainError { code } } }`,
      { input: { presaleId, day, newDay, reason: '连日降雨，推迟采摘' } },
    );
  /** What the register has of goods of a presale: each has a product of its own. */
  const volumeOf = async ({ productId }: MadePresale) => {
    const [sums] = await world.database.query<{ ordered: string; paid: string }>(
      'SELECT SUM(ordered_fen) AS ordered, SUM(paid_fen) AS paid FROM volume_fact WHERE product_id = ?',
      [productId],
    );
    return [Number(sums?.ordered), Number(sums?.paid)];
  };
  /** Settlement's own, which tells buyers. */
  const sms = () => world.app('settlement').get(SmsGateway, { strict: false });
  const opened = (options: PresaleOptions = {}) => makePresale(world, options);

  describe('what buyers see', () => {
    it('is on the product page, in the list and in the preview, with the day that would be promised', async () => {
      const presale = await opened({ days: 2, capacityG: 5_000 });
      const person = world.person();
      const product = await shop(person).ask<object>(
        `query ($id: ID!) { product(id: $id) { expectedDispatch { basis notBefore } variants { available }
           presales { id variantIds firstOn lastOn takesOrders payment depositBps balanceDueOn days { day freeG } } } }`,
        { id: presale.productId },
      );
      expect(product).toEqual({
        expectedDispatch: { basis: 'PRESALE', notBefore: presale.firstOn },
        variants: [{ available: 2 }],
        presales: [
          {
            id: presale.id,
            variantIds: [presale.variantId],
            firstOn: presale.firstOn,
            lastOn: presale.lastOn,
            takesOrders: true,
            payment: 'DEPOSIT',
            depositBps: 1_000,
            balanceDueOn: presale.balanceDueOn,
            days: [
              { day: presale.firstOn, freeG: 5_000 },
              { day: presale.lastOn, freeG: 5_000 },
            ],
          },
        ],
      });
      const ordinary = await makeProduct(world);
      const { nodes } = await shop(person).ask<{ nodes: { id: string }[] }>(
        '{ products(filter: { isPresold: true }, first: 100) { nodes { id } } }',
      );
      expect(nodes.map(({ id }) => id)).toContain(presale.productId);
      expect(nodes.map(({ id }) => id)).not.toContain(ordinary.productId);

      const preview = (lines: object[]) =>
        shop(person).ask<object>(
          `query ($input: CheckoutPreviewInput!) { checkoutPreview(input: $input) { totalFen dueNowFen presale { id }
             lines { promisedDispatchOn } obstacles { code } } }`,
          { input: { lines, countyCode: '430211' } },
        );
      const line = { variantId: presale.variantId, quantity: 2 };
      expect(await preview([line])).toEqual({
        totalFen: '20000',
        dueNowFen: '2000',
        presale: { id: presale.id },
        lines: [{ promisedDispatchOn: presale.firstOn }],
        obstacles: [],
      });
      expect(await preview([{ ...line, quantity: 3 }])).toMatchObject({
        lines: [{ promisedDispatchOn: null }],
        obstacles: [{ code: 'INSUFFICIENT_STOCK' }],
      });
      expect(await preview([line, { variantId: ordinary.variantId, quantity: 1 }])).toMatchObject({
        dueNowFen: '30000',
        presale: null,
        obstacles: [{ code: 'PRESALE_ALONE' }],
      });
    });

    it('costs the same statements for one presale as for several', async () => {
      const person = world.person();
      const ask = (first: number) =>
        shop(person).ask(
          'query ($first: Int!) { products(filter: { isPresold: true }, first: $first) { nodes { presales { id variantIds days { day } } } } }',
          { first },
        );
      for (let count = 0; count < 3; count += 1) await opened();
      const one = await countStatements(() => ask(1));
      expect(await countStatements(() => ask(4))).toBe(one);
    });

    it('is the day of what is in stock as well, by the merchant’s own working days', async () => {
      const { merchantId, variantId } = await makeProduct(world);
      const owner = world.person({ role: 'MERCHANT_OWNER', scopeKind: 'MERCHANT', scopeId: merchantId });
      const set = (days: number, of = merchantId) =>
        world
          .client('merchant')
          .as(owner.token)
          .ask<object>(
            `mutation ($merchantId: ID!, $days: Int!) { dispatchTermSet(merchantId: $merchantId, days: $days) { __typename
             ... on DispatchTermSetPayload { dispatchTerm { days } } ... on DomainError { code } } }`,
            { merchantId: of, days },
          );
      const person = world.person();
      const promised = async () => {
        const { order } = await shop(person).ask<{
          order: { merchantOrders: { lines: { promisedDispatchOn: string }[] }[] };
        }>(PLACE, {
          input: { idempotencyKey: newId('req'), lines: [{ variantId, quantity: 1 }], recipient: RECIPIENT },
        });
        return order.merchantOrders[0]?.lines[0]?.promisedDispatchOn ?? '';
      };

      const usual = await promised();
      expect(usual > businessDay(world.clock.now())).toBe(true);
      expect(await set(16)).toMatchObject({ code: 'INVALID_INPUT' });
      expect(await set(10)).toMatchObject({ dispatchTerm: { days: 10 } });
      expect((await promised()) > usual).toBe(true);
      await expect(set(3, newId('mer'))).rejects.toThrow('NOT_FOUND');
    });
  });

  it('is ordered by deposit, paid whole by the balance, sent from the harvest, and counts once it is paid whole', async () => {
    const presale = await opened({ days: 2, capacityG: 10_000 });
    const person = world.person();
    const order = await place(person, presale);
    expect(order).toMatchObject({
      state: 'PLACED',
      totalFen: '20000',
      depositFen: '2000',
      balanceFen: '18000',
      depositPaidAt: null,
      presale: { presaleId: presale.id, promisedDispatchOn: presale.firstOn },
    });
    await world.settle();

    expect(await pay(person, order.id)).toMatchObject({ amountFen: '2000', stage: 'DEPOSIT' });
    const waiting = await see(person, order.id);
    expect(waiting).toMatchObject({ state: 'PLACED', expiresAt: waiting['balanceDueAt'] });
    expect(waiting['depositPaidAt']).not.toBeNull();
    expect(await balanceOf('liability:deposit')).toBe(2_000n);
    expect(await volumeOf(presale)).toEqual([20_000, 0]);
    world.clock.advance(HOUR_MS); // Long past the fifteen minutes of an unpaid order.
    await world.get(OrderService).expireDue(100);
    expect(await see(person, order.id)).toMatchObject({ state: 'PLACED' });

    expect(await pay(person, order.id)).toMatchObject({ amountFen: '18000', stage: 'BALANCE' });
    expect(await see(person, order.id)).toMatchObject({
      state: 'PAID',
      payments: [
        { stage: 'DEPOSIT', state: 'SUCCEEDED', amountFen: '2000' },
        { stage: 'BALANCE', state: 'SUCCEEDED', amountFen: '18000' },
      ],
    });
    expect(await balanceOf('liability:deposit')).toBe(0n);
    expect(await volumeOf(presale)).toEqual([20_000, 20_000]);
    expect(await shop(person).ask(START, { orderId: order.id })).toMatchObject({ code: 'ORDER_NOT_PAYABLE' });

    const [part] = order.merchantOrders;
    await merchantOf(presale).ask(
      `mutation ($input: MerchantOrderShipInput!) { merchantOrderShip(input: $input) { __typename } }`,
      { input: { merchantOrderId: part?.id, carrier: 'SF', trackingNo: 'SF1234567890' } },
    );
    expect(await daysOf(presale)).toEqual([
      [0, 5_000],
      [0, 0],
    ]);
    expect(await shop(person).ask(CANCEL, { orderId: order.id })).toMatchObject({
      code: 'ORDER_NOT_CANCELLABLE',
    });
  });

  it('gives back of the balance first and of the deposit last, line by line, and all of both in the end', async () => {
    const presale = await opened();
    const person = world.person();
    const { id: orderId } = await place(person, presale);
    await pay(person, orderId);
    await pay(person, orderId);
    const ask = (kind: 'GOODWILL' | 'FULL', amountFen: bigint | null) =>
      world.database.transaction((tx) =>
        world.get(RefundRequestService).request(tx, {
          orderId,
          ask: { kind, lines: [], freightOf: [], amountFen },
          borneBy: 'SELLERS',
          note: 'spec',
          requestedBy: null,
          bankAccount: null,
        }),
      );

    const preview = await world.get(RefundRequestService).preview({
      orderId,
      ask: { kind: 'FULL', lines: [], freightOf: [], amountFen: null },
      borneBy: 'SELLERS',
    });
    expect(preview).toMatchObject({ amountFen: 20_000n, remainingFen: 0n });
    if (refused(await ask('GOODWILL', 17_000n))) throw new Error('refused');
    await settleAll();
    expect((await see(person, orderId)).refunds).toMatchObject([{ state: 'SUCCEEDED', amountFen: '17000' }]);
    if (refused(await ask('FULL', null))) throw new Error('refused');
    await settleAll();
    expect((await see(person, orderId)).refunds).toMatchObject([
      { state: 'SUCCEEDED', amountFen: '17000' },
      { state: 'SUCCEEDED', amountFen: '1000' },
      { state: 'SUCCEEDED', amountFen: '2000' },
    ]);
    const lines = await world
      .get(RefundReader)
      .linesOfMany((await world.get(RefundReader).ofOrder(orderId)).map(({ id }) => id));
    expect(lines.reduce((sum, { quantity }) => sum + quantity, 0)).toBe(2); // Units go back once.
    expect(await balanceOf('liability:refund_payable')).toBe(0n);
    expect(await ask('FULL', null)).toMatchObject({ code: 'REFUND_TOO_LARGE' });
  });

  it('gives the deposit back whole, and the place, when the rest is not paid in time', async () => {
    const sent: object[] = [];
    jest.spyOn(sms(), 'sendPaymentReminder').mockImplementation(async (_phone, reminder) => {
      sent.push(reminder);
    });
    const presale = await opened({ days: 1, capacityG: 5_000 });
    const person = world.person();
    const { id: orderId } = await place(person, presale);
    await world.database.transaction((tx) =>
      tx.insert('user_account', [
        { id: person.userId, phone: '13900009999', displayName: '李', createdAt: world.clock.now() },
      ]),
    );
    await pay(person, orderId);
    const dueAt = new Date(String((await see(person, orderId))['balanceDueAt']));
    const at = world.clock.now();

    for (const daysBefore of [4, 3, 2, 1]) {
      world.clock.set(plus(dueAt, -daysBefore * DAY_MS).toISOString());
      await world.get(PresaleOrderService).remindDue(100);
      await world.get(PresaleOrderService).remindDue(100);
      await world.settle();
    }
    expect(sent).toEqual(
      [3, 1].map(() => ({ orderId, stage: 'BALANCE', dueOn: presale.balanceDueOn, openFen: 18_000n })),
    );
    await world.get(OrderService).expireDue(100);
    expect(await see(person, orderId)).toMatchObject({ state: 'PLACED' });

    world.clock.set(dueAt.toISOString());
    await world.get(OrderService).expireDue(100);
    await settleAll();
    expect(await see(person, orderId)).toMatchObject({
      state: 'CANCELLED',
      cancelReason: 'BALANCE_UNPAID',
      refunds: [{ reason: 'CANCELLED', state: 'SUCCEEDED', amountFen: '2000' }],
    });
    expect(await balanceOf('liability:deposit')).toBe(0n);
    expect(await daysOf(presale)).toEqual([[0, 0]]);
    expect(await volumeOf(presale)).toEqual([0, 0]);
    expect(await shop(person).ask(START, { orderId })).toMatchObject({ code: 'ORDER_NOT_PAYABLE' });
    world.clock.set(at.toISOString());
  });

  it('gives back what is called off between deposit and balance, and a balance that comes too late', async () => {
    const presale = await opened();
    const person = world.person();
    const { id: orderId } = await place(person, presale);
    await pay(person, orderId);
    const { payment } = await shop(person).ask<{ payment: { id: `pay_${string}` } }>(START, { orderId });

    expect(await shop(person).ask(CANCEL, { orderId })).toMatchObject({ order: { state: 'CANCELLED' } });
    const { intentRef } = present(await world.get(PaymentReader).byId(payment.id), 'the balance');
    world.sandbox.control.authorise(present(intentRef, 'an intent'));
    await settleAll();

    const { refunds } = await see(person, orderId);
    expect(refunds.map(({ amountFen, state }) => `${amountFen} ${state}`).toSorted()).toEqual([
      '18000 SUCCEEDED',
      '2000 SUCCEEDED',
    ]);
    expect(await balanceOf('liability:deposit')).toBe(0n);
  });

  it('keeps one deposit where two have been paid', async () => {
    const presale = await opened();
    const person = world.person();
    const { id: orderId } = await place(person, presale);
    const start = (method: string) =>
      shop(person).ask<{ payment: { id: `pay_${string}`; stage: string } }>(START.replace('ALIPAY', method), {
        orderId,
      });
    const attempts = [await start('ALIPAY'), await start('WECHAT_PAY')];
    const attempted: string[] = [];
    for (const { payment } of attempts) {
      const { intentRef } = present(await world.get(PaymentReader).byId(payment.id), 'an attempt');
      attempted.push(present(intentRef, 'an intent'));
    }
    // The first one was given up when the second one began.
    expect(() => world.sandbox.control.authorise(attempted[0] ?? '')).toThrow();
    world.sandbox.control.authorise(attempted[1] ?? '');
    await settleAll();

    const order = await see(person, orderId);
    expect(order).toMatchObject({ state: 'PLACED', depositFen: '2000' });
    expect(await balanceOf('liability:deposit')).toBe(2_000n);
    await shop(person).ask(CANCEL, { orderId });
    await settleAll();
    expect(await balanceOf('liability:deposit')).toBe(0n);
  });

  it('opens to a crowd: as many orders as its days have room for, one deposit of each however often they tap, and their money once', async () => {
    const presale = await opened({ days: 3, capacityG: 5_000 });
    const attempts = Array.from({ length: 16 }, () => ({
      person: world.person(),
      idempotencyKey: newId('req'),
    }));
    const before = await balanceOf('liability:deposit');

    const answers = await Promise.all(
      // Whoever has heard nothing asks again.
      [...attempts, ...attempts].map(({ person, idempotencyKey }) =>
        placeAs(person, presale, 1, { idempotencyKey }),
      ),
    );

    expect(answers.slice(16).map(({ order }) => order?.id)).toEqual(
      answers.slice(0, 16).map(({ order }) => order?.id),
    );
    const bought = attempts.flatMap(({ person }, index) => {
      const id = answers[index]?.order?.id;
      return id ? [{ person, id }] : [];
    });
    expect(bought).toHaveLength(6);
    const refusals = answers.filter(({ order }) => !order);
    expect(refusals).toEqual(
      refusals.map(() => expect.objectContaining({ code: 'INSUFFICIENT_STOCK', available: 0 })),
    );
    expect(await daysOf(presale)).toEqual(Array.from({ length: 3 }, () => [5_000, 0]));

    const taps = [...bought, ...bought, ...bought].map(({ person, id }) =>
      shop(person).ask<{ payment: { id: `pay_${string}`; stage: string; amountFen: string } }>(START, {
        orderId: id,
      }),
    );
    const started = await Promise.all(taps);
    expect(new Set(started.map(({ payment }) => payment.id)).size).toBe(6);
    for (const { payment } of started.slice(0, 6)) {
      expect(payment).toMatchObject({ stage: 'DEPOSIT', amountFen: '1000' });
      const { intentRef } = present(await world.get(PaymentReader).byId(payment.id), 'the deposit');
      world.sandbox.control.authorise(present(intentRef, 'an intent'));
    }
    await settleAll();
    for (const { person, id } of bought) {
      const { payments, depositPaidAt } = await see(person, id);
      expect([payments.length, depositPaidAt === null]).toEqual([1, false]);
    }
    expect((await balanceOf('liability:deposit')) - before).toBe(6_000n);
    for (const { person, id } of bought) await shop(person).ask(CANCEL, { orderId: id });
    await settleAll();
    expect(await balanceOf('liability:deposit')).toBe(before);
  });

  it('does not take the rest for paid once something of the deposit has gone back elsewhere', async () => {
    const presale = await opened();
    const person = world.person();
    const { id: orderId } = await place(person, presale);
    await pay(person, orderId);
    const [deposit] = await world.get(PaymentReader).factsOfOrders([orderId]);
    // As if somebody at the provider's desk had given of it back.
    await world.database.transaction((tx) =>
      tx.insert('refund', [
        {
          id: newId('rfd'),
          paymentId: deposit?.id ?? '',
          orderId,
          reason: 'PROVIDER',
          kind: 'AMOUNT',
          channel: 'PROVIDER',
          borneBy: 'SELLERS',
          amountFen: 500n,
          state: 'SUCCEEDED',
          note: '',
          createdAt: world.clock.now(),
          updatedAt: world.clock.now(),
          keyNo: 1,
        },
      ]),
    );

    await pay(person, orderId);

    expect(await see(person, orderId)).toMatchObject({ state: 'PLACED' });
    const facts = await world.get(PaymentReader).factsOfOrders([orderId]);
    expect(facts.map(({ disposition }) => disposition)).toEqual(['DEPOSIT', 'MISMATCHED']);
  });

  it('is paid in full at once where the presale says so', async () => {
    const presale = await opened({ payment: 'FULL' });
    const person = world.person();
    const order = await place(person, presale);
    expect(order).toMatchObject({ depositFen: '0', balanceFen: '0', balanceDueAt: null });

    expect(await pay(person, order.id)).toMatchObject({ amountFen: '20000', stage: 'WHOLE' });
    expect(await see(person, order.id)).toMatchObject({ state: 'PAID' });
    expect(await shop(person).ask(CANCEL, { orderId: order.id })).toMatchObject({
      order: { state: 'CANCELLED' },
    });
    await settleAll();
    expect((await see(person, order.id)).refunds).toMatchObject([{ state: 'SUCCEEDED', amountFen: '20000' }]);
  });

  describe('what is refused', () => {
    it('is a mixture, a pick-up, and more than a day has room for', async () => {
      const presale = await opened({ days: 2, capacityG: 5_000 });
      const [other, ordinary] = [await opened(), await makeProduct(world)];
      const person = world.person();
      const lines = (...variantIds: string[]) => ({
        lines: variantIds.map((variantId) => ({ variantId, quantity: 1 })),
      });

      for (const variantId of [other.variantId, ordinary.variantId])
        expect(await placeAs(person, presale, 1, lines(presale.variantId, variantId))).toMatchObject({
          code: 'PRESALE_ALONE',
        });
      expect(await placeAs(person, presale, 3)).toMatchObject({ code: 'INSUFFICIENT_STOCK', available: 2 });
      expect(await daysOf(presale)).toEqual([
        [0, 0],
        [0, 0],
      ]);
    });

    it('is an order when a presale takes none, though stock lies there', async () => {
      const presale = await opened({ capacityG: 1_000 }); // Not one box a day.
      expect(await placeAs(world.person(), presale, 1)).toMatchObject({
        code: 'INSUFFICIENT_STOCK',
        available: 0,
      });
    });
  });

  describe('a delay', () => {
    const paidOrder = async (presale: MadePresale) => {
      const person = world.person();
      const { id: orderId } = await place(person, presale);
      await pay(person, orderId);
      await pay(person, orderId);
      return { person, orderId };
    };

    it('is announced for a day, and each buyer waits or has all of it back', async () => {
      const presale = await opened({ days: 3, capacityG: 15_000 });
      const [waits, goes, silent] = [
        await paidOrder(presale),
        await paidOrder(presale),
        await paidOrder(presale),
      ];
      expect(await daysOf(presale)).toEqual([
        [15_000, 0],
        [0, 0],
        [0, 0],
      ]);
      const sent: object[] = [];
      jest.spyOn(sms(), 'sendDelayNotice').mockImplementation(async (_phone, notice) => {
        sent.push(notice);
      });

      expect(await announce(presale, presale.firstOn, presale.firstOn)).toMatchObject({
        code: 'INVALID_INPUT',
      });
      expect(await announce(presale, presale.firstOn, presale.lastOn)).toMatchObject({ askedCount: 3 });
      expect(await announce(presale, presale.firstOn, presale.lastOn)).toMatchObject({ askedCount: 0 });
      await world.settle();
      expect(await daysOf(presale)).toEqual([
        [0, 0],
        [0, 0],
        [15_000, 0],
      ]);
      const seen = await see(waits.person, waits.orderId);
      expect(seen).toMatchObject({
        presale: { promisedDispatchOn: presale.lastOn },
        delayNotices: [
          {
            cause: 'MERCHANT',
            reason: '连日降雨，推迟采摘',
            promisedOn: presale.firstOn,
            proposedOn: presale.lastOn,
            state: 'OPEN',
          },
        ],
      });

      const noticeOf = async ({ person, orderId }: typeof waits) =>
        present((await see(person, orderId)).delayNotices.at(-1), 'a notice');
      const answer = async (of: typeof waits, choice: string, by = of.person) =>
        shop(by).ask<{ __typename: string; code?: string; order?: SeenOrder }>(ANSWER, {
          noticeId: (await noticeOf(of)).id,
          choice,
        });
      await expect(answer(waits, 'KEEP', goes.person)).rejects.toThrow('NOT_FOUND');
      await expect(shop(goes.person).ask(ANSWER, { noticeId: newId('dly'), choice: 'KEEP' })).rejects.toThrow(
        'NOT_FOUND',
      );
      for (let time = 0; time < 2; time += 1)
        expect(await answer(waits, 'KEEP')).toMatchObject({
          order: { delayNotices: [{ state: 'KEPT', answeredBy: 'BUYER' }] },
        });
      expect(await answer(waits, 'REFUND')).toMatchObject({ code: 'DELAY_NOTICE_CLOSED' });

      const both = await Promise.all([answer(goes, 'REFUND'), answer(goes, 'REFUND')]);
      expect(both.map(({ order }) => order?.state)).toEqual(['CANCELLED', 'CANCELLED']);
      await settleAll();
      expect(await see(goes.person, goes.orderId)).toMatchObject({
        cancelReason: 'DELAYED',
        delayNotices: [{ state: 'REFUNDED', answeredBy: 'BUYER' }],
        refunds: [
          { state: 'SUCCEEDED', amountFen: '18000' },
          { state: 'SUCCEEDED', amountFen: '2000' },
        ],
      });
      expect(await daysOf(presale)).toEqual([
        [0, 0],
        [0, 0],
        [10_000, 0],
      ]);

      const at = world.clock.now();
      world.clock.advance(47 * HOUR_MS);
      expect(await world.get(DelayService).settleUnanswered(100)).toBe(0);
      world.clock.advance(HOUR_MS);
      expect(await world.get(DelayService).settleUnanswered(100)).toBe(1);
      expect((await noticeOf(silent)).state).toBe('KEPT');
      expect((await noticeOf(silent))['answeredBy']).toBe('SILENCE');
      world.clock.set(at.toISOString());
    });

    it('moves the rest of what has begun to leave, and asks nobody to wait for it', async () => {
      const presale = await opened({ days: 3, capacityG: 15_000, payment: 'FULL' });
      const person = world.person();
      const { id: orderId } = await place(person, presale);
      await pay(person, orderId);
      const [part] = (await see(person, orderId)).merchantOrders;
      const [line] = await world.get(OrderReader).linesOfOrder(orderId);
      const parcel = {
        merchantOrderId: present(part, 'a part').id,
        carrier: 'SF',
        trackingNo: 'SF1234567899',
        lines: [{ orderLineId: present(line, 'a line').id, quantity: 1 }],
      };
      await merchantOf(presale).ask(
        `mutation ($input: MerchantOrderShipInput!) { merchantOrderShip(input: $input) { __typename } }`,
        { input: parcel },
      );

      expect(await announce(presale, presale.firstOn, presale.lastOn)).toMatchObject({ askedCount: 0 });
      expect(await daysOf(presale)).toEqual([
        [0, 2_500],
        [0, 0],
        [2_500, 0],
      ]);
      expect(await see(person, orderId)).toMatchObject({
        presale: { promisedDispatchOn: presale.lastOn },
        delayNotices: [],
      });
    });

    it('is noticed by itself when the promised day is over, again and again, until it is sent', async () => {
      const presale = await opened();
      const late = await paidOrder(presale);
      const at = world.clock.now();
      const after = (day: string, days: number) =>
        world.clock.set(plus(new Date(`${day}T04:00:00Z`), days * DAY_MS).toISOString());

      after(presale.firstOn, 0);
      await world.get(DelayService).askOverdue(100);
      expect((await see(late.person, late.orderId)).delayNotices).toEqual([]);
      after(presale.firstOn, 1);
      await world.get(DelayService).askOverdue(100);
      await world.get(DelayService).askOverdue(100);
      const first = (await see(late.person, late.orderId)).delayNotices;
      expect(first).toMatchObject([
        { cause: 'OVERDUE', reason: null, promisedOn: presale.firstOn, state: 'OPEN' },
      ]);
      after(presale.firstOn, 5);
      await world.get(DelayService).askOverdue(100);
      expect((await see(late.person, late.orderId)).delayNotices).toMatchObject([
        { state: 'MOOT' },
        { state: 'OPEN' },
      ]);

      const [part] = (await see(late.person, late.orderId)).merchantOrders;
      await merchantOf(presale).ask(
        `mutation ($input: MerchantOrderShipInput!) { merchantOrderShip(input: $input) { __typename } }`,
        { input: { merchantOrderId: part?.id, carrier: 'SF', trackingNo: 'SF1234567891' } },
      );
      const open = present((await see(late.person, late.orderId)).delayNotices.at(-1), 'a notice');
      expect(await shop(late.person).ask(ANSWER, { noticeId: open.id, choice: 'REFUND' })).toMatchObject({
        code: 'ORDER_NOT_CANCELLABLE',
      });
      after(presale.firstOn, 30);
      await world.get(DelayService).askOverdue(100);
      await world.get(DelayService).settleUnanswered(100);
      expect((await see(late.person, late.orderId)).delayNotices).toMatchObject([
        { state: 'MOOT' },
        { state: 'MOOT' },
      ]);
      world.clock.set(at.toISOString());
    });
  });
});
