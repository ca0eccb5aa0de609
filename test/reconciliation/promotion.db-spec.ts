import { DAY_MS, type IdOf, MINUTE_MS, fen, newId, present, refused } from '#libs/kernel';
import { LedgerReader } from '#libs/ledger';
import {
  DEFAULT_FREIGHT,
  FreightTemplateService,
  MerchantOrderService,
  type OrderId,
  OrderPlacementService,
  OrderReader,
  OrderService,
} from '#libs/ordering';
import { PaymentReader, type RefundAsk, RefundReader, RefundRequestService } from '#libs/payment';
import { PromotionService } from '#libs/promotion';
import { ReconciliationReader } from '#libs/reconciliation';
import { makeDivisions } from '../make/division.make.js';
import { orderInput } from '../make/order.make.js';
import { type MadeProduct, makeProduct } from '../make/product.make.js';
import { budgetOf, claimCoupon, couponStateOf, makePromotion } from '../make/promotion.make.js';
import { receiveOrder } from '../make/receipt.make.js';
import { ReconciliationHouse } from './reconciliation-house.js';

const VOUCHER = 'asset:receivable:voucher:430225';
const SUBSIDY = 'expense:subsidy';

describe('orders that others pay a part of', () => {
  let house: ReconciliationHouse;
  let peach: MadeProduct;
  let tea: MadeProduct;

  beforeAll(async () => {
    house = await ReconciliationHouse.open();
    const { world } = house;
    await makeDivisions(world);
    const batches = [{ quantity: 500, bestBeforeOn: null }];
    peach = await makeProduct(world, { pricesFen: [10_000n], batches });
    tea = await makeProduct(world, { pricesFen: [3_990n, 2_590n, 1_290n], batches, categoryCode: 'TEA' });
  });
  afterAll(() => house.world.close());

  const balanceOf = async (code: string) =>
    (await house.world.get(LedgerReader).accountByCode(code))?.balanceFen ?? 0n;
  const place = async (
    buyerId: IdOf<'usr'>,
    couponIds: readonly string[],
    lines: readonly [string, number][],
  ) => {
    const wanted = lines.map(([variantId, quantity]) => ({ variantId, quantity, channelPointId: '' }));
    const placed = await house.world
      .get(OrderPlacementService)
      .place(buyerId, orderInput({ lines: wanted, couponIds }));
    if (refused(placed)) throw new Error(placed.message.en);
    return placed;
  };
  const pay = async (buyerId: IdOf<'usr'>, orderId: OrderId) => {
    const order = { orderId, buyerId, productId: '', variantId: '', merchantId: '' };
    await house.authorise(await house.start(order));
  };
  const refund = async (orderId: OrderId, ask: Partial<RefundAsk>) => {
    const whole: RefundAsk = { kind: 'FULL', lines: [], freightOf: [], amountFen: null, ...ask };
    const why = { borneBy: 'SELLERS', note: '坏果', requestedBy: newId('usr'), bankAccount: null } as const;
    const asked = await house.world
      .get(RefundRequestService)
      .submit({ orderId, ask: whole, ...why }, newId('req'));
    if (refused(asked)) throw new Error(asked.message.en);
    await house.world.settle();
    await house.hear();
    return present(await house.world.get(RefundReader).byId(asked), 'the refund');
  };
  const volumeOf = async (orderId: OrderId) => {
    const [row] = await house.world.database.query(
      `SELECT SUM(ordered_fen) AS ordered, SUM(paid_fen) AS paid, SUM(refunded_fen) AS refunded, SUM(subsidy_fen) AS subsidy,
         SUM(recognised_fen) AS recognised FROM volume_fact WHERE source_order_no = ?`,
      [orderId],
    );
    return row;
  };
  const orderOf = async (orderId: OrderId) =>
    present(await house.world.get(OrderReader).byId(orderId), orderId);
  const receive = async (buyerId: IdOf<'usr'>, orderId: OrderId) => {
    await receiveOrder(house.world, { orderId, buyerId });
    await house.world.settle();
  };

  it('A18, C6, F12: the platform pays its coupon, gets it back with the goods, and is in no volume but the subsidy', async () => {
    const { world } = house;
    const [buyerId, before] = [newId('usr'), await balanceOf(SUBSIDY)];
    const { id } = await makePromotion(world, { name: '平台券' });
    const coupon = await claimCoupon(world, buyerId, id);
    const orderId = await place(
      buyerId,
      [coupon],
      tea.variantIds.map((variantId) => [variantId, 1] as [string, number]),
    );
    expect(await orderOf(orderId)).toMatchObject({ goodsFen: '7870', subsidyFen: '1000', totalFen: '7670' });
    expect([await budgetOf(world, id), await couponStateOf(world, coupon)]).toEqual([
      { state: 'PUBLISHED', claimed: '1000', spent: '1000' },
      'USED',
    ]);
    await pay(buyerId, orderId);

    expect((await balanceOf(SUBSIDY)) - before).toBe(1_000n);
    expect(await volumeOf(orderId)).toMatchObject({ ordered: '6870', paid: '6870', subsidy: '1000' });
    const lines = await world.get(OrderReader).linesOfOrder(orderId);
    expect(lines.map(({ subsidyFen }) => subsidyFen)).toEqual(['507', '329', '164']);

    await receive(buyerId, orderId);
    await refund(orderId, {});
    expect((await balanceOf(SUBSIDY)) - before).toBe(0n);
    expect(await volumeOf(orderId)).toMatchObject({
      paid: '6870',
      refunded: '6870',
      subsidy: '0',
      recognised: '0',
    });
    expect(await budgetOf(world, id)).toEqual({ state: 'PUBLISHED', claimed: '0', spent: '0' });
    // The money is the budget's again and not the buyer's.
    expect(await couponStateOf(world, coupon)).toBe('USED');
  });

  it('a cut, a merchant’s coupon, the platform’s and a voucher on two merchants’ goods: to the fen, back in two parts', async () => {
    const { world } = house;
    const buyerId = newId('usr');
    const [subsidy, owed] = [await balanceOf(SUBSIDY), await balanceOf(VOUCHER)];
    const of = { merchantId: peach.merchantId };
    const cut = await makePromotion(world, { kind: 'PRICE_CUT', amountFen: 500n, name: '直降' }, of);
    const own = await makePromotion(world, { kind: 'MERCHANT_COUPON', amountFen: 999n, name: '店铺券' }, of);
    const all = await makePromotion(world, { benefit: 'PERCENT', percentBps: 1_000, amountFen: 5_000n });
    const gov = await makePromotion(world, {
      kind: 'VOUCHER',
      amountFen: 3_001n,
      name: '炎陵消费券',
      conditions: [
        { axis: 'ORIGIN', value: '430225' },
        { axis: 'CATEGORY', value: 'FRUIT' },
      ],
    });
    const coupons = await Promise.all([own, all, gov].map(({ id }) => claimCoupon(world, buyerId, id)));
    const orderId = await place(buyerId, coupons, [
      [peach.variantId, 3],
      [present(tea.variantIds[0], 'tea'), 1],
    ]);

    // 30,000 - 1,500 - 999 = 27,501 of peaches, 3,990 of tea; the platform 10 % of 31,491, the voucher 3,001 of the peaches; 800 to send the tea.
    expect(await orderOf(orderId)).toMatchObject({
      goodsFen: '31491',
      subsidyFen: String(3_149 + 3_001),
      freightFen: '800',
      totalFen: String(31_491 - 3_149 - 3_001 + 800),
    });
    await pay(buyerId, orderId);
    expect((await balanceOf(SUBSIDY)) - subsidy).toBe(3_149n);
    expect((await balanceOf(VOUCHER)) - owed).toBe(3_001n);
    const [line] = await world.get(OrderReader).linesOfOrder(orderId);
    const { id: orderLineId, goodsFen, subsidyFen } = present(line, 'the peaches');
    expect([goodsFen, fen(subsidyFen)]).toEqual(['27501', 3_001n + 2_750n]);

    const one = await refund(orderId, {
      kind: 'LINE',
      lines: [{ orderLineId, quantity: 1, amountFen: null }],
    });
    // A third of the buyer's 21,750 and of the others' 5,751, of which the voucher's part is 3,001.
    expect(one.amountFen).toBe(7_250n);
    const back = (await world.get(RefundReader).fundingsOf(one.id)).map(({ funder, amountFen }) => [
      funder,
      amountFen,
    ]);
    expect(Object.fromEntries(back)).toEqual({ PLATFORM: 917n, '430225': 1_000n });
    expect((await balanceOf(SUBSIDY)) - subsidy).toBe(3_149n - 917n);
    expect((await balanceOf(VOUCHER)) - owed).toBe(2_001n);
    expect(await budgetOf(world, gov.id)).toMatchObject({ spent: '2001' });

    await refund(orderId, {});
    expect([await balanceOf(SUBSIDY), await balanceOf(VOUCHER)]).toEqual([subsidy, owed]);
    for (const { id } of [all, gov]) expect(await budgetOf(world, id)).toMatchObject({ spent: '0' });
    expect(await volumeOf(orderId)).toMatchObject({ subsidy: '0' });
    // What the merchant has taken off is the merchant's matter.
    expect(await budgetOf(world, own.id)).toMatchObject({ spent: '999' });
    await world.get(PromotionService).end(cut.id, { merchantIds: [peach.merchantId] }, newId('usr'));
  });

  it('B17: paid by vouchers whole, it is paid without a provider, shared all the same, and goes back to the bureau', async () => {
    const { world } = house;
    const [buyerId, owed] = [newId('usr'), await balanceOf(VOUCHER)];
    const { id } = await makePromotion(world, { kind: 'VOUCHER', amountFen: 50_000n, budgetFen: 50_000n });
    const orderId = await place(buyerId, [await claimCoupon(world, buyerId, id)], [[peach.variantId, 2]]);
    expect(await orderOf(orderId)).toMatchObject({ state: 'PLACED', totalFen: '0', subsidyFen: '20000' });
    await world.settle();

    expect(await orderOf(orderId)).toMatchObject({ state: 'PAID' });
    expect(await world.get(PaymentReader).ofOrders([orderId])).toEqual([]);
    expect((await balanceOf(VOUCHER)) - owed).toBe(20_000n);
    expect(await volumeOf(orderId)).toMatchObject({ paid: '0', subsidy: '20000' });
    await receive(buyerId, orderId);
    const refunded = await refund(orderId, {});
    expect(refunded).toMatchObject({ state: 'SUCCEEDED', channel: 'NONE', amountFen: 0n });
    expect(await balanceOf(VOUCHER)).toBe(owed);
    expect(await budgetOf(world, id)).toMatchObject({ claimed: String(50_000 - 20_000), spent: '0' });
  });

  it('B17: given away whole by its merchant, freight and all, it is paid, and moves nothing in the books', async () => {
    const { world } = house;
    const buyerId = newId('usr');
    const gift = await makeProduct(world, { batches: [{ quantity: 5, bestBeforeOn: null }] });
    const { zones } = DEFAULT_FREIGHT;
    const free = { basedOn: 0, freeFromFen: 0n, zones };
    await world.get(FreightTemplateService).set(gift.merchantId, free, newId('usr'));
    await makePromotion(world, { kind: 'PRICE_CUT', amountFen: 10_000n }, { merchantId: gift.merchantId });
    const orderId = await place(buyerId, [], [[gift.variantId, 2]]);
    await world.settle();

    expect(await orderOf(orderId)).toMatchObject({
      state: 'PAID',
      goodsFen: '0',
      subsidyFen: '0',
      totalFen: '0',
    });
    expect(await volumeOf(orderId)).toMatchObject({ paid: '0', subsidy: '0' });
    expect(await world.database.query('SELECT 1 FROM ledger_journal WHERE subject = ?', [orderId])).toEqual(
      [],
    );
    // Called off, it is over: nothing goes back to anybody.
    await world.get(OrderService).cancel(buyerId, orderId);
    await world.settle();
    expect(await world.get(RefundReader).ofOrder(orderId)).toEqual([]);
  });

  it('gives coupons back when nobody pays, cancelled or expired, and not after the end', async () => {
    const { world } = house;
    const buyerId = newId('usr');
    const { id } = await makePromotion(world, { kind: 'VOUCHER' });
    const coupons = [await claimCoupon(world, buyerId, id), await claimCoupon(world, buyerId, id)];
    const [first, second] = [present(coupons[0], 'a coupon'), present(coupons[1], 'another')];
    const cancelled = await place(buyerId, [first], [[peach.variantId, 1]]);
    expect(await budgetOf(world, id)).toMatchObject({ claimed: '2000', spent: '1000' });
    await world.get(OrderService).cancel(buyerId, cancelled);
    expect([await couponStateOf(world, first), await budgetOf(world, id)]).toEqual([
      'CLAIMED',
      { state: 'PUBLISHED', claimed: '2000', spent: '0' },
    ]);

    await place(buyerId, [first], [[peach.variantId, 1]]);
    await house.advance(16 * MINUTE_MS);
    await world.get(OrderService).expireDue(100);
    expect(await couponStateOf(world, first)).toBe('CLAIMED');

    const last = await place(buyerId, [second], [[peach.variantId, 1]]);
    await world.get(PromotionService).end(id, { scope: ['430225'] }, newId('usr'));
    await world.get(OrderService).cancel(buyerId, last);
    expect([await couponStateOf(world, second), await budgetOf(world, id)]).toEqual([
      'EXPIRED',
      { state: 'ENDED', claimed: '0', spent: '0' },
    ]);
    await world.get(PromotionService).endDue(100);
    expect(await couponStateOf(world, first)).toBe('EXPIRED');
  });

  it('leaves no break: books, provider, register and orders say the same', async () => {
    const { world } = house;
    await house.advance(8 * DAY_MS);
    await world.get(MerchantOrderService).completeDue(100);
    await world.settle();
    await house.advance(2 * DAY_MS);
    await house.background();
    await house.reconcile();

    expect(await house.failures()).toEqual([]);
    expect(await house.open()).toEqual([]);
    const runs = await world.get(ReconciliationReader).lastFinished();
    for (const check of ['CLEARING', 'ORDERS', 'VOLUME', 'SPLITS'])
      expect(runs.find((each) => each.check === check)?.examinedCount).toBeGreaterThan(0n);
  });
});
