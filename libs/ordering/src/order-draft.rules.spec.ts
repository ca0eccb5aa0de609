import type { BatchRow, VariantForSale } from '#libs/catalog';
import type { PresaleTerms } from '#libs/inventory';
import type { newId } from '#libs/kernel';
import type { PromotionTerms } from '#libs/promotion';
import { type DraftFacts, draftOrder } from './order-draft.rules.js';
import type { OfferedLine } from './order.rules.js';
import { type PriceTerms, priceOf } from './price.rules.js';

const variant = (id: `var_${string}`, merchantId: `mer_${string}`, priceFen: string): VariantForSale => ({
  id,
  name: '5 斤装',
  netWeightG: 2_500,
  priceFen,
  productId: `prd_of_${id}`,
  productName: '炎陵黄桃',
  categoryCode: 'FRUIT',
  kindCode: null,
  grade: 'UNGRADED',
  originCountyCode: '430225',
  merchantId,
  isPerishable: true,
  isOnSale: true,
});

const batch = (
  id: `bat_${string}`,
  originCountyCode: string,
  linkageAgreementId: string | null,
): BatchRow => ({
  id,
  productId: 'prd_x',
  traceCode: id,
  originCountyCode,
  originVillageCode: null,
  linkageAgreementId,
  harvestedOn: '2026-08-01',
  bestBeforeOn: null,
});

const ONLINE = { channelKind: 'ONLINE', channelPointId: '', saleCountyCode: '430211', address: '' } as const;
const PAVILION = {
  channelKind: 'PAVILION',
  channelPointId: 'chp_y',
  saleCountyCode: '430225',
  address: '霞阳镇炎帝路1号',
} as const;

const offered: OfferedLine[] = [
  {
    variant: { ...variant('var_peach', 'mer_a', '8800'), sellerCountyCode: '430202' },
    place: PAVILION,
    variantId: 'var_peach',
    quantity: 3,
    channelPointId: 'chp_y',
  },
  {
    variant: { ...variant('var_tea', 'mer_b', '5000'), sellerCountyCode: '430224' },
    place: ONLINE,
    variantId: 'var_tea',
    quantity: 1,
    channelPointId: '',
  },
];

const TERMS: PriceTerms = {
  templates: new Map(),
  provinceCode: '430000',
  handover: 'PARCEL',
  cuts: [],
  coupons: [],
};

const facts: DraftFacts = {
  buyerId: 'usr_1',
  idempotencyKey: 'order-00001',
  requestHash: Buffer.alloc(32),
  recipient: { name: ' 李女士 ', phone: '13900001234', countyCode: '430211', address: ' 泰山路 1 号 ' },
  orderId: 'ord_1',
  term: { paymentTerm: 'PREPAID', daysToPay: null },
  handover: 'PARCEL',
  purchase: { buyerKind: 'ORGANISATION', unitId: 'pru_1', campaignCode: 'MONTH-2026' },
  invoiceTitle: null,
  offered,
  totals: priceOf(offered, TERMS),
  allocations: [
    { want: 0, levelId: 'stk_1', batchId: 'bat_yanling', quantity: 2 },
    { want: 0, levelId: 'stk_2', batchId: 'bat_chaling', quantity: 1 },
    { want: 1, levelId: 'stk_3', batchId: 'bat_tea', quantity: 1 },
  ],
  batches: [
    batch('bat_yanling', '430225', 'lnk_1'),
    batch('bat_chaling', '430224', null),
    batch('bat_tea', '430224', null),
  ],
  promises: new Map([['mer_a', '2026-11-04']]),
  placedAt: new Date('2026-11-02T02:00:00Z'),
};

function draft(changes: Partial<DraftFacts> = {}) {
  let count = 0;
  const makeId = ((prefix: string) => `${prefix}_${++count}`) as typeof newId;
  return draftOrder({ ...facts, ...changes }, makeId);
}

describe('draftOrder', () => {
  it('gives each merchant a part, and the parts make the whole', () => {
    const { order, merchantOrders } = draft();

    expect(
      merchantOrders.map(({ merchantId, goodsFen, freightFen, state }) => [
        merchantId,
        goodsFen,
        freightFen,
        state,
      ]),
    ).toEqual([
      ['mer_a', 26_400n, 0n, 'UNPAID'],
      ['mer_b', 5_000n, 800n, 'UNPAID'],
    ]);
    expect([order.goodsFen, order.freightFen, order.totalFen]).toEqual([31_400n, 800n, 32_200n]);
  });

  it('cuts a line for every batch, with the origin and linkage of the batch', () => {
    const { lines, merchantOrders } = draft();

    expect(
      lines.map((line) => [
        line.batchId,
        line.quantity,
        line.goodsFen,
        line.netWeightG,
        line.originCountyCode,
        line.linkageAgreementId,
      ]),
    ).toEqual([
      ['bat_yanling', 2, 17_600n, 5_000, '430225', 'lnk_1'],
      ['bat_chaling', 1, 8_800n, 2_500, '430224', null],
      ['bat_tea', 1, 5_000n, 2_500, '430224', null],
    ]);
    expect(lines.map((line) => line.merchantOrderId)).toEqual([
      merchantOrders[0]?.id,
      merchantOrders[0]?.id,
      merchantOrders[1]?.id,
    ]);
  });

  it('spreads what pays a line over its cuts, to the fen, and keeps what the seller takes off apart', () => {
    const of = (kind: PromotionTerms['kind'], amountFen: bigint): PromotionTerms => ({
      id: `pmo_${kind}`,
      kind,
      name: kind,
      merchantId: kind === 'PRICE_CUT' ? 'mer_a' : '',
      divisionCode: '',
      benefit: 'AMOUNT',
      amountFen,
      percentBps: 0,
      thresholdFen: 0n,
      isExclusive: false,
      conditions: [{ axis: 'MERCHANT', value: 'mer_a' }],
    });
    const coupon = { couponId: 'cpn_1', terms: of('PLATFORM_COUPON', 1_000n), obstacle: null };
    const totals = priceOf(offered, { ...TERMS, cuts: [of('PRICE_CUT', 100n)], coupons: [coupon] });

    const { order, lines, fundings } = draft({ totals });

    expect(lines.map((line) => [line.goodsFen, line.discountFen, line.subsidyFen])).toEqual([
      [17_400n, 200n, 667n],
      [8_700n, 100n, 333n],
      [5_000n, 0n, 0n],
    ]);
    expect(fundings.map(({ orderLineId, kind, amountFen }) => [orderLineId, kind, amountFen])).toEqual([
      [lines[0]?.id, 'PRICE_CUT', 200n],
      [lines[0]?.id, 'PLATFORM_COUPON', 667n],
      [lines[1]?.id, 'PRICE_CUT', 100n],
      [lines[1]?.id, 'PLATFORM_COUPON', 333n],
    ]);
    const { goodsFen, subsidyFen, freightFen, totalFen } = order;
    expect([goodsFen, subsidyFen, freightFen, totalFen]).toEqual([31_100n, 1_000n, 800n, 30_900n]);
  });

  it('counts a line as sold where it was bought, and the online shop where the parcel goes', () => {
    expect(draft().lines.map((line) => [line.channelKind, line.channelPointId, line.saleCountyCode])).toEqual(
      [
        ['PAVILION', 'chp_y', '430225'],
        ['PAVILION', 'chp_y', '430225'],
        ['ONLINE', '', '430211'],
      ],
    );
  });

  it('knows where the seller is registered and where the goods go, whatever the place of sale', () => {
    expect(draft().lines.map((line) => [line.sellerCountyCode, line.consumptionCountyCode])).toEqual([
      ['430202', '430211'],
      ['430202', '430211'],
      ['430224', '430211'],
    ]);
  });

  it('waits three days for a signature where it is bought on account', () => {
    const { order } = draft({ term: { paymentTerm: 'ON_ACCOUNT', daysToPay: 30 } });

    expect(order).toMatchObject({
      paymentTerm: 'ON_ACCOUNT',
      daysToPay: 30,
      expiresAt: new Date('2026-11-05T02:00:00Z'),
      signedAt: null,
    });
  });

  it('says on every part how it is handed over', () => {
    expect(draft({ handover: 'PICK_UP' }).merchantOrders.map((part) => part.handover)).toEqual([
      'PICK_UP',
      'PICK_UP',
    ]);
  });

  it('writes on every line and on the order for whom and in what campaign it is bought', () => {
    const { order, lines } = draft();

    expect([order.unitId, order.campaignCode]).toEqual(['pru_1', 'MONTH-2026']);
    expect(lines.map((line) => [line.buyerKind, line.unitId, line.campaignCode])).toEqual(
      lines.map(() => ['ORGANISATION', 'pru_1', 'MONTH-2026']),
    );
  });

  it('picks from each level what its line takes', () => {
    const { lines, picks } = draft();

    expect(picks).toEqual([
      { orderLineId: lines[0]?.id, levelId: 'stk_1', quantity: 2 },
      { orderLineId: lines[1]?.id, levelId: 'stk_2', quantity: 1 },
      { orderLineId: lines[2]?.id, levelId: 'stk_3', quantity: 1 },
    ]);
  });

  it('waits a quarter of an hour for a recipient without stray blanks', () => {
    const { order } = draft();

    expect(order.expiresAt).toEqual(new Date('2026-11-02T02:15:00Z'));
    expect([order.recipientName, order.recipientAddress]).toEqual(['李女士', '泰山路 1 号']);
  });

  it('promises what is in stock by its merchant’s days, and what is presold for the day that it was given', () => {
    expect(draft().lines.map(({ promisedOn }) => promisedOn)).toEqual(['2026-11-04', '2026-11-04', null]);
    expect(draft().presaleOrders).toEqual([]);
    expect(draft().order).toMatchObject({ depositFen: 0n, balanceDueAt: null });

    const presale = {
      id: 'psl_1',
      depositBps: 1_000,
      balanceDueOn: '2027-07-15',
    } as unknown as PresaleTerms;
    const harvest = { presaleId: 'psl_1', batchId: 'bat_yanling', unitG: 2_500, presale };
    const [first] = facts.offered;
    const offered = [{ ...first, harvest } as OfferedLine];
    const totals = priceOf(offered, TERMS);
    const { order, lines, picks, presaleOrders } = draft({
      offered,
      totals,
      allocations: [
        {
          want: 0,
          levelId: 'psd_1',
          batchId: 'bat_yanling',
          quantity: 3,
          harvest: { grams: 7_500, promisedOn: '2027-07-20' },
        },
      ],
    });
    expect(lines.map(({ promisedOn }) => promisedOn)).toEqual(['2027-07-20']);
    expect(picks).toMatchObject([{ levelId: 'psd_1', quantity: 7_500 }]);
    expect(presaleOrders).toEqual([
      {
        orderId: order.id,
        presaleId: 'psl_1',
        promisedOn: '2027-07-20',
        watchOn: '2027-07-20',
        remindAt: null,
      },
    ]);
    expect(order).toMatchObject({
      depositFen: totals.goodsFen / 10n,
      depositPaidAt: null,
      balanceDueAt: new Date('2027-07-15T16:00:00Z'),
    });
  });
});
