import type { Seller } from './cast.js';

/** By the keys of data/zhuzhou/merchants.csv and channel-points.csv. */
export const HOST = 'xianghe-host';
export const PAVILION = 'pavilion-xianghe-mall';
export const SHOPS = [
  'zone-430211-supermarket-1',
  'zone-430211-supermarket-13',
  'zone-430211-supermarket-15',
  'zone-430202-supermarket-5',
  'zone-430203-supermarket-4',
] as const;

type Spot = typeof PAVILION | (typeof SHOPS)[number];

const [FIRST_SHOP, SECOND_SHOP] = SHOPS;

interface OfferPlan {
  readonly at: Spot;
  readonly of: Seller;
  readonly sku: string;
  /** Left for whoever comes to look unless said. */
  readonly answer?: 'AGREED' | 'DECLINED';
  readonly reason?: string;
}

export const OFFERS: readonly OfferPlan[] = [
  { at: PAVILION, of: 'yantang-tea', sku: 'ZZ-0052-2', answer: 'AGREED' },
  { at: PAVILION, of: 'lianxing-tofu', sku: 'ZZ-0101-1', answer: 'AGREED' },
  { at: PAVILION, of: 'guoci-porcelain', sku: 'ZZ-0131-1' },
  { at: FIRST_SHOP, of: 'lianxing-tofu', sku: 'ZZ-0097-2', answer: 'AGREED' },
  {
    at: FIRST_SHOP,
    of: 'yantang-tea',
    sku: 'ZZ-0055-1',
    answer: 'DECLINED',
    reason: '今年的砖茶先供单位团购，明年春天再谈',
  },
];

interface DeliveryPlan {
  readonly of: Seller;
  readonly to: Spot;
  readonly sku: string;
  readonly units: number;
  readonly until: 'SENT' | 'RECEIVED';
  /** Of how many left there the seller wants to hear. */
  readonly warnBelow?: number;
}

export const DELIVERIES: readonly DeliveryPlan[] = [
  { of: 'yantang-tea', to: PAVILION, sku: 'ZZ-0052-2', units: 40, until: 'RECEIVED', warnBelow: 30 },
  { of: 'lianxing-tofu', to: FIRST_SHOP, sku: 'ZZ-0097-2', units: 60, until: 'RECEIVED' },
  { of: 'lianxing-tofu', to: PAVILION, sku: 'ZZ-0101-1', units: 20, until: 'SENT' },
];

interface PurchasePlan {
  readonly of: Seller;
  readonly at: Spot;
  readonly sku: string;
  readonly units: number;
  readonly amountFen: string;
  readonly documentNo: string;
  readonly isConfirmed: boolean;
}

/** Bought outright: told apart, and no volume. */
export const PURCHASES: readonly PurchasePlan[] = [
  {
    of: 'lianxing-tofu',
    at: SECOND_SHOP,
    sku: 'ZZ-0097-1',
    units: 200,
    amountFen: '192000',
    documentNo: 'XH-SG-0001',
    isConfirmed: true,
  },
  {
    of: 'guoci-porcelain',
    at: PAVILION,
    sku: 'ZZ-0131-1',
    units: 50,
    amountFen: '145000',
    documentNo: 'XH-SG-0002',
    isConfirmed: false,
  },
];

interface SoldPlan {
  readonly key: string;
  readonly at: Spot;
  readonly sku: string;
  /** Of the month; null where the till says no day. */
  readonly on: string | null;
  readonly units: number;
  /** What it should have been: a typing error that is put right later. */
  readonly mended?: number;
}

export const SOLD: readonly SoldPlan[] = [
  { key: '001', at: PAVILION, sku: 'ZZ-0052-2', on: '06', units: 6 },
  { key: '002', at: FIRST_SHOP, sku: 'ZZ-0097-2', on: '12', units: 10 },
  { key: '003', at: FIRST_SHOP, sku: 'ZZ-0097-2', on: '21', units: 41, mended: 14 },
  { key: '004', at: PAVILION, sku: 'ZZ-0052-2', on: '25', units: 9 },
];

/** This month so far; one of its goods nobody knows. */
export const WRONG: readonly SoldPlan[] = [
  { key: '001', at: PAVILION, sku: 'ZZ-0052-2', on: null, units: 3 },
  { key: '002', at: FIRST_SHOP, sku: 'ZZ-9999-1', on: null, units: 2 },
];
