import { type Message, floorDiv } from '#libs/kernel';
import type { VolumeMeasure } from '#libs/volume';

/** What reports count besides the measures of volume. Each is a whole number, and adds up over rows; a median does not. */
export const EXTRA_AMOUNTS = [
  'LOCAL',
  'BOUGHT_BY_UNITS',
  'BOUGHT_OF_RESERVED',
  'UNKNOWN_ORIGIN',
  'CORRECTIONS',
  'CLAIMS_PAID',
  'BASKET',
  'BASKET_BEFORE',
  'BUILT',
  'OPEN',
  'OPERATING',
  'IDLE',
  'OPERATING_DAYS',
  'RECOGNISED_AT_PLACES',
  'LINES_DUE',
  'LINES_ON_TIME',
  'LINES_DELIVERED',
  'LINES_RETURNED',
  'LINES_SIGNED',
  'TWICE_MEDIAN_MICROS',
  'BUYERS',
  'BUYERS_AGAIN',
  'TARGET',
  'TARGET_SO_FAR',
  'RECOGNISED_SO_FAR',
  'RESERVED',
  'CANTEEN_TOTAL',
  'UNITS',
  'UNITS_ACTIVATED',
  'UNITS_WITH_DUTY',
  'UNITS_FILED',
  'CLAIMED',
  'CLAIMED_APPROVED',
  'COUNTER_DAYS',
  'RECOGNISED_ON_COUNTER_DAYS',
  'OPERATING_MINUTES',
  'ONLINE_MINUTES',
  'SLOT_MINUTES',
  'EMPTY_SLOT_MINUTES',
  'VENDS',
  'FAILED_VENDS',
  'DISPUTED_VENDS',
  'EXPECTED_UNITS',
  'MISSING_UNITS',
  'POWERED_MINUTES',
  'IN_BAND_MINUTES',
  'OUT_OF_BAND_MINUTES',
  'LOCKED_UNITS',
] as const;
export type Amount = VolumeMeasure | (typeof EXTRA_AMOUNTS)[number];

/** Counted, and nevertheless no sum: what the rows have says nothing of the whole. */
const NOT_ADDING_UP: readonly Amount[] = ['TWICE_MEDIAN_MICROS'];

/** Of one row: what a source does not know is not there, which is not nought. */
export type Amounts = Readonly<Partial<Record<Amount, bigint>>>;

export const MEASURE_UNITS = [
  'FEN',
  'COUNT',
  'GRAM',
  'RATE',
  'FEN_PER_500_GRAM',
  'FEN_PER_DAY',
  'INDEX',
  'HOUR',
] as const;
export type MeasureUnit = (typeof MEASURE_UNITS)[number];

export const REPORT_MEASURES = [
  'ORDERED',
  'PAID',
  'REFUNDED',
  'DELIVERED',
  'RECOGNISED',
  'CERTIFIED',
  'SUBSIDY',
  'DECLARED',
  'QUANTITY',
  'WEIGHT',
  'FACTS',
  'CERTIFIED_SHARE',
  'MEAN_PRICE',
  'LOCAL_SHARE',
  'PER_OPERATING_DAY',
  'BUILT',
  'OPEN',
  'OPERATING',
  'IDLE_RATE',
  'ON_TIME_DISPATCH',
  'CLAIM_PAYOUT_SHARE',
  'HOURS_TO_SIGN',
  'PRICE_INDEX',
  'REPURCHASE',
  'PROCUREMENT_DEPENDENCY',
  'UNKNOWN_ORIGIN',
  'UNKNOWN_ORIGIN_SHARE',
  'CORRECTIONS',
  'TARGET_COMPLETION',
  'TIME_ADJUSTED_COMPLETION',
  'TARGET',
  'APPROVAL_RATE',
  'RESERVED_COMPLETION',
  'RESERVED',
  'RESERVED_SHARE',
  'FILING_RATE',
  'ACTIVATION_RATE',
  'SALES_PER_COUNTER_DAY',
  'AVAILABILITY',
  'STOCK_OUT_RATE',
  'FAULT_RATE',
  'DISPUTE_RATE',
  'SHRINK',
  'TIME_IN_BAND',
  'OUT_OF_BAND',
  'LOCKED_UNITS',
  'CLAIM_RATE',
  'PRICE_PREMIUM',
] as const;
export type ReportMeasure = (typeof REPORT_MEASURES)[number];

export const NO_DATA = ['DIVIDED_BY_NOTHING', 'NO_SOURCE'] as const;
/** Why a cell is empty: what it is divided by is nought, or nobody records what it is made of. */
export type NoData = (typeof NO_DATA)[number];

interface Sum {
  readonly unit: MeasureUnit;
  readonly name: Message;
  readonly sum: Amount;
}

interface Quotient {
  readonly unit: MeasureUnit;
  readonly name: Message;
  readonly numerator: Amount;
  readonly denominator: Amount;
  /** What one of the unit is, in parts of numerator by denominator. */
  readonly times: bigint;
}

/** The one in the middle, or half of the two in the middle together. */
interface Median {
  readonly unit: MeasureUnit;
  readonly name: Message;
  /** Twice the median, so that it is whole. */
  readonly twice: Amount;
  /** How many there are. */
  readonly of: Amount;
  /** Parts of the amount in one of the unit. */
  readonly parts: bigint;
}

/** What nobody records yet is named all the same, so that a report says what is missing. */
interface Unrecorded {
  readonly unit: MeasureUnit;
  readonly name: Message;
  readonly missing: Message;
}

export type MeasureDefinition = Sum | Quotient | Median | Unrecorded;

/** A rate is told in ten-thousandths. */
const RATE = 10_000n;

/** Hours are told in hundredths. */
const MICROS_IN_UNIT = 36_000_000n;

function fen(sum: Amount, zh: string, en: string): Sum {
  return { unit: 'FEN', name: { zh, en }, sum };
}

function count(sum: Amount, zh: string, en: string): Sum {
  return { unit: 'COUNT', name: { zh, en }, sum };
}

function rate(numerator: Amount, denominator: Amount, zh: string, en: string): Quotient {
  return { unit: 'RATE', name: { zh, en }, numerator, denominator, times: RATE };
}

function unrecorded(zh: string, en: string, missing: Message): Unrecorded {
  return { unit: 'RATE', name: { zh, en }, missing };
}

export const MEASURES: Readonly<Record<ReportMeasure, MeasureDefinition>> = {
  ORDERED: fen('ORDERED', '下单额', 'ordered'),
  PAID: fen('PAID', '支付额', 'paid'),
  REFUNDED: fen('REFUNDED', '退款额', 'refunded'),
  DELIVERED: fen('DELIVERED', '交付额', 'delivered'),
  RECOGNISED: fen('RECOGNISED', '认定交易额', 'recognised'),
  CERTIFIED: fen('CERTIFIED', '其中认定{GOODS}', 'of it certified {GOODS}'),
  SUBSIDY: fen('SUBSIDY', '第三方补贴', 'subsidy'),
  DECLARED: fen('DECLARED', '线下申报额', 'declared'),
  QUANTITY: count('QUANTITY', '件数', 'units'),
  WEIGHT: { unit: 'GRAM', name: { zh: '重量', en: 'weight' }, sum: 'WEIGHT' },
  FACTS: count('FACTS', '明细条数', 'facts'),
  CERTIFIED_SHARE: rate('CERTIFIED', 'RECOGNISED', '认定{GOODS}占比', 'share of certified {GOODS}'),
  MEAN_PRICE: {
    unit: 'FEN_PER_500_GRAM',
    name: { zh: '均价（每斤）', en: 'mean price per 500 g' },
    numerator: 'RECOGNISED',
    denominator: 'WEIGHT',
    times: 500n,
  },
  LOCAL_SHARE: rate('LOCAL', 'RECOGNISED', '本地消费占比', 'local share'),
  PER_OPERATING_DAY: {
    unit: 'FEN_PER_DAY',
    name: { zh: '每营业日交易额', en: 'recognised per operating day' },
    numerator: 'RECOGNISED_AT_PLACES',
    denominator: 'OPERATING_DAYS',
    times: 1n,
  },
  BUILT: count('BUILT', '已建', 'built'),
  OPEN: count('OPEN', '已开业', 'open'),
  OPERATING: count('OPERATING', '运营中', 'operating'),
  IDLE_RATE: rate('IDLE', 'OPEN', '闲置率', 'idle rate'),
  ON_TIME_DISPATCH: rate('LINES_ON_TIME', 'LINES_DUE', '按时发货率', 'on-time dispatch'),
  CLAIM_PAYOUT_SHARE: rate('CLAIMS_PAID', 'RECOGNISED', '售后赔付率', 'claim pay-out of volume'),
  HOURS_TO_SIGN: {
    unit: 'HOUR',
    name: { zh: '支付至签收小时数（中位数）', en: 'hours from payment to signing (median)' },
    twice: 'TWICE_MEDIAN_MICROS',
    of: 'LINES_SIGNED',
    parts: MICROS_IN_UNIT,
  },
  PRICE_INDEX: {
    unit: 'INDEX',
    name: { zh: '价格指数（上年同期=100）', en: 'price index (same period last year = 100)' },
    numerator: 'BASKET',
    denominator: 'BASKET_BEFORE',
    times: 10_000n,
  },
  REPURCHASE: rate('BUYERS_AGAIN', 'BUYERS', '90 天复购率', 'bought again in 90 days'),
  PROCUREMENT_DEPENDENCY: rate('BOUGHT_BY_UNITS', 'RECOGNISED', '采购单位依赖度', 'procurement dependency'),
  UNKNOWN_ORIGIN: count('UNKNOWN_ORIGIN', '产地不明条数', 'facts of unknown origin'),
  UNKNOWN_ORIGIN_SHARE: rate('UNKNOWN_ORIGIN', 'FACTS', '产地不明占比', 'unknown origin'),
  CORRECTIONS: fen('CORRECTIONS', '结账后调整', 'adjustments after the close'),
  TARGET_COMPLETION: rate('RECOGNISED', 'TARGET', '目标完成率', 'completion of the target'),
  TIME_ADJUSTED_COMPLETION: rate(
    'RECOGNISED_SO_FAR',
    'TARGET_SO_FAR',
    '时序完成率',
    'time-adjusted completion',
  ),
  TARGET: fen('TARGET', '年度目标', 'target of the year'),
  APPROVAL_RATE: rate('CLAIMED_APPROVED', 'CLAIMED', '申报通过率', 'approved of what was declared'),
  RESERVED_COMPLETION: rate(
    'BOUGHT_OF_RESERVED',
    'RESERVED',
    '预留份额完成率',
    'completion of the reserved share',
  ),
  RESERVED: fen('RESERVED', '预留份额', 'reserved'),
  RESERVED_SHARE: rate('RESERVED', 'CANTEEN_TOTAL', '预留比例', 'reserved of the canteen total'),
  FILING_RATE: rate('UNITS_FILED', 'UNITS_WITH_DUTY', '填报率', 'filing rate'),
  ACTIVATION_RATE: rate('UNITS_ACTIVATED', 'UNITS', '激活率', 'activation rate'),
  SALES_PER_COUNTER_DAY: {
    unit: 'FEN_PER_DAY',
    name: { zh: '专柜日均交易额', en: 'recognised per counter and day in operation' },
    numerator: 'RECOGNISED_ON_COUNTER_DAYS',
    denominator: 'COUNTER_DAYS',
    times: 1n,
  },
  AVAILABILITY: rate('ONLINE_MINUTES', 'OPERATING_MINUTES', '可售率', 'availability'),
  STOCK_OUT_RATE: rate('EMPTY_SLOT_MINUTES', 'SLOT_MINUTES', '缺货率', 'stock-out rate'),
  FAULT_RATE: rate('FAILED_VENDS', 'VENDS', '出货故障率', 'failed of vends'),
  DISPUTE_RATE: rate('DISPUTED_VENDS', 'VENDS', '争议率', 'disputed of vends'),
  SHRINK: rate('MISSING_UNITS', 'EXPECTED_UNITS', '损耗率', 'missing at the count'),
  TIME_IN_BAND: rate('IN_BAND_MINUTES', 'POWERED_MINUTES', '温度达标时长占比', 'minutes in band'),
  OUT_OF_BAND: count('OUT_OF_BAND_MINUTES', '温度越限分钟数', 'minutes out of band'),
  LOCKED_UNITS: count('LOCKED_UNITS', '冷链中断锁定件数', 'units locked by the cold chain'),
  CLAIM_RATE: rate('LINES_RETURNED', 'LINES_DELIVERED', '售后率', 'claim rate'),
  PRICE_PREMIUM: unrecorded('高于参考价的幅度', 'premium over the reference price', {
    zh: '参考价尚未录入',
    en: 'Reference prices are not on file.',
  }),
};

/** A cell of a report, exact. */
export interface Figure {
  /** In its unit, rounded down; null where there is no data. */
  readonly value: bigint | null;
  /** Of quotients; of a median, only how many there are. */
  readonly numerator: bigint | null;
  readonly denominator: bigint | null;
  readonly noData: NoData | null;
}

/** Amounts that a measure is made of. */
export function amountsOf(measure: ReportMeasure): Amount[] {
  const definition = MEASURES[measure];
  if ('sum' in definition) return [definition.sum];
  if ('twice' in definition) return [definition.twice, definition.of];
  return 'numerator' in definition ? [definition.numerator, definition.denominator] : [];
}

export function figureOf(measure: ReportMeasure, amounts: Amounts): Figure {
  const definition = MEASURES[measure];
  const none = { value: null, numerator: null, denominator: null };
  if ('missing' in definition) return { ...none, noData: 'NO_SOURCE' };
  if ('sum' in definition) {
    const value = amounts[definition.sum];
    return value === undefined ? { ...none, noData: 'NO_SOURCE' } : { ...none, value, noData: null };
  }
  if ('twice' in definition) return medianOf(definition, amounts);
  const [numerator, denominator] = [amounts[definition.numerator], amounts[definition.denominator]];
  if (numerator === undefined || denominator === undefined) return { ...none, noData: 'NO_SOURCE' };
  if (denominator === 0n) return { value: null, numerator, denominator, noData: 'DIVIDED_BY_NOTHING' };
  return {
    value: floorDiv(numerator * definition.times, denominator),
    numerator,
    denominator,
    noData: null,
  };
}

function medianOf({ twice, of, parts }: Median, amounts: Amounts): Figure {
  const [doubled, denominator] = [amounts[twice], amounts[of]];
  if (doubled === undefined || denominator === undefined)
    return { value: null, numerator: null, denominator: null, noData: 'NO_SOURCE' };
  if (denominator === 0n) return { value: null, numerator: null, denominator, noData: 'DIVIDED_BY_NOTHING' };
  return { value: floorDiv(doubled, 2n * parts), numerator: null, denominator, noData: null };
}

/**
 * What all rows have in common stays; an amount that one of them does not know, the sum does not know either, nor one that does not add up.
 */
export function addAmounts(rows: readonly Amounts[]): Amounts {
  const [first] = rows;
  if (!first) return {};
  const known = (Object.keys(first) as Amount[]).filter(
    (amount) =>
      rows.every((row) => row[amount] !== undefined) &&
      (rows.length === 1 || !NOT_ADDING_UP.includes(amount)),
  );
  return Object.fromEntries(
    known.map((amount) => [amount, rows.reduce((sum, row) => sum + (row[amount] ?? 0n), 0n)]),
  );
}
