import { jest } from '@jest/globals';
import {
  AfterSaleDeadlineService,
  AfterSaleOpeningService,
  AfterSaleReader,
  AfterSaleRefundService,
  AfterSaleService,
} from '#libs/aftersale';
import { DAY_MS, HOUR_MS, MINUTE_MS, type IdOf, newId, plus, present, refused } from '#libs/kernel';
import { FulfillmentReader, FulfillmentService, ReceiptService } from '#libs/fulfillment';
import { LedgerReader } from '#libs/ledger';
import { GuestMergeService, MerchantOrderService, OrderReader } from '#libs/ordering';
import { PaymentReader, PaymentService, RefundReader, RefundRequestService } from '#libs/payment';
import { LiveGateway } from '#platform/live';
import { type PhotoRow, PhotoService, StoredFileService, UNATTACHED_MS_MAX } from '#platform/files';
import { countStatements } from '../../harness/statements.js';
import { type Person, World } from '../../harness/world.js';
import { makeDivisions } from '../../make/division.make.js';
import { makeOrder, partsOf } from '../../make/order.make.js';
import { Postbag, deliverWebhooks } from '../../make/payment.make.js';
import { makePhoto, picture } from '../../make/photo.make.js';
import { makeProduct } from '../../make/product.make.js';
import { receiveOrder } from '../../make/receipt.make.js';

const CASE = `id kind reason state quantity badWeightG badShareBps askedFen grantedFen returnAddress returnTrackingNo dueAt closedAt
  replacement { carrier trackingNo receivedAt } photos { id side subject path } steps { act side state note }`;
const OPEN = `mutation Open($input: AfterSaleOpenInput!) { afterSaleOpen(input: $input) {
  ... on AfterSaleOpenPayload { afterSale { ${CASE} } }
  ... on DomainError { code message }
  ... on InvalidInputError { fields { path } }
  ... on AfterSaleNotPossibleError { kinds }
  ... on AfterSaleExistsError { afterSaleId state }
  ... on WithinToleranceError { badShareBps toleranceBps }
  ... on RefundUnitsExceededError { remainingQuantity }
  ... on RefundTooLargeError { remainingFen }
} }`;
const PREVIEW = `query Preview($input: AfterSaleAskInput!) { afterSalePreview(input: $input) { askedFen freightFen badShareBps } }`;
const LIST = `query List($first: Int, $after: String) { afterSales(first: $first, after: $after) { nodes { ${CASE} } pageInfo { hasNextPage endCursor } } }`;
const ORDER = `query Order($id: ID!) { order(id: $id) { merchantOrders { lines { id afterSaleOptions { kind reasons } afterSales { id state } } } } }`;
const TIMELINE = `query ($id: ID!) { order(id: $id) { timeline { kind at text isAhead merchantOrderId fulfillmentId afterSaleId refundId } } }`;
const ADDRESS = '霞阳镇神农大道 1 号 张三 13900000000';

/** One mutation of one door, with arguments as they are written. */
const act = (name: string, args: string) => `mutation { ${name}(${args}) {
  __typename ... on DomainError { code message } ... on ${name[0]?.toUpperCase()}${name.slice(1)}Payload { afterSale { ${CASE} } } } }`;

/** Something that waits until somebody says so. */
function gate(): { readonly open: () => void; readonly opened: Promise<void> } {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open: () => open(), opened };
}

interface Case {
  readonly id: string;
  readonly state: string;
  readonly askedFen: string;
  readonly grantedFen: string | null;
  readonly photos: readonly { readonly id: string; readonly path: string }[];
  readonly steps: readonly { readonly act: string; readonly side: string; readonly note: string }[];
}
interface Answer {
  readonly afterSale?: Case;
  readonly code?: string;
  readonly [field: string]: unknown;
}

interface Sale {
  readonly buyer: Person;
  readonly orderId: IdOf<'ord'>;
  readonly merchantId: IdOf<'mer'>;
  readonly orderLineId: string;
  readonly merchantOrderId: string;
  readonly variantId: string;
}

describe('after-sale, at every door', () => {
  let world: World;
  let postbag: Postbag;

  beforeAll(async () => {
    world = await World.start({ services: ['storefront', 'merchant', 'settlement'], withSandbox: true });
    world.clock.set(world.sandbox.control.now.toISOString());
    postbag = new Postbag(world.sandbox, world.clock);
    await makeDivisions(world);
  });
  afterAll(() => world.close());

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
  const pass = async (milliseconds: number) => {
    await advance(milliseconds);
    await world.get(MerchantOrderService).completeDue(100);
    await world.get(AfterSaleDeadlineService).actDue(100);
    await hear();
  };

  /** Paid through the sandbox, shipped and, unless said otherwise, signed for. */
  const sell = async ({
    isPerishable = false,
    quantity = 1,
    priceFen = 10_000n,
    until = 'RECEIVED' as 'PAID' | 'SHIPPED' | 'RECEIVED',
    stock = 100,
    batches = null as { quantity: number; bestBeforeOn: null }[] | null,
    buyer = world.person(),
    method = 'ALIPAY' as 'ALIPAY' | 'CARD',
  } = {}): Promise<Sale> => {
    const product = await makeProduct(world, {
      isPerishable,
      pricesFen: [priceFen],
      batches: batches ?? [{ quantity: stock, bestBeforeOn: null }],
    });
    const order = await makeOrder(world, { buyerId: buyer.userId, quantity }, product);
    const payment = await world.get(PaymentService).start(buyer.userId, order.orderId, method);
    if (refused(payment)) throw new Error(payment.message.en);
    const { checkoutRef, intentRef } = present(
      await world.get(PaymentReader).byId(payment.id),
      'the payment',
    );
    world.sandbox.control.authorise(present(checkoutRef ?? intentRef, 'a reference'));
    await hear();
    const [part] = await partsOf(world, order.orderId);
    const [line] = await world.get(OrderReader).linesOfOrder(order.orderId);
    const { id: merchantOrderId } = present(part, 'a part');
    if (until === 'SHIPPED')
      await world
        .get(FulfillmentService)
        .ship([product.merchantId], { merchantOrderId, carrier: '顺丰', trackingNo: 'SF1234567890' });
    if (until === 'RECEIVED') await receiveOrder(world, order);
    await world.settle();
    const { merchantId, variantId } = product;
    return {
      buyer,
      orderId: order.orderId,
      merchantId,
      variantId,
      merchantOrderId,
      orderLineId: present(line, 'a line').id,
    };
  };

  const asBuyer = <T = Answer>({ buyer }: Pick<Sale, 'buyer'>, query: string, variables: object = {}) =>
    world.client('storefront').as(buyer.token).ask<T>(query, variables);
  const clerkOf = ({ merchantId }: Pick<Sale, 'merchantId'>) =>
    world.person({ role: 'MERCHANT_CLERK', scopeKind: 'MERCHANT', scopeId: merchantId });
  const asSeller = <T = Answer>(sale: Pick<Sale, 'merchantId'>, query: string) =>
    world.client('merchant').as(clerkOf(sale).token).ask<T>(query);
  const operator = () => world.person({ role: 'OPERATOR', scopeKind: 'PLATFORM', scopeId: '*' });
  const asOperator = <T = Answer>(query: string, person = operator()) =>
    world.client('settlement').as(person.token).ask<T>(query);
  const decide = (id: string, more: string) =>
    asOperator(act('afterSaleDecide', `input: { id: "${id}", ${more}, reason: "查看照片后裁决" }`));

  const photosOf = async (sale: Sale, seeds: readonly (number | undefined)[] = [undefined, undefined]) => {
    const [waybill, scale] = [
      await makePhoto(world, sale.buyer.userId, seeds[0]),
      await makePhoto(world, sale.buyer.userId, seeds[1]),
    ];
    return [
      { photoId: waybill, subject: 'WAYBILL' },
      { photoId: scale, subject: 'SCALE' },
    ];
  };
  const open = async (sale: Sale, ask: object, more: object = {}) => {
    const input = {
      idempotencyKey: newId('req'),
      text: '压坏了🍑，请看照片',
      photos: await photosOf(sale),
      ask: { orderLineId: sale.orderLineId, quantity: 1, ...ask },
      ...more,
    };
    return asBuyer(sale, OPEN, { input });
  };
  const opened = async (sale: Sale, ask: object, more: object = {}): Promise<Case> =>
    present((await open(sale, ask, more)).afterSale, 'a case');
  const damaged = { kind: 'REFUND_ONLY', reason: 'DAMAGED' };
  const spoiled = (badWeightG: number) => ({ kind: 'FRESH_CLAIM', reason: 'SPOILED', badWeightG });
  const caseOf = (sale: Sale, id: string) =>
    asBuyer<Case>(sale, `query Case($id: ID!) { afterSale(id: $id) { ${CASE} } }`, { id });
  const actsOf = ({ steps }: Case) => steps.map(({ act: done, side }) => `${done} by ${side}`);
  const moneyOf = async ({ merchantId }: Sale) => world.get(LedgerReader).balancesOfPayee(merchantId);

  describe('a fresh claim', () => {
    it('is previewed, opened with photos, and paid in proportion after a day of silence; money waits meanwhile', async () => {
      const sale = await sell({ isPerishable: true });
      const input = { orderLineId: sale.orderLineId, quantity: 1, ...spoiled(750) };

      expect(await asBuyer(sale, PREVIEW, { input })).toEqual({
        askedFen: '3000',
        freightFen: '0',
        badShareBps: 3_000,
      });
      const { id, ...claim } = await opened(sale, spoiled(750));
      expect(claim).toMatchObject({
        state: 'REQUESTED',
        badShareBps: 3_000,
        askedFen: '3000',
        grantedFen: null,
      });
      expect(claim.photos).toMatchObject([
        { side: 'BUYER', subject: 'WAYBILL' },
        { side: 'BUYER', subject: 'SCALE' },
      ]);

      await pass(23 * HOUR_MS);
      expect((await caseOf(sale, id)).state).toBe('REQUESTED');
      await pass(HOUR_MS);

      const paid = await caseOf(sale, id);
      expect(paid).toMatchObject({
        state: 'REFUNDED',
        grantedFen: '3000',
        closedAt: expect.any(String),
        dueAt: null,
      });
      expect(actsOf(paid)).toEqual(['OPENED by BUYER', 'APPROVED by TIME', 'REFUND_SUCCEEDED by PLATFORM']);
      await pass(25 * HOUR_MS);
      expect(await moneyOf(sale)).toMatchObject({ held: 0n, available: expect.any(BigInt) });
      const refunds = await world.get(RefundReader).ofOrder(sale.orderId);
      expect(refunds).toMatchObject([
        { reason: 'AFTER_SALE', kind: 'PARTIAL', amountFen: 3_000n, state: 'SUCCEEDED' },
      ]);
    });

    it.each([
      [250, { code: 'WITHIN_TOLERANCE', badShareBps: 1_000, toleranceBps: 1_000 }],
      [2_501, { code: 'INVALID_INPUT', fields: [{ path: 'badWeightG' }] }],
      [2_000, { afterSale: expect.objectContaining({ askedFen: '10000', badShareBps: 8_000 }) }],
    ])('of %d bad grams of 2500', async (badWeightG, answer) => {
      expect(await open(await sell({ isPerishable: true }), spoiled(badWeightG))).toMatchObject(answer);
    });

    it('is not opened on a share of what others have paid whole: no answer to it could be carried out', async () => {
      const sale = await sell({ isPerishable: true });
      await world.asOwner((tx) =>
        tx.write('UPDATE order_line SET subsidy_fen = goods_fen WHERE id = ?', [sale.orderLineId]),
      );

      expect(await open(sale, spoiled(750))).toMatchObject({ code: 'REFUND_TOO_LARGE', remainingFen: '0' });
    });

    it('needs the waybill and the scale', async () => {
      const sale = await sell({ isPerishable: true });
      const [waybill] = await photosOf(sale);

      expect(await open(sale, spoiled(750), { photos: [waybill] })).toMatchObject({
        code: 'INVALID_INPUT',
        fields: [{ path: 'photos' }],
      });
      expect(await open(sale, spoiled(750), { photos: [] })).toMatchObject({ code: 'INVALID_INPUT' });
    });

    it('may be appealed against within the day; the platform decides, for good', async () => {
      const sale = await sell({ isPerishable: true });
      const { id } = await opened(sale, spoiled(750));

      expect(await asSeller(sale, act('afterSaleRefuse', `id: "${id}", reason: "不认可"`))).toMatchObject({
        code: 'AFTER_SALE_STATE',
      });
      expect(
        await asSeller(sale, act('afterSaleAppeal', `id: "${id}", reason: "照片不是我们的箱子"`)),
      ).toMatchObject({
        afterSale: { state: 'AT_PLATFORM', dueAt: expect.any(String) },
      });
      const late = await sell({ isPerishable: true });
      const { id: lateId } = await opened(late, spoiled(750));
      world.clock.advance(DAY_MS); // Nobody has come round yet to count the silence.
      expect(
        await asSeller(late, act('afterSaleAppeal', `id: "${lateId}", reason: "照片不是我们的箱子"`)),
      ).toMatchObject({ code: 'AFTER_SALE_STATE' });
      await pass(2 * DAY_MS);
      expect(await caseOf(late, lateId)).toMatchObject({ grantedFen: expect.any(String) });
      expect(await moneyOf(sale)).toMatchObject({ available: 0n });

      expect(await decide(id, 'verdict: RETURN')).toMatchObject({ code: 'AFTER_SALE_STATE' });
      expect(await decide(id, 'verdict: REFUND, amountFen: "10001"')).toMatchObject({
        code: 'REFUND_TOO_LARGE',
      });
      expect(await decide(id, 'verdict: REJECT')).toMatchObject({ afterSale: { state: 'REJECTED' } });
      await hear();
      // Lifted: what came due meanwhile is the seller's.
      expect(await moneyOf(sale)).toMatchObject({ held: 0n });
      expect((await moneyOf(sale)).available).toBeGreaterThan(0n);
    });

    it('with a photo of another order is not paid by silence, and whoever decides sees why', async () => {
      const [first, second] = [await sell({ isPerishable: true }), await sell({ isPerishable: true })];
      await opened(first, spoiled(750), { photos: await photosOf(first, [9_001, 9_002]) });
      const { id } = await opened(second, spoiled(750), { photos: await photosOf(second, [9_003, 9_002]) });
      const seen = `query { afterSale(id: "${id}") { photos { subject isReused } } }`;

      expect(await asSeller(second, seen)).toEqual({
        photos: [
          { subject: 'WAYBILL', isReused: false },
          { subject: 'SCALE', isReused: true },
        ],
      });
      await pass(25 * HOUR_MS);

      expect(await caseOf(second, id)).toMatchObject({ state: 'AT_PLATFORM' });
      expect(
        await asOperator(`query { afterSales(kinds: [FRESH_CLAIM]) { nodes { id photos { isReused } } } }`),
      ).toMatchObject({
        nodes: expect.arrayContaining([expect.objectContaining({ id })]),
      });
      // A week of nobody's deciding pays nothing of it either; it is said once more.
      await pass(7 * DAY_MS);
      await pass(HOUR_MS);
      expect(actsOf(await caseOf(second, id)).filter((done) => done === 'ESCALATED by TIME')).toHaveLength(2);
      expect(await decide(id, 'verdict: REFUND, amountFen: "500"')).toMatchObject({
        afterSale: { state: 'REFUNDING', grantedFen: '500' },
      });
      await hear();
      expect(await caseOf(second, id)).toMatchObject({ state: 'REFUNDED' });
    });

    it('with one photo of the scale for two lines is not paid by silence; one of the waybill serves both', async () => {
      const buyer = world.person();
      const batches = [
        { quantity: 1, bestBeforeOn: null },
        { quantity: 1, bestBeforeOn: null },
      ];
      const first = await sell({ isPerishable: true, quantity: 2, batches, buyer });
      const lines = await world.get(OrderReader).linesOfOrder(first.orderId);
      const second = { ...first, orderLineId: present(lines[1], 'a line of the other batch').id };
      const [waybill, scale] = await photosOf(first, [9_101, 9_102]);
      const other = present((await photosOf(first, [9_103, 9_104]))[1], 'another scale');
      const reused = async (id: string) =>
        (
          await asSeller<{ photos: { subject: string; isReused: boolean }[] }>(
            first,
            `query { afterSale(id: "${id}") { photos { subject isReused } } }`,
          )
        ).photos.filter(({ isReused }) => isReused);

      const { id: one } = await opened(first, spoiled(750), { photos: [waybill, scale] });
      const { id: two } = await opened(second, spoiled(750), { photos: [waybill, other] });
      expect([await reused(one), await reused(two)]).toEqual([[], []]);
      await asBuyer(first, act('afterSaleWithdraw', `id: "${two}"`));
      const { id: three } = await opened(second, spoiled(750), { photos: [waybill, scale] });
      expect(await reused(three)).toEqual([{ subject: 'SCALE', isReused: true }]);
      await pass(25 * HOUR_MS);

      expect(await caseOf(second, three)).toMatchObject({ state: 'AT_PLATFORM' });
    });

    it('is too late after 48 hours, and weighed once', async () => {
      const sale = await sell({ isPerishable: true });
      const { id } = await opened(sale, spoiled(750));
      await asSeller(sale, act('afterSaleApprove', `id: "${id}"`));
      await hear();

      expect(await open(sale, spoiled(750))).toMatchObject({
        code: 'AFTER_SALE_EXISTS',
        afterSaleId: id,
        state: 'REFUNDED',
      });
      await advance(48 * HOUR_MS);
      expect(await open(sale, spoiled(750))).toMatchObject({ code: 'AFTER_SALE_WINDOW_OVER' });
    });
  });

  describe('refund only', () => {
    it('gives back units with the freight of a parcel of which nothing is left, once', async () => {
      const sale = await sell({ priceFen: 3_000n, quantity: 2 });
      const input = { orderLineId: sale.orderLineId, quantity: 2, ...damaged };
      expect(await asBuyer(sale, PREVIEW, { input })).toMatchObject({ askedFen: '6800', freightFen: '800' });
      expect(await asBuyer(sale, PREVIEW, { input: { ...input, quantity: 1 } })).toMatchObject({
        askedFen: '3000',
      });
      const { id } = await opened(sale, { ...damaged, quantity: 2 });

      const approve = act('afterSaleApprove', `id: "${id}"`);
      const answers = await Promise.all(Array.from({ length: 8 }, () => asSeller(sale, approve)));

      expect(answers.filter(({ afterSale }) => afterSale !== undefined)).toHaveLength(1);
      expect(answers.filter(({ code }) => code === 'AFTER_SALE_STATE')).toHaveLength(7);
      await hear();
      expect(await caseOf(sale, id)).toMatchObject({ state: 'REFUNDED', grantedFen: '6800' });
      expect(await world.get(RefundReader).ofOrder(sale.orderId)).toHaveLength(1);
      expect(await open(sale, damaged)).toMatchObject({
        code: 'REFUND_UNITS_EXCEEDED',
        remainingQuantity: 0,
      });
    });

    it('is of what never came, while it is on its way', async () => {
      const sale = await sell({ until: 'SHIPPED', isPerishable: true });

      expect(await open(sale, damaged)).toMatchObject({
        code: 'AFTER_SALE_NOT_POSSIBLE',
        kinds: ['REFUND_ONLY'],
      });
      const missing = await opened(sale, { kind: 'REFUND_ONLY', reason: 'NOT_RECEIVED' }, { photos: [] });
      expect(missing).toMatchObject({ state: 'REQUESTED', askedFen: '10000' });
    });

    it('of what never came is not paid by silence once its buyer has signed for it', async () => {
      const sale = await sell({ until: 'SHIPPED' });
      const { id } = await opened(sale, { kind: 'REFUND_ONLY', reason: 'NOT_RECEIVED' }, { photos: [] });
      await world.get(ReceiptService).receive(sale.buyer.userId, sale.merchantOrderId);
      await pass(49 * HOUR_MS);

      expect(await caseOf(sale, id)).toMatchObject({ state: 'AT_PLATFORM', grantedFen: null });
      expect(await decide(id, 'verdict: REJECT')).toMatchObject({ afterSale: { state: 'REJECTED' } });
    });

    it('takes less than the units are worth, and not more', async () => {
      const sale = await sell();
      const asked = (amountFen: string) => open(sale, { ...damaged, amountFen });

      expect(await asked('10001')).toMatchObject({ code: 'REFUND_TOO_LARGE' });
      expect(await asked('-1')).toMatchObject({ code: 'INVALID_INPUT' });
      expect(await asked('1500')).toMatchObject({ afterSale: { askedFen: '1500' } });
    });

    it('refused, it is contested, and silence accepts a refusal', async () => {
      const [one, other] = [await sell(), await sell()];
      const [{ id }, { id: silent }] = [await opened(one, damaged), await opened(other, damaged)];
      const refuse = (sale: Sale, of: string) =>
        asSeller(sale, act('afterSaleRefuse', `id: "${of}", reason: "发货时完好，见出库照片"`));

      expect(await refuse(one, id)).toMatchObject({ afterSale: { state: 'REFUSED' } });
      await refuse(other, silent);
      expect(await asBuyer(one, act('afterSaleContest', `id: "${id}", text: "收到就是坏的"`))).toMatchObject({
        afterSale: { state: 'AT_PLATFORM' },
      });
      await pass(72 * HOUR_MS);

      expect(await caseOf(other, silent)).toMatchObject({ state: 'REJECTED' });
      expect(await decide(id, 'verdict: REFUND')).toMatchObject({
        afterSale: { state: 'REFUNDING', grantedFen: '10000' },
      });
      await hear();
      const done = await caseOf(one, id);
      expect(actsOf(done)).toEqual([
        'OPENED by BUYER',
        'REFUSED by MERCHANT',
        'CONTESTED by BUYER',
        'REFUND_DECIDED by PLATFORM',
        'REFUND_SUCCEEDED by PLATFORM',
      ]);
      expect(done.steps.map(({ note }) => note)).toEqual([
        '压坏了🍑，请看照片',
        '发货时完好，见出库照片',
        '收到就是坏的',
        '查看照片后裁决',
        '',
      ]);
    });

    it('contested, it is the platform’s to decide within a week; then the buyer gets what was asked for', async () => {
      const sale = await sell();
      const { id } = await opened(sale, damaged);
      await asSeller(sale, act('afterSaleRefuse', `id: "${id}", reason: "发货时完好"`));
      await asBuyer(sale, act('afterSaleContest', `id: "${id}", text: "收到就是坏的"`));
      await pass(7 * DAY_MS - MINUTE_MS);
      expect(await caseOf(sale, id)).toMatchObject({ state: 'AT_PLATFORM' });

      await pass(2 * MINUTE_MS);
      await hear();

      const done = await caseOf(sale, id);
      expect(done).toMatchObject({ state: 'REFUNDED', grantedFen: '10000' });
      expect(actsOf(done).slice(-2)).toEqual(['REFUND_DECIDED by TIME', 'REFUND_SUCCEEDED by PLATFORM']);
    });

    it('is asked for by nobody who has twenty cases open', async () => {
      const sale = await sell();
      const { id } = await opened(sale, damaged);
      const next = await sell({ buyer: sale.buyer });
      const [row] = await world.database.query<Record<string, string>>(
        'SELECT * FROM after_sale WHERE id = ?',
        [id],
      );
      const more = Array.from({ length: 19 }, () => newId('afs'));
      const copies = more.map((each) => ({
        ...row,
        id: each,
        idempotency_key: each,
        open_line_id: each,
        due_at: null,
      }));
      await world.database.transaction((tx) => tx.insert('after_sale', copies));

      expect(await open(next, damaged)).toMatchObject({ code: 'TOO_MANY_CASES' });
      await world.asOwner((tx) => tx.write('DELETE FROM after_sale WHERE id IN (?)', [more]));
      expect(await opened(next, damaged)).toMatchObject({ state: 'REQUESTED' });
    });

    it('is asked for by nobody whose bank decides: the money is there already', async () => {
      const sale = await sell({ method: 'CARD' });
      const [payment] = await world.get(PaymentReader).keptOf(sale.orderId);
      world.sandbox.control.openDispute(present(payment?.intentRef, 'an intent'));
      await hear();

      expect(await open(sale, damaged)).toMatchObject({ code: 'PAYMENT_DISPUTED' });
      expect(await asBuyer(sale, LIST)).toMatchObject({ nodes: [] });
    });

    it('what was given back at the console meanwhile is not given back again: a person looks', async () => {
      const sale = await sell();
      const { id } = await opened(sale, damaged);
      const line = { orderLineId: sale.orderLineId, quantity: 1, amountFen: null };
      const ask = { kind: 'LINE', lines: [line], freightOf: [], amountFen: null } as const;
      const request = {
        orderId: sale.orderId,
        ask,
        borneBy: 'SELLERS',
        note: '电话投诉',
        requestedBy: null,
        bankAccount: null,
      } as const;
      const atOnce = await Promise.all([
        world.get(RefundRequestService).submit(request, newId('req')),
        asSeller(sale, act('afterSaleApprove', `id: "${id}"`)),
      ]);
      await hear();

      // Whoever was faster: it has gone back once.
      expect((await world.get(RefundReader).ofOrder(sale.orderId)).map(({ amountFen }) => amountFen)).toEqual(
        [10_000n],
      );
      const [console_, desk] = atOnce;
      expect([refused(console_), desk.code ?? 'GRANTED']).toEqual(
        refused(console_) ? [true, 'GRANTED'] : [false, 'REFUND_NOT_POSSIBLE'],
      );
      if (desk.code === undefined) return;
      await pass(48 * HOUR_MS);
      expect(await caseOf(sale, id)).toMatchObject({ state: 'AT_PLATFORM' });
      expect((await caseOf(sale, id)).steps.at(-1)).toMatchObject({
        act: 'ESCALATED',
        note: 'REFUND_UNITS_EXCEEDED',
      });
    });

    it('a refund that cannot be delivered is the platform’s to solve, told once or twice', async () => {
      const sale = await sell();
      const { id } = await opened(sale, damaged);
      await asSeller(sale, act('afterSaleApprove', `id: "${id}"`));
      const [refund] = await world.get(RefundReader).ofOrder(sale.orderId);
      const fail = () =>
        world.database.transaction((tx) =>
          world.get(AfterSaleRefundService).failed(tx, present(refund, 'a refund').id),
        );

      await fail();
      await fail();

      const back = await caseOf(sale, id);
      expect(back).toMatchObject({ state: 'AT_PLATFORM', grantedFen: null });
      expect(actsOf(back).filter((done) => done.startsWith('REFUND_FAILED'))).toHaveLength(1);
      await hear();
      expect(await caseOf(sale, id)).toMatchObject({ state: 'AT_PLATFORM' });
    });
  });

  describe('return and refund', () => {
    it('goes by way of the seller, who gets the goods before the buyer gets the money', async () => {
      const sale = await sell();
      const { id } = await opened(
        sale,
        { kind: 'RETURN_REFUND', reason: 'NO_LONGER_WANTED' },
        { photos: [] },
      );

      expect(await asSeller(sale, act('afterSaleApprove', `id: "${id}"`))).toMatchObject({
        code: 'INVALID_INPUT',
      });
      expect(
        await asSeller(sale, act('afterSaleApprove', `id: "${id}", returnAddress: "${ADDRESS}"`)),
      ).toMatchObject({
        afterSale: { state: 'AWAITING_RETURN', returnAddress: ADDRESS },
      });
      expect(await asSeller(sale, act('afterSaleReturnConfirm', `id: "${id}"`))).toMatchObject({
        code: 'AFTER_SALE_STATE',
      });
      const sendBack = (number: string) =>
        act('afterSaleSendBack', `id: "${id}", carrier: "顺丰", trackingNo: "${number}"`);
      expect(await asBuyer(sale, sendBack('运单'))).toMatchObject({ code: 'INVALID_INPUT' });
      expect(await asBuyer(sale, sendBack('SF9876543210'))).toMatchObject({
        afterSale: { state: 'RETURNING', returnTrackingNo: 'SF9876543210' },
      });
      expect(await asBuyer(sale, act('afterSaleWithdraw', `id: "${id}"`))).toMatchObject({
        code: 'AFTER_SALE_STATE',
      });
      expect(await asSeller(sale, act('afterSaleReturnConfirm', `id: "${id}"`))).toMatchObject({
        afterSale: { state: 'REFUNDING', grantedFen: '10000' },
      });
      await hear();
      expect(await caseOf(sale, id)).toMatchObject({ state: 'REFUNDED' });
      expect(await moneyOf(sale)).toMatchObject({ held: 0n, available: 0n });
    });

    it('silence of the seller is consent where it has said before where to; of the buyer, the end', async () => {
      const sale = await sell();
      const { id } = await opened(sale, { kind: 'RETURN_REFUND', reason: 'QUALITY' });
      await pass(48 * HOUR_MS);
      // Nobody has ever said where to.
      expect(await caseOf(sale, id)).toMatchObject({ state: 'AT_PLATFORM' });
      expect(await decide(id, 'verdict: RETURN')).toMatchObject({ code: 'INVALID_INPUT' });
      expect(await decide(id, `verdict: RETURN, returnAddress: "${ADDRESS}"`)).toMatchObject({
        afterSale: { state: 'AWAITING_RETURN' },
      });
      await pass(7 * DAY_MS);
      expect(await caseOf(sale, id)).toMatchObject({ state: 'LAPSED' });
    });
  });

  describe('an exchange', () => {
    const exchanged = async (stock: number) => {
      const sale = await sell({ stock });
      const { id } = await opened(sale, { kind: 'EXCHANGE', reason: 'WRONG_GOODS' });
      await asSeller(sale, act('afterSaleApprove', `id: "${id}", returnAddress: "${ADDRESS}"`));
      await asBuyer(sale, act('afterSaleSendBack', `id: "${id}", carrier: "顺丰", trackingNo: "SF55555"`));
      expect(await asSeller(sale, act('afterSaleReturnConfirm', `id: "${id}"`))).toMatchObject({
        afterSale: { state: 'TO_REPLACE' },
      });
      return { sale, id };
    };
    const ship = (id: string) =>
      act('afterSaleReplacementShip', `id: "${id}", carrier: "中通", trackingNo: "ZT77777"`);
    const onHandOf = async ({ variantId }: Sale) => {
      const [row] = await world.database.query<{ onHand: number; reserved: number }>(
        'SELECT on_hand AS onHand, reserved FROM stock_level WHERE variant_id = ?',
        [variantId],
      );
      return row;
    };

    it('takes the replacement from stock, once, and moves no money', async () => {
      const { sale, id } = await exchanged(100);
      const before = await onHandOf(sale);

      const answers = await Promise.all(Array.from({ length: 6 }, () => asSeller(sale, ship(id))));

      expect(answers.filter(({ afterSale }) => afterSale?.state === 'REPLACING')).toHaveLength(1);
      expect(await onHandOf(sale)).toEqual({ onHand: (before?.onHand ?? 0) - 1, reserved: before?.reserved });
      expect(await caseOf(sale, id)).toMatchObject({
        replacement: { carrier: '中通', trackingNo: 'ZT77777', receivedAt: null },
      });
      await pass(10 * DAY_MS);
      expect(await caseOf(sale, id)).toMatchObject({
        state: 'REPLACED',
        replacement: { receivedAt: expect.any(String) },
      });
      expect(await world.get(RefundReader).ofOrder(sale.orderId)).toEqual([]);
    });

    it('without stock is refused and changes nothing; not shipped in time, the money goes back instead', async () => {
      const { sale, id } = await exchanged(1);
      await world.asOwner((tx) =>
        tx.write('UPDATE stock_level SET on_hand = reserved WHERE variant_id = ?', [sale.variantId]),
      );

      expect(await asSeller(sale, ship(id))).toMatchObject({ code: 'INSUFFICIENT_STOCK' });
      expect(await caseOf(sale, id)).toMatchObject({ state: 'TO_REPLACE', replacement: null });
      await pass(3 * DAY_MS);
      const back = await caseOf(sale, id);
      expect(back).toMatchObject({ state: 'REFUNDED', grantedFen: '10000' });
      expect(actsOf(back)).toContain('REPLACEMENT_OVERDUE by TIME');
    });
  });

  describe('at once, again, and by strangers', () => {
    it('the same key opens one case, another key about the same line none', async () => {
      const sale = await sell();
      const wish = {
        orderLineId: sale.orderLineId,
        kind: 'REFUND_ONLY',
        reason: 'DAMAGED',
        quantity: 1,
        amountFen: null,
        badWeightG: null,
        text: '坏了坏了',
        photos: [{ photoId: await makePhoto(world, sale.buyer.userId), subject: 'GOODS' }],
      } as const;
      const openings = world.get(AfterSaleOpeningService);
      const idempotencyKey = newId('req');

      const same = await Promise.all(
        Array.from({ length: 8 }, () => openings.open(sale.buyer.userId, { ...wish, idempotencyKey })),
      );
      const others = await Promise.all(
        Array.from({ length: 4 }, () =>
          openings.open(sale.buyer.userId, { ...wish, idempotencyKey: newId('req') }),
        ),
      );
      const changed = await openings.open(sale.buyer.userId, { ...wish, text: '又坏了', idempotencyKey });

      expect(new Set(same).size).toBe(1);
      expect(typeof same[0]).toBe('string');
      expect(others.map((answer) => refused(answer) && answer.code)).toEqual(
        Array(4).fill('AFTER_SALE_EXISTS'),
      );
      expect(changed).toMatchObject({ code: 'AFTER_SALE_KEY_USED' });
    });

    it('different keys about one line at once open one', async () => {
      const sale = await sell();
      const photos = [{ photoId: await makePhoto(world, sale.buyer.userId), subject: 'GOODS' }] as const;
      const answers = await Promise.all(
        Array.from({ length: 8 }, () =>
          world.get(AfterSaleOpeningService).open(sale.buyer.userId, {
            orderLineId: sale.orderLineId,
            kind: 'REFUND_ONLY',
            reason: 'QUALITY',
            quantity: 1,
            amountFen: null,
            badWeightG: null,
            text: '不好吃',
            photos,
            idempotencyKey: newId('req'),
          }),
        ),
      );

      expect(answers.filter((answer) => typeof answer === 'string')).toHaveLength(1);
      expect(answers.filter((answer) => refused(answer) && answer.code === 'AFTER_SALE_EXISTS')).toHaveLength(
        7,
      );
    });

    it('withdrawn or approved, never both', async () => {
      const sales = [await sell(), await sell(), await sell()];
      for (const sale of sales) {
        const { id } = await opened(sale, damaged);
        const seller = { userId: newId('usr'), merchantIds: [sale.merchantId] };
        const service = world.get(AfterSaleService);
        const [withdrawn, approved] = await Promise.all([
          service.withdraw(id, { buyerId: sale.buyer.userId }),
          service.approve(id, null, seller),
        ]);
        await hear();
        const refunds = await world.get(RefundReader).ofOrder(sale.orderId);
        expect([refused(withdrawn), refused(approved), refunds.length]).toEqual(
          refused(withdrawn) ? [true, false, 1] : [false, true, 0],
        );
      }
    });

    it('what belongs to others is not found: lines, photos, cases', async () => {
      const [mine, theirs] = [await sell(), await sell()];
      const { id, photos } = await opened(theirs, damaged);
      const codeOf = (query: string, variables: object = {}) =>
        world.client('storefront').as(mine.buyer.token).codeOf(query, variables);
      const ask = { quantity: 1, ...damaged };
      const input = {
        idempotencyKey: newId('req'),
        text: '坏了坏了',
        ask: { ...ask, orderLineId: mine.orderLineId },
      };

      expect(await codeOf(PREVIEW, { input: { ...ask, orderLineId: theirs.orderLineId } })).toBe('NOT_FOUND');
      expect(await codeOf(PREVIEW, { input: { ...ask, orderLineId: '𠮷' } })).toBe('INVALID_INPUT');
      const stolen = photos.map((photo) => ({ photoId: photo.id, subject: 'GOODS' }));
      expect(await codeOf(OPEN, { input: { ...input, photos: stolen } })).toBe('NOT_FOUND');
      for (const each of ['afterSaleWithdraw', 'afterSaleAccept', 'afterSaleReplacementReceive'])
        expect(await codeOf(act(each, `id: "${id}"`))).toBe('NOT_FOUND');
      const stranger = world.client('merchant').as(clerkOf(mine).token);
      expect(await stranger.codeOf(act('afterSaleApprove', `id: "${id}"`))).toBe('NOT_FOUND');
      const elsewhere = world.person({ role: 'OPERATOR', scopeKind: 'DIVISION', scopeId: '430300' });
      const verdict = act('afterSaleDecide', `input: { id: "${id}", verdict: REJECT, reason: "不予支持" }`);
      expect(await world.client('settlement').as(elsewhere.token).codeOf(verdict)).toBe('NOT_FOUND');
      expect(await caseOf(theirs, id)).toMatchObject({ state: 'REQUESTED' });
      expect(await asBuyer(mine, LIST)).toMatchObject({ nodes: [] });
    });

    it('photos are shown to both sides and to officials, and to nobody else', async () => {
      const sale = await sell();
      const { photos, id } = await opened(sale, damaged);
      const path = present(photos[0], 'a photo').path;
      const get = (
        service: 'storefront' | 'merchant' | 'settlement',
        { token }: { token: string },
        size = '',
      ) => world.client(service).http.get(`${path}${size}`).set('authorization', `Bearer ${token}`);

      const shown = await get('storefront', sale.buyer);
      expect(shown.status).toBe(200);
      expect(shown.headers).toMatchObject({
        'content-type': 'image/jpeg',
        'x-content-type-options': 'nosniff',
        'cache-control': 'private, no-store',
      });
      expect((await get('storefront', sale.buyer, '?size=SMALL')).status).toBe(200);
      expect((await get('merchant', clerkOf(sale))).status).toBe(200);
      const official = world.person({ role: 'OFFICIAL', scopeKind: 'DIVISION', scopeId: '430225' });
      expect((await get('settlement', official)).status).toBe(200);
      expect((await get('storefront', world.person())).status).toBe(404);
      expect((await get('merchant', clerkOf(await sell()))).status).toBe(404);
      const elsewhere = world.person({ role: 'OFFICIAL', scopeKind: 'DIVISION', scopeId: '430300' });
      expect((await get('settlement', elsewhere)).status).toBe(404);
      expect((await world.client('storefront').http.get(path)).status).toBe(401);
      const seen = await world.database.query<{ actorId: string }>(
        "SELECT actor_id AS actorId FROM audit_entry WHERE act = 'after_sale.evidence_seen' AND subject = ?",
        [id],
      );
      expect(seen).toContainEqual({ actorId: official.userId });
    });

    it('photos are two hundred a day, of one person', async () => {
      const [person, other] = [world.person(), world.person()];
      const first = await makePhoto(world, person.userId);
      const [row] = await world.database.query<Record<string, string>>(
        'SELECT * FROM stored_file WHERE id = ?',
        [first],
      );
      // Put to something, so that no sweep is busy with them.
      const more = Array.from({ length: 199 }, () => ({
        ...row,
        id: newId('fil'),
        attached_at: world.clock.now(),
      }));
      await world.database.transaction((tx) => tx.insert('stored_file', more));
      const post = async ({ token }: Person) => {
        const request = world.client('storefront').http.post('/photos');
        return request
          .set('authorization', `Bearer ${token}`)
          .set('content-type', 'application/octet-stream')
          .send(await picture(79));
      };

      expect(await post(person)).toMatchObject({ status: 422, body: { code: 'PHOTO_TOO_MANY' } });
      expect((await post(other)).status).toBe(201);
      await advance(DAY_MS);
      expect((await post(person)).status).toBe(201);
    });

    it('a photo is handed in as what it is, or refused', async () => {
      const person = world.person();
      const post = (body: Buffer, type = 'application/octet-stream') =>
        world
          .client('storefront')
          .http.post('/photos')
          .set('authorization', `Bearer ${person.token}`)
          .set('content-type', type)
          .send(body);

      expect(await post(await picture(77))).toMatchObject({
        status: 201,
        body: { id: expect.stringMatching(/^fil_/), width: 320, height: 240 },
      });
      expect(await post(Buffer.from('<svg/>'))).toMatchObject({
        status: 422,
        body: { code: 'PHOTO_UNKNOWN_TYPE' },
      });
      expect(await post(Buffer.alloc(0))).toMatchObject({ status: 422, body: { code: 'PHOTO_EMPTY' } });
      expect(await post(Buffer.alloc(11 * 1024 * 1024, 1))).toMatchObject({
        status: 422,
        body: { code: 'PHOTO_TOO_LARGE' },
      });
      expect((await post(await picture(78), 'image/jpeg')).status).toBe(415);
      expect(
        (
          await world
            .client('storefront')
            .http.post('/photos')
            .set('content-type', 'application/octet-stream')
        ).status,
      ).toBe(401);
    });
  });

  describe('of an order in several parcels', () => {
    const parcelOf = async (sale: Sale, no: number, quantity: number | null) => {
      const lines = quantity === null ? null : [{ orderLineId: sale.orderLineId, quantity }];
      const parcel = {
        merchantOrderId: sale.merchantOrderId,
        carrier: '顺丰',
        trackingNo: `SF000${no}`,
        lines,
      };
      const shipped = await world.get(FulfillmentService).ship([sale.merchantId], parcel);
      if (refused(shipped)) throw new Error(shipped.message.en);
      const parcels = await world.get(FulfillmentReader).ofMerchantOrders([sale.merchantOrderId]);
      return present(parcels.at(-1), 'a parcel').id;
    };
    const factsOf = async ({ orderId }: Sale) => {
      const rows = await world.database.query<{ name: string }>(
        "SELECT name FROM outbox WHERE JSON_VALUE(payload, '$.orderId') = ? ORDER BY id",
        [orderId],
      );
      return rows.map(({ name }) => name);
    };
    const receive = (sale: Sale, id: string) =>
      world.get(ReceiptService).receiveParcel(sale.buyer.userId, id);

    it('is about what has arrived, or is missing, each within the window of its own parcel', async () => {
      const sale = await sell({ until: 'PAID', quantity: 5, isPerishable: true, priceFen: 1_000n });
      expect(await open(sale, spoiled(400))).toMatchObject({ code: 'AFTER_SALE_NOT_POSSIBLE', kinds: [] });
      await receive(sale, await parcelOf(sale, 1, 2));
      const first = world.clock.now();
      const until = () =>
        asBuyer<{ merchantOrders: [{ lines: [{ afterSaleUntil: string | null }] }] }>(
          sale,
          'query Until($id: ID!) { order(id: $id) { merchantOrders { lines { afterSaleUntil } } } }',
          { id: sale.orderId },
        ).then(({ merchantOrders: [{ lines }] }) => lines[0].afterSaleUntil);
      expect(await until()).toBe(plus(first, 2 * DAY_MS).toISOString());

      // Nothing has gone wrong with what has not arrived, and nothing of what has is missing.
      expect(await open(sale, { ...spoiled(400), quantity: 3 })).toMatchObject({
        code: 'INVALID_INPUT',
        fields: [{ path: 'quantity' }],
      });
      expect(await open(sale, { kind: 'REFUND_ONLY', reason: 'NOT_RECEIVED' })).toMatchObject({
        code: 'AFTER_SALE_NOT_POSSIBLE',
        kinds: ['FRESH_CLAIM'],
      });
      await advance(48 * HOUR_MS);
      expect(await open(sale, { ...spoiled(400), quantity: 2 })).toMatchObject({
        code: 'AFTER_SALE_WINDOW_OVER',
      });

      const second = await parcelOf(sale, 2, null);
      expect(await open(sale, { ...spoiled(400), quantity: 2 })).toMatchObject({ kinds: ['REFUND_ONLY'] });
      await receive(sale, second);
      expect(await until()).toBe(plus(world.clock.now(), 2 * DAY_MS).toISOString());
      expect(await opened(sale, { ...spoiled(1_500), quantity: 3 })).toMatchObject({ state: 'REQUESTED' });
    });

    it('of one line: fruit of a parcel is weighed once, and that of the next one by itself', async () => {
      const sale = await sell({ until: 'PAID', quantity: 5, isPerishable: true, priceFen: 1_000n });
      await receive(sale, await parcelOf(sale, 1, 2));
      const { id } = await opened(sale, { ...spoiled(1_000), quantity: 2 });
      await asSeller(sale, act('afterSaleApprove', `id: "${id}"`));
      await hear();
      expect(await caseOf(sale, id)).toMatchObject({ state: 'REFUNDED', grantedFen: '400' });

      const second = await parcelOf(sale, 2, null);
      expect(await open(sale, { ...spoiled(1_000), quantity: 2 })).toMatchObject({
        code: 'AFTER_SALE_EXISTS',
      });
      await advance(HOUR_MS);
      await receive(sale, second);
      // Of five units three are new: more of them would be weighed twice.
      expect(await open(sale, { ...spoiled(2_000), quantity: 4 })).toMatchObject({
        code: 'AFTER_SALE_EXISTS',
      });
      const { id: next } = await opened(sale, { ...spoiled(2_250), quantity: 3 });
      await pass(24 * HOUR_MS);
      expect(await caseOf(sale, next)).toMatchObject({ state: 'REFUNDED', grantedFen: '900' });
      expect(await open(sale, { ...spoiled(1_000), quantity: 1 })).toMatchObject({
        code: 'AFTER_SALE_EXISTS',
        afterSaleId: next,
      });
    });

    it('is told as one story, in the language of whoever reads it, at the same cost however long it is', async () => {
      const sale = await sell({ until: 'PAID', quantity: 3, priceFen: 4_000n });
      const told = async (locale: string) => {
        const { body } = await world
          .client('storefront')
          .http.post('/graphql')
          .set('authorization', `Bearer ${sale.buyer.token}`)
          .set('accept-language', locale)
          .send({ query: TIMELINE, variables: { id: sale.orderId } });
        return (body.data.order as { timeline: { kind: string; text: string; isAhead: boolean }[] }).timeline;
      };
      const short = await countStatements(() => told('zh-CN'));
      await receive(sale, await parcelOf(sale, 1, 1));
      const one = await countStatements(() => told('zh-CN'));
      await world.settle();
      const published = jest.spyOn(LiveGateway.prototype, 'publish');
      const before = await factsOf(sale);
      await advance(DAY_MS);
      await parcelOf(sale, 2, 1);
      await asBuyer(
        sale,
        `mutation { merchantOrderCallOffRest(merchantOrderId: "${sale.merchantOrderId}") { __typename } }`,
      );
      const { id } = await opened(sale, { kind: 'EXCHANGE', reason: 'DAMAGED' });
      await asSeller(sale, act('afterSaleApprove', `id: "${id}", returnAddress: "${ADDRESS}"`));
      await hear();

      const topics = published.mock.calls.map(([topic]) => topic);
      published.mockRestore();
      const since = (await factsOf(sale)).slice(before.length);
      expect(since).toEqual(
        expect.arrayContaining([
          'merchant_order.partly_shipped',
          'merchant_order.rest_called_off',
          'merchant_order.shipped',
          'after_sale.opened',
          'after_sale.changed',
          'refund.requested',
          'refund.succeeded',
        ]),
      );
      // Between the books and the provider: nothing of it is the buyer's.
      const announced = since.filter((name) => name !== 'refund.reserved' && name !== 'payment.fee_charged');
      expect(topics.filter((topic) => topic === `order-changed:${sale.orderId}`)).toHaveLength(
        announced.length,
      );

      const story = await told('en');
      expect(story.map(({ kind }) => kind)).toEqual([
        'PLACED',
        'PAID',
        'SHIPPED',
        'RECEIVED',
        'SHIPPED',
        'CALLED_OFF',
        'AFTER_SALE_OPENED',
        'REFUND_REQUESTED',
        'REFUNDED',
        'AFTER_SALE_UNTIL',
        'RECEIPT_ASSUMED',
      ]);
      expect(story.filter(({ isAhead }) => isAhead).map(({ kind }) => kind)).toEqual([
        'AFTER_SALE_UNTIL',
        'RECEIPT_ASSUMED',
      ]);
      expect(story.find(({ kind }) => kind === 'SHIPPED')?.text).toMatch(
        /^Parcel shipped \(顺丰 SF0001\): .* × 1$/,
      );
      expect(story.find(({ kind }) => kind === 'REFUNDED')?.text).toBe('Refunded: ¥40.00');
      const texts = (await told('zh-CN')).map(({ text }) => text);
      expect(texts).toContain('已退款：¥40.00');
      expect(texts).toContainEqual(expect.stringMatching(/^买家取消未发出的商品：.* × 1$/));
      expect(await countStatements(() => told('zh-CN'))).toBe(one);
      // One of them asks whether its lines are instalments of something adopted, whose days move; once something has left, one asks where it is.
      expect([short, one]).toEqual([10, 11]);
    });

    it('gives back what was called off, once, and pays the merchant for the rest after the last window', async () => {
      const sale = await sell({ until: 'PAID', quantity: 3, priceFen: 4_000n });
      const first = await parcelOf(sale, 1, 1);
      await receive(sale, first);
      const callOff = `mutation { merchantOrderCallOffRest(merchantOrderId: "${sale.merchantOrderId}") { ... on DomainError { code } } }`;

      await Promise.all(Array.from({ length: 4 }, () => asBuyer(sale, callOff)));
      await hear();

      const [refund, ...others] = await world.get(RefundReader).ofOrder(sale.orderId);
      expect(refund).toMatchObject({ reason: 'CALLED_OFF', state: 'SUCCEEDED', amountFen: 8_000n });
      expect(others).toEqual([]);
      // What arrived is recognised, and what was called off is not.
      const [sold] = await world.database.query(
        'SELECT SUM(recognised_fen) AS fen, SUM(quantity) AS units FROM volume_fact WHERE fact_key LIKE ?',
        [`%${sale.orderLineId}`],
      );
      expect(sold).toEqual({ fen: '4000', units: '1' });
      const { held, available } = await moneyOf(sale);
      expect([held > 0n, available]).toEqual([true, 0n]);
      await pass(7 * DAY_MS);
      expect(await moneyOf(sale)).toEqual({ held: 0n, available: held });
    });
  });

  describe('by a guest', () => {
    it('is opened, shown and answered as by anybody; no silence pays them for fresh goods', async () => {
      const guest = world.guest();
      const sale = await sell({ buyer: guest, isPerishable: true });
      const { id, photos } = await opened(sale, spoiled(750));
      const path = present(photos[0], 'a photo').path;
      const seen = async ({ token }: Person) =>
        (await world.client('storefront').http.get(path).set('authorization', `Bearer ${token}`)).status;

      expect(await caseOf(sale, id)).toMatchObject({ state: 'REQUESTED', askedFen: '3000' });
      for (const stranger of [world.guest(), world.person()]) {
        expect(await caseOf({ ...sale, buyer: stranger }, id)).toBeNull();
        expect(
          await world
            .client('storefront')
            .as(stranger.token)
            .codeOf(act('afterSaleWithdraw', `id: "${id}"`)),
        ).toBe('NOT_FOUND');
        expect(await seen(stranger)).toBe(404);
      }
      expect(await seen(guest)).toBe(200);
      await pass(24 * HOUR_MS);
      expect(await caseOf(sale, id)).toMatchObject({ state: 'AT_PLATFORM' });
      expect(await decide(id, 'verdict: REFUND')).toMatchObject({ afterSale: { state: 'REFUNDING' } });
      await hear();
      expect(await caseOf(sale, id)).toMatchObject({ state: 'REFUNDED', grantedFen: '3000' });
    });

    it('needs something that was paid for before a photo is taken in', async () => {
      const upload = async ({ token }: Person) =>
        world
          .client('storefront')
          .http.post('/photos')
          .set('authorization', `Bearer ${token}`)
          .set('content-type', 'application/octet-stream')
          .send(await picture(81));
      const guest = world.guest();
      const product = await makeProduct(world, { batches: [{ quantity: 1, bestBeforeOn: null }] });
      await makeOrder(world, { buyerId: guest.userId }, product);
      expect((await upload(guest)).status).toBe(403);

      const { buyer } = await sell({ buyer: world.guest() });
      expect((await upload(buyer)).status).toBe(201);
    });

    it('goes with the order to whoever it becomes, whoever has chosen the same key', async () => {
      const [guest, claimant] = [world.guest(), world.person()];
      const idempotencyKey = newId('req');
      const theirs = await sell({ buyer: claimant });
      await opened(theirs, damaged, { idempotencyKey });
      const sale = await sell({ buyer: guest });
      const { id } = await opened(sale, damaged, { idempotencyKey });

      await world.get(GuestMergeService).merge(claimant.userId, guest.userId);
      await world.settle();

      expect(await caseOf(sale, id)).toBeNull();
      const own = { ...sale, buyer: claimant };
      expect(await caseOf(own, id)).toMatchObject({ state: 'REQUESTED' });
      expect(await asBuyer(own, act('afterSaleWithdraw', `id: "${id}"`))).toMatchObject({
        afterSale: { state: 'WITHDRAWN' },
      });
      expect(await asBuyer(own, LIST)).toMatchObject({ nodes: { length: 2 } });
    });

    it('opened while the order changes hands goes with it, or is not opened', async () => {
      for (let n = 0; n < 4; n += 1) {
        const [guest, claimant] = [world.guest(), world.person()];
        const sale = await sell({ buyer: guest });
        const wish = {
          idempotencyKey: newId('req'),
          text: '压坏了',
          photos: [{ photoId: await makePhoto(world, guest.userId), subject: 'GOODS' as const }],
          orderLineId: sale.orderLineId,
          quantity: 1,
          amountFen: null,
          badWeightG: null,
          ...({ kind: 'REFUND_ONLY', reason: 'DAMAGED' } as const),
        };
        const [opening] = await Promise.allSettled([
          world.get(AfterSaleOpeningService).open(guest.userId, wish),
          world.get(GuestMergeService).merge(claimant.userId, guest.userId),
        ]);
        await world.settle();

        const owners = await world.database.query<{ buyerId: string }>(
          'SELECT buyer_id AS buyerId FROM after_sale WHERE order_id = ?',
          [sale.orderId],
        );
        expect(owners).toEqual(opening.status === 'fulfilled' ? [{ buyerId: claimant.userId }] : []);
      }
    });
  });

  it('the order says what may be asked for, at the same cost for one case as for five', async () => {
    const sale = await sell();
    const [{ lines }] = (
      await asBuyer<{ merchantOrders: [{ lines: { afterSaleOptions: object[] }[] }] }>(sale, ORDER, {
        id: sale.orderId,
      })
    ).merchantOrders;
    expect(lines[0]?.afterSaleOptions).toMatchObject([
      { kind: 'REFUND_ONLY' },
      { kind: 'RETURN_REFUND' },
      { kind: 'EXCHANGE', reasons: ['DAMAGED', 'WRONG_GOODS', 'QUALITY'] },
    ]);

    await opened(sale, damaged);
    const one = await countStatements(() => asBuyer(sale, LIST));
    for (let n = 0; n < 4; n += 1) {
      const more = { ...(await sell()), buyer: sale.buyer };
      await world.asOwner((tx) =>
        tx.write('UPDATE customer_order SET buyer_id = ? WHERE id = ?', [sale.buyer.userId, more.orderId]),
      );
      await opened(more, n === 0 ? { kind: 'EXCHANGE', reason: 'QUALITY' } : damaged);
    }

    const page = await asBuyer<{ nodes: Case[]; pageInfo: { hasNextPage: boolean; endCursor: string } }>(
      sale,
      LIST,
      { first: 3 },
    );
    expect(page).toMatchObject({ nodes: { length: 3 }, pageInfo: { hasNextPage: true } });
    expect(await asBuyer(sale, LIST, { first: 3, after: page.pageInfo.endCursor })).toMatchObject({
      nodes: { length: 2 },
    });
    expect(one).toBe(3);
    expect(await countStatements(() => asBuyer(sale, LIST))).toBeLessThanOrEqual(one + 1);
  });

  // Last, because they move the clock by days.
  describe('photos that are shown nowhere', () => {
    const photos = () => world.get(PhotoService);
    const sweep = async () => {
      while ((await world.get(StoredFileService).sweepUnattached(100)) > 0);
    };
    const isThere = async (id: string) => (await photos().byIds([id])).length === 1;
    const bytesOf = async (id: string) => present((await photos().byIds([id]))[0], 'a photo');
    const hasBytes = async (photo: PhotoRow) =>
      (await photos().open(photo, 'FULL')) !== null && (await photos().open(photo, 'SMALL')) !== null;

    it('are gone after three days, note and bytes; what belongs to a case or a review stays', async () => {
      const sale = await sell();
      const { id } = await opened(sale, damaged);
      const shown = present((await world.get(AfterSaleReader).photosOf([id]))[0], 'a photo').id;
      const idle = await makePhoto(world, sale.buyer.userId);
      const photo = await bytesOf(idle);
      world.clock.advance(UNATTACHED_MS_MAX - 1_000);
      await sweep();
      expect(await isThere(idle)).toBe(true);

      world.clock.advance(2_000);
      await sweep();

      expect(await isThere(idle)).toBe(false);
      expect(await hasBytes(photo)).toBe(false);
      expect(await isThere(shown)).toBe(true);
      expect(await hasBytes(await bytesOf(shown))).toBe(true);
      await expect(
        asBuyer(
          sale,
          act('afterSaleEvidenceAdd', `id: "${id}", photos: [{ photoId: "${idle}", subject: GOODS }]`),
        ),
      ).rejects.toThrow(/NOT_FOUND/);
    });

    it('leave their bytes to whoever brought the same', async () => {
      const [one, other] = [world.person(), world.person()];
      const idle = await makePhoto(world, one.userId, 70_001);
      world.clock.advance(UNATTACHED_MS_MAX);
      const same = await makePhoto(world, other.userId, 70_001);
      world.clock.advance(1_000);

      await sweep();

      expect([await isThere(idle), await isThere(same)]).toEqual([false, true]);
      expect(await hasBytes(await bytesOf(same))).toBe(true);
    });

    it('are not swept from under whoever shows them at that moment', async () => {
      const { userId } = world.person();
      const photo = await makePhoto(world, userId);
      world.clock.advance(UNATTACHED_MS_MAX + 1_000);

      const [begun, held] = [gate(), gate()];
      const attaching = world.database.transaction(async (tx) => {
        expect(await photos().attach(tx, [photo], userId)).toHaveLength(1);
        begun.open();
        await held.opened;
      });
      await begun.opened;
      await sweep();
      held.open();
      await attaching;
      await sweep();

      expect(await isThere(photo)).toBe(true);
      expect(await hasBytes(await bytesOf(photo))).toBe(true);
    });

    it("are nobody else's to show", async () => {
      const photo = await makePhoto(world, world.person().userId);
      world.clock.advance(UNATTACHED_MS_MAX + 1_000);

      expect(
        await world.database.transaction((tx) => photos().attach(tx, [photo], world.person().userId)),
      ).toEqual([]);
      await sweep();

      expect(await isThere(photo)).toBe(false);
    });
  });
});
