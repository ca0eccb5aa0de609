import { jest } from '@jest/globals';
import { AdoptionGrowerService, AdoptionLateService } from '#libs/adoption';
import { AfterSaleOpeningService, AfterSaleRefundService, AfterSaleService } from '#libs/aftersale';
import { SmsGateway } from '#libs/identity';
import { AdoptionOfferReader, AdoptionOfferService, PresaleReader } from '#libs/inventory';
import { DAY_MS, HOUR_MS, businessDay, newId, plus, present, refused } from '#libs/kernel';
import { LedgerReader } from '#libs/ledger';
import {
  DelayService,
  FreightTemplateService,
  OrderReader,
  OrderService,
  PresaleOrderService,
} from '#libs/ordering';
import { PaymentReader, type RefundAsk, RefundReader, RefundRequestService } from '#libs/payment';
import { countStatements } from '../../harness/statements.js';
import { type Person, World } from '../../harness/world.js';
import { adoptionOfferWish, makeAdoptionOffer } from '../../make/adoption.make.js';
import { makeDivisions } from '../../make/division.make.js';
import { suspendMerchant } from '../../make/merchant.make.js';
import { RECIPIENT } from '../../make/order.make.js';
import { Postbag, deliverWebhooks } from '../../make/payment.make.js';
import { makePhoto } from '../../make/photo.make.js';
import { type MadePresale, type PresaleOptions, makePresale } from '../../make/presale.make.js';
import { type MadeProduct, makeProduct } from '../../make/product.make.js';
import { receiveOrder } from '../../make/receipt.make.js';

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
  const volumeOf = async ({ productId }: Pick<MadeProduct, 'productId'>) => {
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

      const preview = (lines: object[], wish: object = {}) =>
        shop(person).ask<object>(
          `query ($input: CheckoutPreviewInput!) { checkoutPreview(input: $input) { totalFen dueNowFen presale { id }
             lines { promisedDispatchOn } obstacles { code } } }`,
          { input: { lines, countyCode: '430211', ...wish } },
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
      const later = { dispatchNotBefore: presale.lastOn };
      expect(await preview([line], later)).toMatchObject({
        lines: [{ promisedDispatchOn: presale.lastOn }],
        obstacles: [],
      });
      expect(await preview([{ variantId: ordinary.variantId, quantity: 1 }], later)).toMatchObject({
        obstacles: [{ code: 'INVALID_INPUT' }],
      });
      // The day that one has chosen is promised and taken; the earlier one is left to others.
      expect(
        await placeAs(person, presale, 2, { ...later, promisedDispatchOn: presale.lastOn }),
      ).toMatchObject({ order: { presale: { promisedDispatchOn: presale.lastOn } } });
      expect(await placeAs(person, presale, 1, later)).toMatchObject({
        code: 'INSUFFICIENT_STOCK',
        available: 0,
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

  it('takes what was given for a unit off that unit, though two payments have given it', async () => {
    const presale = await opened();
    const person = world.person();
    const { id: orderId } = await place(person, presale);
    await pay(person, orderId);
    await pay(person, orderId);
    const [line] = await world.get(OrderReader).linesOfOrder(orderId);
    const orderLineId = present(line, 'a line').id;
    const ask = (wish: Pick<RefundAsk, 'kind'> & Partial<RefundAsk>) =>
      world.database.transaction((tx) =>
        world.get(RefundRequestService).request(tx, {
          orderId,
          ask: { lines: [], freightOf: [], amountFen: null, ...wish },
          borneBy: 'SELLERS',
          note: 'spec',
          requestedBy: null,
          bankAccount: null,
        }),
      );

    // Of the boxes for 10,000 each 1,800 are left, and 1,600 of the balance; one is bruised, and another goes back whole.
    await ask({ kind: 'GOODWILL', amountFen: 16_400n });
    await ask({ kind: 'PARTIAL', lines: [{ orderLineId, quantity: 1, amountFen: 1_700n }] });
    await ask({ kind: 'LINE', lines: [{ orderLineId, quantity: 1, amountFen: null }] });
    await settleAll();

    const refunds = (await see(person, orderId)).refunds.map(({ amountFen }) => amountFen);
    expect(refunds).toEqual(['16400', '1600', '100', '1800']);
  });

  describe('after the sale', () => {
    const desk = { userId: newId('usr'), divisions: 'ALL' as const };
    const decision = { verdict: 'REFUND' as const, reason: 'spec', returnAddress: null };

    /** Two boxes, paid by deposit and balance and in the buyer's hands, and neither is as it should be: the seller gives all of it back. */
    const complained = async () => {
      const presale = await opened({ product: await makeProduct(world, { isPerishable: false }) });
      const person = world.person();
      const { id: orderId } = await place(person, presale);
      await pay(person, orderId);
      await pay(person, orderId);
      await receiveOrder(world, { orderId, buyerId: person.userId });
      const [line] = await world.get(OrderReader).linesOfOrder(orderId);
      const id = await world.get(AfterSaleOpeningService).open(person.userId, {
        idempotencyKey: newId('key'),
        orderLineId: present(line, 'a line').id,
        kind: 'REFUND_ONLY',
        reason: 'DAMAGED',
        quantity: 2,
        amountFen: null,
        badWeightG: null,
        text: '压坏了',
        photos: [{ photoId: await makePhoto(world, person.userId), subject: 'GOODS' }],
      });
      if (refused(id)) throw new Error(id.message.en);
      const seller = { userId: newId('usr'), merchantIds: [presale.merchantId] };
      const approved = await world.get(AfterSaleService).approve(id, null, seller);
      if (refused(approved)) throw new Error(approved.message.en);
      return { id, orderId };
    };
    const seen = async (id: string) => {
      const [row] = await world.database.query<{ state: string; granted: string | null }>(
        'SELECT state, granted_fen AS granted FROM after_sale WHERE id = ?',
        [id],
      );
      return [row?.state, row?.granted ?? null];
    };
    const refundsOf = async (orderId: `ord_${string}`) =>
      (await world.get(RefundReader).ofOrder(orderId)).map(({ state, amountFen }) => [state, amountFen]);
    /** Of what has just been asked for, the provider cannot deliver one. */
    const fail = async (orderId: `ord_${string}`, amountFen: bigint) => {
      await world.settle();
      const refunds = await world.get(RefundReader).ofOrder(orderId);
      const refund = refunds.find((each) => each.amountFen === amountFen);
      world.sandbox.control.failRefund(present(refund?.providerRef, 'a reference'));
      await settleAll();
    };

    it('says what both payments give, and is over once both have given it', async () => {
      const { id, orderId } = await complained();
      expect(await seen(id)).toEqual(['REFUNDING', '20000']);
      const [first] = await world.get(RefundReader).ofOrder(orderId);
      const hear = () =>
        world.database.transaction((tx) =>
          world.get(AfterSaleRefundService).succeeded(tx, present(first, 'the refund of the balance').id),
        );
      await hear();
      await hear();
      expect(await seen(id)).toEqual(['REFUNDING', '20000']);
      await settleAll();
      expect(await refundsOf(orderId)).toEqual([
        ['SUCCEEDED', 18_000n],
        ['SUCCEEDED', 2_000n],
      ]);
      expect(await seen(id)).toEqual(['REFUNDED', '20000']);
    });

    it.each([
      ['the balance', 18_000n],
      ['the deposit', 2_000n],
    ])(
      'is the platform’s where %s cannot be given back, and gives only what is missing',
      async (_, missing) => {
        const { id, orderId } = await complained();
        await fail(orderId, missing);
        expect(await seen(id)).toEqual(['AT_PLATFORM', null]);
        const decided = await world.get(AfterSaleService).decide(id, { ...decision, amountFen: null }, desk);
        if (refused(decided)) throw new Error(decided.message.en);
        expect(await seen(id)).toEqual(['REFUNDING', '20000']);
        await settleAll();
        expect(await seen(id)).toEqual(['REFUNDED', '20000']);
        const arrived = (await refundsOf(orderId)).filter(([state]) => state === 'SUCCEEDED');
        expect(arrived.reduce((sum, [, amountFen]) => sum + BigInt(amountFen ?? 0), 0n)).toBe(20_000n);
      },
    );
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
    // Of a seller who may not sell nobody is reminded: nothing can be paid.
    const halted = await opened({ days: 1, capacityG: 5_000 });
    await pay(person, (await place(person, halted)).id);
    await suspendMerchant(world, halted.merchantId);
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

  it('leaves on the day that was shown, or is refused with the day that has room now, alone and in a crowd', async () => {
    const presale = await opened({ days: 2, capacityG: 5_000 });
    const seen = presale.firstOn;
    const crowd = Array.from({ length: 8 }, () => world.person());

    const answers = await Promise.all(
      crowd.map((person) =>
        shop(person).ask<{ __typename: string; promisedDispatchOn?: string }>(
          `mutation ($input: OrderPlaceInput!) { orderPlace(input: $input) { __typename
             ... on DispatchDayChangedError { promisedDispatchOn } ... on DomainError { code } } }`,
          {
            input: {
              idempotencyKey: newId('req'),
              lines: [{ variantId: presale.variantId, quantity: 1 }],
              recipient: RECIPIENT,
              promisedDispatchOn: seen,
            },
          },
        ),
      ),
    );

    expect(answers.filter(({ __typename }) => __typename === 'OrderPlacePayload')).toHaveLength(2);
    const refusals = answers.filter(({ __typename }) => __typename !== 'OrderPlacePayload');
    expect(refusals).toEqual(
      Array.from({ length: 6 }, () => ({
        __typename: 'DispatchDayChangedError',
        code: 'DISPATCH_DAY_CHANGED',
        promisedDispatchOn: presale.lastOn,
      })),
    );
    // Nobody who was refused has taken anything of the later day.
    expect(await daysOf(presale)).toEqual([
      [5_000, 0],
      [0, 0],
    ]);
    expect(
      (await placeAs(world.person(), presale, 2, { promisedDispatchOn: presale.lastOn })).order.presale,
    ).toMatchObject({ promisedDispatchOn: presale.lastOn });
    expect(await placeAs(world.person(), presale, 1, { promisedDispatchOn: presale.lastOn })).toMatchObject({
      code: 'INSUFFICIENT_STOCK',
    });
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
      const { timeline } = await shop(waits.person).ask<{ timeline: { kind: string; text: string }[] }>(
        'query ($id: ID!) { order(id: $id) { timeline { kind text } } }',
        { id: waits.orderId },
      );
      expect(timeline.filter(({ kind }) => kind === 'DISPATCH_BY')).toEqual([
        { kind: 'DISPATCH_BY', text: expect.stringContaining(presale.lastOn) },
      ]);
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

  // Here, because what is adopted travels the same roads, and a world costs seconds.
  describe('adoption', () => {
    const ADOPTION = `id state plateName object { id tag place isFree } harvests { season harvestedG promisedPortions shortPortions note }
      instalments { id number season state portions shippedPortions calledOffPortions promisedDispatchOn delayReason recipient { name address } }
      updates { nodes { objectId text photoPath } } certificate { number tag plateName guaranteedG firstOn lastOn }`;
    const OPEN = `mutation ($input: AdoptionOfferOpenInput!) { adoptionOfferOpen(input: $input) { __typename
      ... on AdoptionOfferOpenPayload { offer { id portions portionG state instalments { number portions } objects { nodes { id tag state } } } }
      ... on DomainError { code } ... on InvalidInputError { fields { path } } ... on AdoptionOfferOverlapError { offerId } } }`;
    const HARVEST = `mutation ($input: AdoptionHarvestDeclareInput!) { adoptionHarvestDeclare(input: $input) { __typename
      ... on DomainError { code } ... on AdoptionHarvestDeclaredError { harvestedG } } }`;

    interface SeenInstalment {
      readonly id: string;
      readonly season: number;
      readonly [field: string]: unknown;
    }
    interface SeenAdoption {
      readonly id: string;
      readonly instalments: readonly SeenInstalment[];
      readonly [field: string]: unknown;
    }

    const grower = ({ merchantId }: MadeProduct) =>
      world.person({ role: 'MERCHANT_OWNER', scopeKind: 'MERCHANT', scopeId: merchantId });
    const atFarm = ({ token }: Person) => world.client('merchant').as(token);
    const adopt = (
      person: Person,
      { variantId }: MadeProduct,
      adoptionObjectIds: string[] = [],
      quantity = 5,
    ) =>
      shop(person).ask<{ __typename: string; code?: string; order: SeenOrder }>(PLACE, {
        input: {
          idempotencyKey: newId('req'),
          lines: [{ variantId, quantity }],
          recipient: RECIPIENT,
          ...(adoptionObjectIds.length > 0 ? { adoptionObjectIds } : {}),
        },
      });
    const mine = async (person: Person) =>
      (await shop(person).ask<{ nodes: { id: string }[] }>('{ adoptions { nodes { id } } }')).nodes;
    const my = async (person: Person) =>
      shop(person).ask<SeenAdoption>(`query ($id: ID!) { adoption(id: $id) { ${ADOPTION} } }`, {
        id: present((await mine(person))[0], 'an adoption').id,
      });
    const declare = (person: Person, objectIds: string[], harvestedG: number, season: number) =>
      atFarm(person).ask<object>(HARVEST, {
        input: { objectIds, season, harvestedG, note: '五月冰雹，减产' },
      });
    const shipAll = (
      person: Person,
      { merchantOrders }: SeenOrder,
      lines?: readonly { readonly orderLineId: string; readonly quantity: number }[],
    ) =>
      atFarm(person).ask<object>(
        `mutation ($input: MerchantOrderShipInput!) { merchantOrderShip(input: $input) { __typename ... on DomainError { code }
           ... on InvalidInputError { fields { path message } } } }`,
        {
          input: {
            merchantOrderId: merchantOrders[0]?.id,
            carrier: 'SF',
            trackingNo: `SF${newId('x').slice(-12)}`,
            ...(lines ? { lines } : {}),
          },
        },
      );
    const ship = (person: Person, order: SeenOrder, orderLineId: string, quantity: number) =>
      shipAll(person, order, [{ orderLineId, quantity }]);
    const setPlate = (person: Person, adoptionId: string, name: string) =>
      shop(person).ask<object>(
        `mutation ($adoptionId: ID!, $name: String!) { adoptionPlateSet(adoptionId: $adoptionId, name: $name) { __typename
           ... on AdoptionPlateSetPayload { adoption { plateName } } ... on DomainError { code } } }`,
        { adoptionId, name },
      );
    const sendTo = (person: Person, instalmentId: string) =>
      shop(person).ask<object>(
        `mutation ($instalmentId: ID!, $recipient: AdoptionRecipientInput!) {
           adoptionRecipientSet(instalmentId: $instalmentId, recipient: $recipient) { __typename ... on DomainError { code }
             ... on InvalidInputError { fields { path message } } } }`,
        { instalmentId, recipient: { ...RECIPIENT, name: '外婆', address: '外婆家' } },
      );
    const callOff = (person: Person, instalmentId: string) =>
      shop(person).ask<object>(
        `mutation ($id: ID!) { adoptionInstalmentCallOff(instalmentId: $id) { __typename ... on DomainError { code }
           ... on AdoptionInstalmentCallOffPayload { adoption { state instalments { state } } } } }`,
        { id: instalmentId },
      );
    const paid = async (person: Person, offer: MadeProduct, objectIds: string[] = []) => {
      const { order } = await adopt(person, offer, objectIds);
      await pay(person, order.id);
      return order;
    };

    it('is offered, adopted by number, told about, sent in instalments, and paid back for what has not grown', async () => {
      const product = await makeProduct(world);
      const owner = grower(product);
      const photoId = await makePhoto(world, owner.userId);
      const wish = adoptionOfferWish(world, product);
      const input = {
        ...wish,
        objects: wish.objects.map((object, index) => (index === 0 ? { ...object, photoId } : object)),
      };
      const { offer } = await atFarm(owner).ask<{
        offer: { id: string; objects: { nodes: { id: string; tag: string }[] } };
      }>(OPEN, { input });
      expect(offer).toMatchObject({
        portions: 5,
        portionG: 2_500,
        state: 'OPEN',
        instalments: [
          { number: 1, portions: 2 },
          { number: 2, portions: 3 },
        ],
        objects: { nodes: [{ tag: 'A-1' }, { tag: 'A-2' }] },
      });
      expect(await atFarm(owner).ask(OPEN, { input })).toMatchObject({
        code: 'ADOPTION_OFFER_OVERLAP',
        offerId: offer.id,
      });
      const [first, second] = offer.objects.nodes.map(({ id }) => id);
      const [treeOne, treeTwo] = [present(first, 'a tree'), present(second, 'another one')];

      const person = world.person();
      const page = () =>
        shop(person).ask<object>(
          `query ($id: ID!) { product(id: $id) { variants { available } adoptionOffers { id productName priceFen objectKind guaranteedG takesOrders freeCount
             objectCount objects(onlyFree: true) { nodes { tag photoPath } } } } }`,
          { id: product.productId },
        );
      expect(await page()).toMatchObject({
        variants: [{ available: 10 }],
        adoptionOffers: [
          {
            id: offer.id,
            productName: '炎陵黄桃',
            priceFen: '50000',
            objectKind: 'TREE',
            guaranteedG: 12_500,
            takesOrders: true,
            freeCount: 2,
            objectCount: 2,
            objects: {
              nodes: [
                { tag: 'A-1', photoPath: `/adoption-offers/${offer.id}/photos/${photoId}` },
                { tag: 'A-2', photoPath: null },
              ],
            },
          },
        ],
      });
      const { nodes } = await shop(person).ask<{ nodes: { id: string }[] }>(
        '{ adoptionOffers { nodes { id } } }',
      );
      expect(nodes.map(({ id }) => id)).toContain(offer.id);
      // Packed so it is sold no more: nobody is shown what they could not buy.
      const packed = (state: string) =>
        world.database.transaction((tx) =>
          tx.write('UPDATE product_variant SET state = ? WHERE id = ?', [state, product.variantId]),
        );
      await packed('OFF_SALE');
      expect(await page()).toMatchObject({ adoptionOffers: [] });
      const shown = await shop(person).ask<{ nodes: { id: string }[] }>(
        '{ adoptionOffers { nodes { id } } }',
      );
      expect(shown.nodes.map(({ id }) => id)).not.toContain(offer.id);
      await packed('ON_SALE');
      const preview = (quantity: number, adoptionObjectIds: string[]) =>
        shop(person).ask<object>(
          `query ($input: CheckoutPreviewInput!) { checkoutPreview(input: $input) { totalFen dueNowFen presale { id }
             lines { promisedDispatchOn } obstacles { code } } }`,
          {
            input: {
              lines: [{ variantId: product.variantId, quantity }],
              countyCode: '430211',
              adoptionObjectIds,
            },
          },
        );
      expect(await preview(5, [treeTwo])).toEqual({
        totalFen: '50000',
        dueNowFen: '50000',
        presale: null,
        lines: [{ promisedDispatchOn: wish.instalments[0]?.lastOn }],
        obstacles: [],
      });
      expect(await preview(15, [])).toMatchObject({ obstacles: [{ code: 'INSUFFICIENT_STOCK' }] });
      expect(await preview(4, [])).toMatchObject({ obstacles: [{ code: 'ADOPTION_WHOLE' }] });

      const placed = await adopt(person, product, [treeTwo]);
      expect(placed.order).toMatchObject({ state: 'PLACED', totalFen: '50000' });
      expect(await my(person)).toMatchObject({
        state: 'RESERVED',
        object: { tag: 'A-2', isFree: false },
        certificate: null,
      });
      expect(await setPlate(person, (await my(person)).id, '小桃')).toMatchObject({
        code: 'ADOPTION_NOT_OPEN',
      });
      expect(await adopt(world.person(), product, [treeTwo])).toMatchObject({
        code: 'ADOPTION_OBJECT_TAKEN',
      });
      expect(await preview(5, [treeTwo])).toMatchObject({ obstacles: [{ code: 'ADOPTION_OBJECT_TAKEN' }] });
      expect(await preview(5, [treeOne])).toMatchObject({ obstacles: [] });
      const { season } = present((await my(person)).instalments[0], 'an instalment');
      expect(await declare(owner, [treeTwo], 1, season)).toMatchObject({ code: 'ADOPTION_UNPAID' });
      await world.settle();
      await pay(person, placed.order.id);
      expect(await volumeOf(product)).toEqual([50_000, 50_000]);

      const adoption = await my(person);
      expect(adoption).toMatchObject({
        state: 'ADOPTED',
        certificate: { number: adoption.id, tag: 'A-2', plateName: null, guaranteedG: 12_500 },
        instalments: [
          { number: 1, state: 'WAITING', portions: 2, promisedDispatchOn: wish.instalments[0]?.lastOn },
          { number: 2, state: 'WAITING', portions: 3, promisedDispatchOn: wish.instalments[1]?.lastOn },
        ],
      });
      const [one, two] = adoption.instalments.map(({ id }) => id);
      const [lineOne, lineTwo] = [present(one, 'a line'), present(two, 'another one')];
      expect(await setPlate(person, adoption.id, '小桃一家')).toMatchObject({
        adoption: { plateName: '小桃一家' },
      });
      expect(await setPlate(person, adoption.id, '13912345678')).toMatchObject({ code: 'INVALID_INPUT' });
      await expect(setPlate(world.person(), adoption.id, '别人')).rejects.toThrow('NOT_FOUND');
      expect(await sendTo(person, lineTwo)).toMatchObject({ __typename: 'AdoptionRecipientSetPayload' });
      await expect(sendTo(world.person(), lineTwo)).rejects.toThrow('NOT_FOUND');

      const publish = (idempotencyKey: string, objectId: string | null, by = owner) =>
        atFarm(by).ask<{ update: { id: string } }>(
          `mutation ($input: AdoptionUpdatePublishInput!) { adoptionUpdatePublish(input: $input) { __typename
             ... on AdoptionUpdatePublishPayload { update { id text } } ... on DomainError { code } } }`,
          { input: { idempotencyKey, offerId: offer.id, objectId, text: '桃花开了', photoId } },
        );
      const told = await publish('update-001', treeTwo);
      expect(await publish('update-001', treeTwo)).toEqual(told);
      expect(await publish('update-001', treeOne)).toMatchObject({ code: 'ADOPTION_UPDATE_KEY_USED' });
      await publish('update-002', treeOne);
      await expect(publish('update-003', null, grower(await makeProduct(world)))).rejects.toThrow(
        'NOT_FOUND',
      );
      expect(await my(person)).toMatchObject({
        updates: { nodes: [{ objectId: treeTwo, text: '桃花开了' }] },
      });

      const toSend = await atFarm(owner).ask<{ nodes: object[] }>(
        `query ($offerId: ID!) { adoptions(offerId: $offerId) { nodes { plateName object { tag } merchantOrder { id recipient { name } }
           instalments { orderLineId leftPortions recipient { name } } } } }`,
        { offerId: offer.id },
      );
      expect(toSend.nodes).toEqual([
        {
          plateName: '小桃一家',
          object: { tag: 'A-2' },
          merchantOrder: { id: placed.order.merchantOrders[0]?.id, recipient: { name: RECIPIENT.name } },
          instalments: [
            { orderLineId: lineOne, leftPortions: 2, recipient: null },
            { orderLineId: lineTwo, leftPortions: 3, recipient: { name: '外婆' } },
          ],
        },
      ]);

      // Nobody sends the harvest of a year at once, or grandmother's to somebody else, by leaving something out.
      const both = [
        { orderLineId: lineOne, quantity: 2 },
        { orderLineId: lineTwo, quantity: 3 },
      ];
      for (const [lines, says] of [
        [undefined, 'What is adopted is sent in instalments; name those that are in the parcel.'],
        [both, 'These instalments go to different people; send a parcel to each.'],
      ] as const)
        expect(await shipAll(owner, placed.order, lines)).toMatchObject({
          fields: [{ path: 'lines', message: says }],
        });
      await ship(owner, placed.order, lineOne, 2);
      expect(await sendTo(person, lineOne)).toMatchObject({ code: 'ADOPTION_INSTALMENT_OVER' });
      // Ten kilograms are four portions of the five; the last instalment lacks one.
      expect(await declare(owner, [treeTwo, treeOne], 10_000, season)).toMatchObject({
        __typename: 'AdoptionHarvestDeclarePayload',
      });
      expect(await declare(owner, [treeTwo], 10_000, season)).toMatchObject({
        __typename: 'AdoptionHarvestDeclarePayload',
      });
      expect(await declare(owner, [treeTwo], 9_000, season)).toMatchObject({
        code: 'ADOPTION_HARVEST_DECLARED',
        harvestedG: 10_000,
      });
      await settleAll();
      expect(await my(person)).toMatchObject({
        state: 'ADOPTED',
        harvests: [{ season, harvestedG: 10_000, promisedPortions: 5, shortPortions: 1 }],
        instalments: [
          { state: 'SHIPPED', shippedPortions: 2, calledOffPortions: 0 },
          { state: 'WAITING', shippedPortions: 0, calledOffPortions: 1 },
        ],
      });
      expect((await see(person, placed.order.id)).refunds).toMatchObject([
        { reason: 'CALLED_OFF', state: 'SUCCEEDED', amountFen: '10000' },
      ]);
      // Nobody adopts what has been harvested.
      expect(await adopt(world.person(), product)).toMatchObject({ code: 'INSUFFICIENT_STOCK' });
      expect(await page()).toMatchObject({ adoptionOffers: [{ freeCount: 0, objectCount: 2 }] });

      expect(await ship(owner, placed.order, lineTwo, 3)).toMatchObject({ code: 'PARCEL_EXCEEDS_REST' });
      await ship(owner, placed.order, lineTwo, 2);
      await shop(person).ask(
        'mutation ($id: ID!) { merchantOrderReceive(merchantOrderId: $id) { __typename ... on DomainError { code } } }',
        { id: placed.order.merchantOrders[0]?.id },
      );
      await settleAll();
      expect(await my(person)).toMatchObject({
        state: 'ENDED',
        instalments: [{ state: 'SHIPPED' }, { state: 'SHIPPED' }],
      });
      expect(await callOff(person, lineTwo)).toMatchObject({ code: 'ADOPTION_NOT_OPEN' });
      const [sums] = await world.database.query<{ recognised: string }>(
        'SELECT SUM(recognised_fen) AS recognised FROM volume_fact WHERE product_id = ?',
        [product.productId],
      );
      expect(Number(sums?.recognised)).toBe(40_000);
    });

    it('is given back whole where nothing has grown, and in part where the buyer wants no more of it', async () => {
      const offer = await makeAdoptionOffer(world, { trees: 3 });
      const owner = grower(offer);
      const [treeOne, treeTwo] = offer.objects.map(({ id }) => id as string);
      const [unlucky, choosy] = [world.person(), world.person()];
      const lost = await paid(unlucky, offer, [present(treeOne, 'a tree')]);
      const kept = await paid(choosy, offer, [present(treeTwo, 'a tree')]);
      const { season } = present((await my(unlucky)).instalments[0], 'an instalment');

      const sent: object[] = [];
      jest.spyOn(sms(), 'sendAdoptionNotice').mockImplementation(async (_phone, notice) => {
        sent.push(notice);
      });
      await world.database.transaction((tx) =>
        tx.insert('user_account', [
          { id: unlucky.userId, phone: '13900007777', displayName: '李', createdAt: world.clock.now() },
        ]),
      );
      await declare(owner, [present(treeOne, 'a tree')], 2_400, season);
      await settleAll();
      expect(sent).toEqual([
        { news: 'SHORT', orderId: lost.id, tag: 'A-1', promisedOn: null, shortPortions: 5 },
      ]);
      expect(await see(unlucky, lost.id)).toMatchObject({
        state: 'CANCELLED',
        cancelReason: 'HARVEST_FAILED',
        refunds: [{ state: 'SUCCEEDED', amountFen: '50000' }],
      });
      expect(await my(unlucky)).toMatchObject({ state: 'CANCELLED', certificate: null });

      const [one, two] = (await my(choosy)).instalments.map(({ id }) => id);
      await expect(callOff(unlucky, present(one, 'a line'))).rejects.toThrow('NOT_FOUND');
      expect(await callOff(choosy, present(one, 'a line'))).toMatchObject({
        adoption: { state: 'ADOPTED', instalments: [{ state: 'CALLED_OFF' }, { state: 'WAITING' }] },
      });
      expect(await callOff(choosy, present(one, 'a line'))).toMatchObject({
        code: 'ADOPTION_INSTALMENT_OVER',
      });
      await settleAll();
      expect((await see(choosy, kept.id)).refunds).toMatchObject([
        { state: 'SUCCEEDED', amountFen: '20000' },
      ]);
      expect(await callOff(choosy, present(two, 'a line'))).toMatchObject({
        adoption: { state: 'CANCELLED' },
      });
      await settleAll();
      expect((await see(choosy, kept.id)).refunds).toMatchObject([
        { state: 'SUCCEEDED', amountFen: '20000' },
        { state: 'SUCCEEDED', amountFen: '30000' },
      ]);
      // What was called off before anything had left is free again; what failed is not.
      const free = await world
        .get(AdoptionOfferReader)
        .objectsOf(offer.id, { first: 9, after: null }, { isFree: true });
      expect(free.nodes.map(({ tag }) => tag)).toEqual(['A-2', 'A-3']);
    });

    it('is said to have given something else, with a reason, until something of it leaves', async () => {
      const offer = await makeAdoptionOffer(world, { trees: 2 });
      const owner = grower(offer);
      const [one, two] = offer.objects.map(({ id }) => id as string);
      const tree = present(one, 'a tree');
      const person = world.person();
      const order = await paid(person, offer, [tree]);
      const { season } = present((await my(person)).instalments[0], 'an instalment');
      const correct = (harvestedG: number, changes: object = {}) =>
        atFarm(owner).ask<{ __typename: string; code?: string }>(
          `mutation ($input: AdoptionHarvestCorrectInput!) { adoptionHarvestCorrect(input: $input) { __typename
             ... on DomainError { code } ... on InvalidInputError { fields { path } } } }`,
          { input: { objectIds: [tree], season, harvestedG, reason: '复称有误', ...changes } },
        );
      const standing = async () =>
        (await my(person)) as unknown as { harvests: object[]; instalments: object[] };
      expect(await correct(5_000)).toMatchObject({ fields: [{ path: 'objectIds' }] });
      expect(await correct(5_000, { reason: ' ', season: 1999 })).toMatchObject({
        fields: [{ path: 'season' }, { path: 'reason' }],
      });
      // Four portions of five; then it turns out that there were three, and after all all of them.
      await declare(owner, [tree], 10_000, season);
      await settleAll();
      for (let twice = 0; twice < 2; twice += 1) {
        expect(await correct(7_500)).toMatchObject({ __typename: 'AdoptionHarvestCorrectPayload' });
        await settleAll();
        expect((await standing()).harvests).toMatchObject([
          { harvestedG: 7_500, promisedPortions: 5, shortPortions: 2, note: '复称有误' },
        ]);
      }
      expect(await correct(20_000)).toMatchObject({ __typename: 'AdoptionHarvestCorrectPayload' });
      await settleAll();
      expect(await standing()).toMatchObject({
        harvests: [{ harvestedG: 20_000, shortPortions: 2 }],
        instalments: [{ calledOffPortions: 0 }, { calledOffPortions: 2 }],
      });
      const refunds = (await see(person, order.id)).refunds.map(({ amountFen }) => amountFen);
      expect(refunds).toEqual(['10000', '10000']);
      const acts = await world.database.query(
        "SELECT JSON_VALUE(detail, '$.fromG') AS fromG FROM audit_entry WHERE act = 'adoption.harvest_corrected' AND subject = ? ORDER BY id",
        [tree],
      );
      expect(acts.map((act) => Number((act as { fromG: string }).fromG))).toEqual([10_000, 7_500]);

      await ship(owner, order, present((await my(person)).instalments[0], 'an instalment').id, 2);
      expect(await correct(5_000)).toMatchObject({ code: 'ADOPTION_HARVEST_SHARED' });
      expect(await correct(20_000)).toMatchObject({ __typename: 'AdoptionHarvestCorrectPayload' });
      const stranger = world.person({ role: 'MERCHANT_OWNER', scopeKind: 'MERCHANT', scopeId: newId('mer') });
      expect(
        await atFarm(stranger).codeOf(
          'mutation ($input: AdoptionHarvestCorrectInput!) { adoptionHarvestCorrect(input: $input) { __typename } }',
          { input: { objectIds: [two], season, harvestedG: 1, reason: '复称有误' } },
        ),
      ).toBe('NOT_FOUND');
    });

    it('is sold by a presale or by its trees, and never by both at once', async () => {
      const product = await makeProduct(world);
      const presale = await makePresale(world, { product });
      const owner = grower(product);
      const openOffer = () =>
        atFarm(owner).ask<{ code?: string; presaleId?: string }>(
          `mutation ($input: AdoptionOfferOpenInput!) { adoptionOfferOpen(input: $input) { __typename
             ... on PresaleOverlapError { code presaleId } } }`,
          { input: adoptionOfferWish(world, product) },
        );
      expect(await openOffer()).toEqual({
        __typename: 'PresaleOverlapError',
        code: 'PRESALE_OVERLAP',
        presaleId: presale.id,
      });
      expect(
        await world.database.query('SELECT 1 FROM adoption_offer WHERE product_id = ?', [product.productId]),
      ).toEqual([]);

      const offered = await makeAdoptionOffer(world);
      await expect(makePresale(world, { product: offered })).rejects.toThrow('offered for adoption already');
      expect(
        await world.database.query('SELECT 1 FROM presale WHERE product_id = ?', [offered.productId]),
      ).toEqual([]);

      // However much at once, one of the two is opened.
      const both = await makeProduct(world);
      const wish = adoptionOfferWish(world, both);
      const answers = await Promise.all([
        world.get(AdoptionOfferService).open([both.merchantId], wish, newId('usr')),
        makePresale(world, { product: both }).catch(() => null),
      ]);
      expect(answers.filter((answer) => answer !== null && !refused(answer))).toHaveLength(1);
    });

    it('that is more than a month late comes no more: it is called off, paid back and told, and nobody is told for ever', async () => {
      const offer = await makeAdoptionOffer(world, { trees: 1 });
      const person = world.person();
      const order = await paid(person, offer);
      const agreed = present(offer.wish.instalments[0], 'an instalment').lastOn;
      const on = (days: number) =>
        world.clock.set(plus(new Date(`${agreed}T04:00:00Z`), days * DAY_MS).toISOString());
      const at = world.clock.now();
      const lates = world.get(AdoptionLateService);
      const sent: object[] = [];
      jest.spyOn(sms(), 'sendAdoptionNotice').mockImplementation(async (_phone, notice) => {
        sent.push(notice);
      });
      await world.database.transaction((tx) =>
        tx.insert('user_account', [
          { id: person.userId, phone: '13900006666', displayName: '李', createdAt: at },
        ]),
      );
      const growers = world.get(AdoptionGrowerService);

      for (const day of [1, 5, 9, 31]) {
        on(day);
        expect(await lates.endOverdue(100)).toBe(0);
        await growers.tellOverdue(100);
      }
      expect((await my(person)).instalments[0]).toMatchObject({ state: 'WAITING' });
      on(35);
      expect(await lates.endOverdue(100)).toBe(1);
      expect(await lates.endOverdue(100)).toBe(0);
      await world.settle();
      // By words of their own: nobody is told that little has grown, or of one day more.
      expect(sent.at(-1)).toEqual({
        news: 'CALLED_OFF',
        orderId: order.id,
        tag: 'A-1',
        promisedOn: null,
        shortPortions: 2,
      });
      expect(sent.filter((notice) => (notice as { news: string }).news !== 'DELAYED')).toHaveLength(1);

      expect((await my(person)).instalments).toMatchObject([
        { state: 'CALLED_OFF', calledOffPortions: 2 },
        { state: 'WAITING', calledOffPortions: 0 },
      ]);
      expect((await see(person, order.id)).refunds).toMatchObject([
        { reason: 'CALLED_OFF', amountFen: '20000' },
      ]);
      world.clock.set(at.toISOString());
      await settleAll();
    });

    it('is one buyer’s, however many want the last one, and free again when it is not paid', async () => {
      const offer = await makeAdoptionOffer(world, { trees: 1 });
      const tree = present(offer.objects[0], 'a tree').id;
      const people = Array.from({ length: 6 }, () => world.person());
      const answers = await Promise.all(
        people.map((person, index) => adopt(person, offer, index % 2 === 0 ? [tree] : [])),
      );
      const won = answers.filter(({ order }) => order);
      expect(won).toHaveLength(1);
      expect(
        answers.filter(({ code }) => code === 'ADOPTION_OBJECT_TAKEN' || code === 'INSUFFICIENT_STOCK'),
      ).toHaveLength(5);
      const at = world.clock.now();
      world.clock.advance(HOUR_MS);
      await world.get(OrderService).expireDue(100);
      const guest = world.guest();
      expect(await adopt(guest, offer, [tree])).toMatchObject({ __typename: 'OrderPlacePayload' });
      expect(await my(guest)).toMatchObject({ state: 'RESERVED', object: { id: tree } });
      world.clock.set(at.toISOString());
    });

    it('is refused together with other goods, in part, and where it is not offered', async () => {
      const offer = await makeAdoptionOffer(world, { trees: 1 });
      const other = await makeProduct(world);
      const person = world.person();
      const placing = (lines: object[], more: object = {}) =>
        shop(person).ask<object>(PLACE, {
          input: { idempotencyKey: newId('req'), lines, recipient: RECIPIENT, ...more },
        });
      const line = { variantId: offer.variantId, quantity: 5 };
      const ordinary = { variantId: other.variantId, quantity: 1 };
      expect(await placing([line, ordinary])).toMatchObject({ code: 'ADOPTION_ALONE' });
      expect(await placing([{ ...line, quantity: 3 }])).toMatchObject({ code: 'ADOPTION_WHOLE' });
      expect(await placing([ordinary], { adoptionObjectIds: ['aob_1'] })).toMatchObject({
        code: 'INVALID_INPUT',
      });
      expect(await placing([line], { adoptionObjectIds: ['aob_1'] })).toMatchObject({
        code: 'ADOPTION_OBJECT_TAKEN',
      });
      const owner = grower(offer);
      const on = (mutation: string) =>
        atFarm(owner).ask<object>(
          `mutation { ${mutation} { __typename ${mutation.startsWith('adoptionOfferClose') ? '' : '... on DomainError { code }'} } }`,
        );
      const tree = present(offer.objects[0], 'a tree').id;
      expect(await on(`adoptionObjectsAdd(offerId: "${offer.id}", objects: [{ tag: "A-1" }])`)).toMatchObject(
        {
          code: 'ADOPTION_TAG_TAKEN',
        },
      );
      expect(await on(`adoptionObjectsAdd(offerId: "${offer.id}", objects: [{ tag: "B-1" }])`)).toMatchObject(
        {
          __typename: 'AdoptionObjectsAddPayload',
        },
      );
      await paid(person, offer, [tree]);
      expect(await on(`adoptionObjectWithdraw(objectId: "${tree}")`)).toMatchObject({
        code: 'ADOPTION_OBJECT_BOUND',
      });
      for (let time = 0; time < 2; time += 1)
        expect(await on(`adoptionOfferClose(offerId: "${offer.id}")`)).toMatchObject({
          __typename: 'AdoptionOfferClosePayload',
        });
      // There are a hundred boxes in the warehouse, and they are what is sold now.
      expect(await placing([line])).toMatchObject({ __typename: 'OrderPlacePayload' });
      expect(await mine(person)).toHaveLength(1);
    });

    it('comes later when the grower says so or the day is over, and those who wait are told', async () => {
      const offer = await makeAdoptionOffer(world, { trees: 1 });
      const owner = grower(offer);
      const person = world.person();
      const order = await paid(person, offer);
      const sent: { promisedOn: string | null }[] = [];
      jest.spyOn(sms(), 'sendAdoptionNotice').mockImplementation(async (_phone, notice) => {
        sent.push(notice);
      });
      await world.database.transaction((tx) =>
        tx.insert('user_account', [
          { id: person.userId, phone: '13900008888', displayName: '李', createdAt: world.clock.now() },
        ]),
      );
      const [window] = offer.wish.instalments;
      const agreed = present(window, 'an instalment').lastOn;
      const later = (days: number) => businessDay(plus(new Date(`${agreed}T04:00:00Z`), days * DAY_MS));
      const announce = (newDay: string) =>
        atFarm(owner).ask<object>(
          `mutation ($input: AdoptionDelayAnnounceInput!) { adoptionDelayAnnounce(input: $input) { __typename
             ... on AdoptionDelayAnnouncePayload { toldCount } ... on DomainError { code } } }`,
          { input: { offerId: offer.id, number: 1, newDay, reason: '连日降雨' } },
        );
      expect(await announce(later(3))).toMatchObject({ toldCount: 1 });
      expect(await announce(later(3))).toMatchObject({ toldCount: 0 });
      expect(await announce(later(60))).toMatchObject({ code: 'INVALID_INPUT' });
      await world.settle();
      expect(sent.map(({ promisedOn }) => promisedOn)).toEqual([later(3)]);
      expect((await my(person)).instalments[0]).toMatchObject({
        promisedDispatchOn: later(3),
        delayReason: '连日降雨',
      });
      // The order page says the same of its line, and leads back to the tree.
      const page = await shop(person).ask<object>(
        'query ($id: ID!) { order(id: $id) { adoptions { id } merchantOrders { lines { promisedDispatchOn } } } }',
        { id: order.id },
      );
      expect(page).toMatchObject({
        adoptions: [{ id: (await my(person)).id }],
        merchantOrders: [{ lines: [{ promisedDispatchOn: later(3) }, {}] }],
      });

      const { timeline } = await shop(person).ask<{ timeline: { kind: string; text: string }[] }>(
        'query ($id: ID!) { order(id: $id) { timeline { kind text } } }',
        { id: order.id },
      );
      const promises = timeline.filter(({ kind }) => kind === 'DISPATCH_BY').map(({ text }) => text);
      expect(promises).toHaveLength(2);
      expect(promises[0]).toContain(later(3));

      // The freight was agreed for one place: it goes to no other where its seller would not send it.
      const elsewhere = { firstWeightG: 1_000, firstFen: 0n, additionalWeightG: 0, additionalFen: 0n };
      await world.get(FreightTemplateService).set(
        offer.merchantId,
        {
          basedOn: 0,
          freeFromFen: null,
          zones: [
            { ...elsewhere, provinceCodes: [], isServed: true },
            { ...elsewhere, provinceCodes: ['430000'], isServed: false },
          ],
        },
        newId('usr'),
      );
      const { id: second } = present((await my(person)).instalments[1], 'another instalment');
      expect(await sendTo(person, second)).toMatchObject({
        fields: [{ path: 'recipient.countyCode', message: 'Its seller sends nothing there.' }],
      });

      const at = world.clock.now();
      const overdue = async (days: number) => {
        world.clock.set(new Date(`${later(days)}T04:00:00Z`).toISOString());
        await world.get(AdoptionGrowerService).tellOverdue(100);
        await world.settle();
      };
      await overdue(3);
      expect(sent).toHaveLength(1);
      await overdue(4);
      await overdue(4);
      expect(sent.map(({ promisedOn }) => promisedOn)).toEqual([later(3), later(7)]);
      const { id: line } = present((await my(person)).instalments[0], 'an instalment');
      // Picking has begun, so it may be packed.
      expect(await sendTo(person, line)).toMatchObject({ code: 'ADOPTION_INSTALMENT_OVER' });
      await ship(owner, order, line, 2);
      await overdue(9);
      expect(sent).toHaveLength(2);
      world.clock.set(at.toISOString());
      await world.settle();
    });

    it('costs the same statements for one adoption as for several', async () => {
      const offer = await makeAdoptionOffer(world, { trees: 3 });
      const [one, many] = [world.person(), world.person()];
      await adopt(one, offer);
      await adopt(many, offer, [], 10);
      const ask = (person: Person) =>
        shop(person).ask(
          `{ adoptions { nodes { plateName object { tag } offer { freeCount instalments { number } } harvests { season }
             instalments { state recipient { name } } certificate { tag } } } }`,
        );
      await ask(one);
      const first = await countStatements(() => ask(one));
      expect(await countStatements(() => ask(many))).toBe(first);
      expect(await mine(many)).toHaveLength(2);
    });
  });
});
