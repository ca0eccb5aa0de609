import { PHONES } from '../data/phones.js';
import type { Motif } from './pictures.js';

/** Who plays, by the numbers of data/zhuzhou/people.csv. */
export const CAST = {
  operator: PHONES.operator,
  finance: PHONES.finance,
  bureau: PHONES.city(3),
  office: PHONES.city(2),
  wind: PHONES.consumer(0), // 湘江边的风: has addresses and coupons, and has bought nothing yet.
  grain: PHONES.consumer(1), // 小禾
  peachLover: PHONES.consumer(2), // 桃子爱好者
  beanMother: PHONES.consumer(10), // 豆豆妈
  canteen: PHONES.procurement, // 食堂采购: buys for the demonstration school.
  director: PHONES.approver, // 后勤主任: signs what it buys on account.
} as const;

export type Role = keyof typeof CAST;

/** Sellers of the demonstration, by the keys of data/zhuzhou/merchants.csv. */
export type Seller = 'pingle-peach' | 'aotou-peach' | 'yantang-tea' | 'lianxing-tofu' | 'guoci-porcelain';

/** Whose cabinets somebody is to fill today, and from where. */
export const WAREHOUSE = { of: 'guoci-porcelain', longitude: 113.497, latitude: 27.646 } as const;

export interface PromotionPlan {
  readonly key: string;
  readonly of: Seller | 'PLATFORM' | 'CITY';
  readonly kind: 'PRICE_CUT' | 'MERCHANT_COUPON' | 'PLATFORM_COUPON' | 'VOUCHER';
  readonly name: string;
  readonly amountFen: string;
  readonly percentBps?: number;
  readonly thresholdFen?: string;
  readonly budgetFen?: string;
  readonly personMax?: number;
  readonly conditions?: readonly { readonly axis: string; readonly value: string }[];
  /** Left for whoever comes to look: nobody has agreed to it. */
  readonly isOpen?: true;
}

const OF_THE_CITY = [{ axis: 'ORIGIN', value: '430200' }];

export const PROMOTIONS: readonly PromotionPlan[] = [
  {
    key: 'peach',
    of: 'pingle-peach',
    kind: 'MERCHANT_COUPON',
    name: '桃源里见面礼：满50减5',
    amountFen: '500',
    thresholdFen: '5000',
    budgetFen: '500000',
  },
  {
    key: 'tea',
    of: 'yantang-tea',
    kind: 'MERCHANT_COUPON',
    name: '红叶茶会：满100减10',
    amountFen: '1000',
    thresholdFen: '10000',
    budgetFen: '300000',
    personMax: 2,
  },
  {
    key: 'tofu',
    of: 'lianxing-tofu',
    kind: 'PRICE_CUT',
    name: '香干礼盒九折',
    amountFen: '0',
    percentBps: 1_000,
    conditions: [{ axis: 'PRODUCT', value: 'xianggan-gift' }],
  },
  {
    key: 'month',
    of: 'PLATFORM',
    kind: 'PLATFORM_COUPON',
    name: '消费帮扶月：满100减15',
    amountFen: '1500',
    thresholdFen: '10000',
    budgetFen: '3000000',
    personMax: 2,
  },
  {
    key: 'voucher',
    of: 'CITY',
    kind: 'VOUCHER',
    name: '株洲市消费券：满80减20',
    amountFen: '2000',
    thresholdFen: '8000',
    budgetFen: '10000000',
    conditions: OF_THE_CITY,
  },
  {
    key: 'spring',
    of: 'PLATFORM',
    kind: 'PLATFORM_COUPON',
    name: '年货节：满200减30',
    amountFen: '3000',
    thresholdFen: '20000',
    budgetFen: '6000000',
    isOpen: true,
  },
];

/** Coupons that are claimed and not used. */
export const CLAIMS: readonly (readonly [Role, string])[] = [
  ['wind', 'peach'],
  ['wind', 'month'],
  ['wind', 'voucher'],
  ['peachLover', 'month'],
  ['beanMother', 'voucher'],
];

const everywhere = (firstFen: string, additionalFen: string) => ({
  provinceCodes: [],
  isServed: true,
  firstWeightG: 1_000,
  firstFen,
  additionalWeightG: 1_000,
  additionalFen,
});

/** The peach cooperative keeps the template of the house: 8 yuan to everywhere, free from 99. */
export const FREIGHT: Readonly<
  Partial<Record<Seller, { readonly freeFromFen: string | null; readonly zones: readonly object[] }>>
> = {
  // Tea is light: cheap at home, free from 199, and nothing to the islands that no carrier of theirs reaches.
  'yantang-tea': {
    freeFromFen: '19900',
    zones: [
      { ...everywhere('500', '0'), provinceCodes: ['430000'], additionalWeightG: 0 },
      {
        ...everywhere('0', '0'),
        provinceCodes: ['710000', '810000', '820000'],
        isServed: false,
        additionalWeightG: 0,
      },
      { ...everywhere('1000', '0'), additionalWeightG: 0 },
    ],
  },
  // Cold packs by weight, and no further than the cold lasts.
  'lianxing-tofu': {
    freeFromFen: '12900',
    zones: [
      { ...everywhere('800', '200'), provinceCodes: ['430000', '420000', '360000', '440000'] },
      { ...everywhere('0', '0'), provinceCodes: ['540000', '650000'], isServed: false, additionalWeightG: 0 },
      everywhere('1400', '400'),
    ],
  },
  // Porcelain travels in foam, and never for nothing.
  'guoci-porcelain': {
    freeFromFen: null,
    zones: [
      { ...everywhere('1000', '300'), provinceCodes: ['430000'] },
      { ...everywhere('2600', '1200'), provinceCodes: ['540000', '650000', '630000'] },
      everywhere('1400', '500'),
    ],
  },
};

export const LIMITS: readonly {
  readonly of: Seller;
  readonly sku: string;
  readonly orderMax: number | null;
  readonly personMax: number | null;
  readonly periodDays: number | null;
}[] = [
  { of: 'pingle-peach', sku: 'ZZ-0005-2', orderMax: 2, personMax: 4, periodDays: 30 },
  { of: 'yantang-tea', sku: 'ZZ-0053-1', orderMax: 1, personMax: 2, periodDays: 365 },
];

export interface AddressPlan {
  readonly of: Role;
  readonly key: string;
  readonly name: string;
  readonly provinceCode: string;
  readonly cityCode?: string;
  readonly countyCode: string;
  readonly detail: string;
}

export const ADDRESSES: readonly AddressPlan[] = [
  {
    of: 'wind',
    key: 'home',
    name: '李女士',
    provinceCode: '430000',
    cityCode: '430200',
    countyCode: '430211',
    detail: '泰山路街道 1 号',
  },
  {
    of: 'wind',
    key: 'parents',
    name: '李老师',
    provinceCode: '430000',
    cityCode: '430100',
    countyCode: '430104',
    detail: '麓山路 8 号',
  },
  {
    of: 'wind',
    key: 'friend',
    name: '小周',
    provinceCode: '110000',
    countyCode: '110105',
    detail: '朝阳路 12 号院',
  },
  {
    of: 'grain',
    key: 'home',
    name: '禾先生',
    provinceCode: '310000',
    countyCode: '310115',
    detail: '世纪大道 66 号',
  },
  {
    of: 'peachLover',
    key: 'home',
    name: '陶女士',
    provinceCode: '440000',
    countyCode: '441900',
    detail: '莞城街道运河路 3 号',
  },
  {
    of: 'beanMother',
    key: 'home',
    name: '豆女士',
    provinceCode: '430000',
    cityCode: '430200',
    countyCode: '430204',
    detail: '响石广场旁 5 栋',
  },
  {
    of: 'canteen',
    key: 'home',
    name: '示范中学食堂',
    provinceCode: '430000',
    cityCode: '430200',
    countyCode: '430211',
    detail: '长江北路 9 号',
  },
];

/** The school that `canteen` buys for, by the name of data/zhuzhou/procurement-units.csv. */
export const SCHOOL = '株洲市示范中学';

/** A list of the school that waits for somebody to say yes, with a row that is wrong. */
export const LIST = [
  ['收货人', '手机号', '县市区', '详细地址', '货号', '数量'],
  ['李老师', '19900000961', '湖南省株洲市天元区', '长江北路 9 号', 'ZZ-0131-1', '1'],
  ['王老师', '19900000962', '430204', '响石岭 3 号', 'ZZ-0131-1', '1'],
  ['张老师', '19900000963', '株洲市没有区', '建设路 7 号', 'ZZ-0131-1', '1'],
];

/** A drawing, and its name: the same name is the same picture. */
export type Photo = readonly [motif: Motif, name: string];

export interface CasePlan {
  readonly kind: 'FRESH_CLAIM' | 'EXCHANGE' | 'REFUND_ONLY';
  readonly reason: 'SPOILED' | 'DAMAGED';
  readonly quantity: number;
  readonly amountFen?: string;
  readonly badWeightG?: number;
  readonly text: string;
  readonly photos: readonly Photo[];
  /** How far it has come: nothing more of a claim that waits for the seller. */
  readonly until: 'REQUESTED' | 'SENT_BACK' | 'REFUND';
}

export interface OrderPlan {
  readonly key: string;
  readonly by: Role;
  readonly of: Seller;
  readonly sku: string;
  readonly quantity: number;
  readonly coupons?: readonly string[];
  /** For the school: by its canteen, for its union, or by its canteen on account, which somebody signs. */
  readonly forSchool?: 'CANTEEN' | 'UNION' | 'ON_ACCOUNT';
  readonly until: 'PAID' | 'SHIPPED' | 'RECEIVED';
  /** Units in each parcel, the first of which has arrived; what is left of them has not been sent. All at once unless said. */
  readonly parcels?: readonly number[];
  readonly review?: {
    readonly rating: number;
    readonly text: string;
    readonly photos: readonly Photo[];
    readonly reply?: string;
  };
  readonly afterSale?: CasePlan;
}

export const ORDERS: readonly OrderPlan[] = [
  {
    key: 'tea',
    by: 'grain',
    of: 'yantang-tea',
    sku: 'ZZ-0052-2',
    quantity: 1,
    coupons: ['tea', 'month', 'voucher'],
    until: 'RECEIVED',
    review: {
      rating: 5,
      text: '茶汤红亮，甜香很足，泡了四道还有味。包装也仔细，下次还买。',
      photos: [
        ['TIN', 'tea-tin-open'],
        ['TIN', 'tea-tin'],
      ],
      reply: '谢谢您！春茶四月上市，到时候给您留着。',
    },
  },
  {
    key: 'tofu',
    by: 'grain',
    of: 'lianxing-tofu',
    sku: 'ZZ-0097-2',
    quantity: 1,
    until: 'RECEIVED',
    afterSale: {
      kind: 'FRESH_CLAIM',
      reason: 'SPOILED',
      quantity: 1,
      badWeightG: 800,
      text: '五袋里有两袋胀袋，有酸味，已经不能吃了。',
      photos: [
        ['WAYBILL', 'tofu-waybill'],
        ['SCALE', 'tofu-scale'],
        ['BAGS', 'tofu-bags'],
      ],
      until: 'REQUESTED',
    },
  },
  {
    key: 'mug',
    by: 'grain',
    of: 'guoci-porcelain',
    sku: 'ZZ-0126-2',
    quantity: 1,
    until: 'RECEIVED',
    afterSale: {
      kind: 'EXCHANGE',
      reason: 'DAMAGED',
      quantity: 1,
      text: '对杯里有一只杯口磕了，想换一对。',
      photos: [['CUP', 'mug-broken']],
      until: 'SENT_BACK',
    },
  },
  { key: 'brick', by: 'grain', of: 'yantang-tea', sku: 'ZZ-0055-1', quantity: 2, until: 'PAID' },
  {
    key: 'bowl',
    by: 'peachLover',
    of: 'guoci-porcelain',
    sku: 'ZZ-0128-2',
    quantity: 1,
    coupons: ['voucher'],
    until: 'RECEIVED',
    review: { rating: 4, text: '花色雅致，有一只碗有小磕痕，店家很快退了钱。', photos: [] },
    afterSale: {
      kind: 'REFUND_ONLY',
      reason: 'DAMAGED',
      quantity: 1,
      amountFen: '2300',
      text: '六只碗里有一只碗沿磕了，退一只的钱就好。',
      photos: [['BOWL', 'bowl-chipped']],
      until: 'REFUND',
    },
  },
  {
    key: 'spoon',
    by: 'beanMother',
    of: 'guoci-porcelain',
    sku: 'ZZ-0131-1',
    quantity: 2,
    until: 'RECEIVED',
    // Waits for whoever moderates: it holds a word of the list.
    review: { rating: 5, text: '勺子很好看，想要同款的加微信我拼单。', photos: [['SPOON', 'spoons']] },
  },
  {
    key: 'spoons',
    by: 'beanMother',
    of: 'guoci-porcelain',
    sku: 'ZZ-0131-1',
    quantity: 4,
    until: 'SHIPPED',
    parcels: [1, 2],
  },
  {
    key: 'canteen-tofu',
    by: 'canteen',
    of: 'lianxing-tofu',
    sku: 'ZZ-0097-2',
    quantity: 12,
    forSchool: 'CANTEEN',
    until: 'RECEIVED',
  },
  {
    key: 'union-tea',
    by: 'canteen',
    of: 'yantang-tea',
    sku: 'ZZ-0055-1',
    quantity: 10,
    forSchool: 'UNION',
    until: 'RECEIVED',
  },
  {
    key: 'canteen-spoons',
    by: 'canteen',
    of: 'guoci-porcelain',
    sku: 'ZZ-0131-1',
    quantity: 6,
    forSchool: 'ON_ACCOUNT',
    until: 'RECEIVED',
  },
  // A tree of Aotou, adopted whole: four boxes of its next harvest.
  { key: 'tree', by: 'beanMother', of: 'aotou-peach', sku: 'ZZ-0003-2', quantity: 4, until: 'PAID' },
  { key: 'gift', by: 'beanMother', of: 'lianxing-tofu', sku: 'ZZ-0101-1', quantity: 1, until: 'SHIPPED' },
];
