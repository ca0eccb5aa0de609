import { prefixOf } from '#libs/division';
import { DAY_MS, InvalidInputError, type InvalidField, firstDaySql } from '#libs/kernel';
import { FILTER_VALUES_MAX } from './volume-question.rules.js';
import { ROLLUPS, type Rollup, type RollupKey, type RollupMeasure } from './volume-rollup.rules.js';

/** Whatever a sum of volume may be asked by. */
export const VOLUME_DIMENSIONS = [
  'DAY',
  'WEEK',
  'MONTH',
  'YEAR',
  'ORIGINAL_MONTH',
  'ORIGIN_COUNTY',
  'SELLER_COUNTY',
  'SALE_COUNTY',
  'CONSUMPTION_COUNTY',
  'PRODUCT',
  'MERCHANT',
  'CHANNEL',
  'CHANNEL_POINT',
  'BUYER_KIND',
  'UNIT',
  'CAMPAIGN',
  'SOURCE',
  'CERTIFIED',
  'LINKED',
] as const;
export type VolumeDimension = (typeof VOLUME_DIMENSIONS)[number];

/** Whatever may be summed. */
export const VOLUME_MEASURES = [
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
] as const;
export type VolumeMeasure = (typeof VOLUME_MEASURES)[number];

export const COLUMN_OF: Readonly<Record<VolumeMeasure, RollupMeasure>> = {
  ORDERED: 'ordered_fen',
  PAID: 'paid_fen',
  REFUNDED: 'refunded_fen',
  DELIVERED: 'delivered_fen',
  RECOGNISED: 'recognised_fen',
  CERTIFIED: 'certified_fen',
  SUBSIDY: 'subsidy_fen',
  DECLARED: 'declared_fen',
  QUANTITY: 'quantity',
  WEIGHT: 'weight_g',
  FACTS: 'fact_count',
};

/** The county by which an official's division sees its own: where goods come from, are sold, go, or where the seller is. */
export type ScopeDimension = 'ORIGIN_COUNTY' | 'SELLER_COUNTY' | 'SALE_COUNTY' | 'CONSUMPTION_COUNTY';

export interface VolumeScope {
  readonly by: ScopeDimension;
  /** Division codes, each with everything inside it; nobody's scope shows nothing. */
  readonly codes: readonly string[] | 'ALL';
}

export interface VolumeQuestion {
  /** Business days, both included. */
  readonly from: string;
  readonly to: string;
  readonly dimensions: readonly VolumeDimension[];
  /** Members wanted of each dimension that is narrowed; '' is the unknown one, an empty list finds nothing. */
  readonly filters: Readonly<Partial<Record<VolumeDimension, readonly string[]>>>;
  /** Of these products only: those of a category, which nobody types one by one. */
  readonly productIds?: readonly string[];
  readonly scope: VolumeScope;
}

/** A part of the period and the rollup that answers for it. */
export interface PlanPart {
  readonly rollup: Rollup;
  readonly from: string;
  readonly to: string;
}

/** Ten years in one question. */
const DAYS_MAX = 3_660;

/** Columns of dimensions that are kept as they are asked for; DAY to YEAR are made from when the rollup says. */
const KEY_OF: Readonly<Partial<Record<VolumeDimension, RollupKey>>> = {
  ORIGINAL_MONTH: 'origin_month',
  ORIGIN_COUNTY: 'origin_county_code',
  SELLER_COUNTY: 'seller_county_code',
  SALE_COUNTY: 'sale_county_code',
  CONSUMPTION_COUNTY: 'consumption_county_code',
  PRODUCT: 'product_id',
  MERCHANT: 'merchant_id',
  CHANNEL: 'channel_kind',
  CHANNEL_POINT: 'channel_point_id',
  BUYER_KIND: 'buyer_kind',
  UNIT: 'unit_id',
  CAMPAIGN: 'campaign_code',
  SOURCE: 'source',
  CERTIFIED: 'is_certified',
  LINKED: 'is_linked',
};

/**
 * From the smallest to the largest, by the rows that a month of one city has in each (estimated from 9 counties, 100 products, 600
 * places of sale); the first that holds what is asked for is the cheapest.
 */
const BY_SIZE = [
  'volume_origin_month',
  'volume_county_month',
  'volume_matrix_month',
  'volume_merchant_month',
  'volume_product_month',
  'volume_month',
  'volume_point_month',
  'volume_unit_month',
  'volume_seller_month',
  'volume_origin_day',
  'volume_county_day',
  'volume_point_day',
  'volume_day',
  'volume_seller_day',
];

const SIZED: readonly Rollup[] = BY_SIZE.flatMap((name) => ROLLUPS.filter(({ table }) => table === name));

function isByDay({ keys }: Rollup): boolean {
  return keys[0] === 'day';
}

/** Dimensions that a rollup can be asked by. */
export function dimensionsOf(rollup: Rollup): VolumeDimension[] {
  return VOLUME_DIMENSIONS.filter((dimension) => {
    const key = KEY_OF[dimension];
    if (key) return rollup.keys.includes(key);
    return isByDay(rollup) || dimension === 'MONTH' || dimension === 'YEAR';
  });
}

function dimensionsAsked({ dimensions, filters, productIds, scope }: VolumeQuestion): Set<VolumeDimension> {
  const narrowed = VOLUME_DIMENSIONS.filter((dimension) => filters[dimension] !== undefined);
  return new Set([
    ...dimensions,
    ...narrowed,
    ...(productIds ? (['PRODUCT'] as const) : []),
    ...(scope.codes === 'ALL' ? [] : [scope.by]),
  ]);
}

/** Days between the first of a month and the last of one are months; what sticks out on either side is left to rollups by day. */
function cut(from: string, to: string): { months: [string, string] | null; days: [string, string][] } {
  const next = (day: string, by: number) =>
    new Date(Date.parse(day) + by * DAY_MS).toISOString().slice(0, 10);
  const monthAfter = (day: string) => {
    const [year = 0, month = 0] = day.split('-').map(Number);
    return new Date(Date.UTC(year, month, 1)).toISOString().slice(0, 10);
  };
  const first = from.endsWith('-01') ? from : monthAfter(from);
  const dayAfter = next(to, 1);
  const end = `${dayAfter.slice(0, 7)}-01`; // The first day that no whole month covers.
  if (first >= end) return { months: null, days: [[from, to]] };
  const days: [string, string][] = [];
  if (from < first) days.push([from, next(first, -1)]);
  if (end <= to) days.push([end, to]);
  return { months: [first, next(end, -1)], days };
}

/** Which rollups answer, each for its part of the period; null where none has what is asked for. */
export function planOf(question: VolumeQuestion): PlanPart[] | null {
  const asked = dimensionsAsked(question);
  const holds = (rollup: Rollup) => {
    const held = new Set(dimensionsOf(rollup));
    return [...asked].every((dimension) => held.has(dimension));
  };
  const byDay = SIZED.find((rollup) => isByDay(rollup) && holds(rollup));
  const cheapest = SIZED.find(holds);
  if (!cheapest) return null;
  const { months, days } = cut(question.from, question.to);
  if (isByDay(cheapest) || months === null) {
    return byDay ? [{ rollup: byDay, from: question.from, to: question.to }] : null;
  }
  if (days.length > 0 && !byDay) return null;
  const rest = byDay ? days.map(([from, to]) => ({ rollup: byDay, from, to })) : [];
  return [{ rollup: cheapest, from: months[0], to: months[1] }, ...rest];
}

/** All members of the dimensions that have no others. */
export type ClosedSets = Readonly<Partial<Record<VolumeDimension, readonly string[]>>>;

/** Every fault of a question at once, or null. A combination that no rollup holds is refused, with those that are held. */
export function refuseCube(question: VolumeQuestion, closed: ClosedSets): InvalidInputError | null {
  const faults: InvalidField[] = [];
  const { from, to, dimensions, filters } = question;
  const days = (Date.parse(to) - Date.parse(from)) / DAY_MS + 1;
  if (!(days >= 1 && days <= DAYS_MAX)) {
    const message = {
      zh: '起止日期须先后有序，且不超过十年',
      en: 'A period ends on or after the day it begins, at most ten years later.',
    };
    faults.push({ path: 'filter.to', message });
  }
  if (new Set(dimensions).size < dimensions.length) {
    faults.push({
      path: 'groupBy',
      message: { zh: '分组维度不得重复', en: 'A dimension may be named once.' },
    });
  }
  for (const dimension of VOLUME_DIMENSIONS) {
    const members = filters[dimension] ?? [];
    const path = `filter.members.${dimension}`;
    if (members.length > FILTER_VALUES_MAX) {
      const en = `At most ${FILTER_VALUES_MAX} values.`;
      faults.push({ path, message: { zh: `最多 ${FILTER_VALUES_MAX} 项`, en } });
    }
    const strange = members.filter((member) => !isMember(dimension, member, closed));
    if (strange.length > 0) {
      const [first = ''] = strange;
      const en = `${first.slice(0, 40)} is no member of ${dimension}.`;
      faults.push({ path, message: { zh: `${dimension} 没有成员 ${first.slice(0, 40)}`, en } });
    }
  }
  if (faults.length > 0) return new InvalidInputError(faults);
  return planOf(question) ? null : noSuchCombination(question);
}

function noSuchCombination(question: VolumeQuestion): InvalidInputError {
  const asked = [...dimensionsAsked(question)];
  const possible = SIZED.map((rollup) => {
    const wholeMonths = isByDay(rollup) ? '' : ' (whole months)';
    return `${dimensionsOf(rollup).join(', ')}${wholeMonths}`;
  });
  const message = {
    zh: `没有同时按 ${asked.join('、')} 汇总的数据（按天或不足整月时更少）；可用的组合：${possible.join('；')}`,
    en: `Nothing is summed by ${asked.join(', ')} together over this period; possible are: ${possible.join('; ')}.`,
  };
  return new InvalidInputError([{ path: 'groupBy', message }]);
}

const DATES: readonly VolumeDimension[] = ['DAY', 'WEEK', 'MONTH', 'YEAR', 'ORIGINAL_MONTH'];

/** Yes and no, as members. */
export const YES_NO = ['YES', 'NO'] as const;

/** Closed sets hold what they hold; codes and ids must look like ours. Whether one exists is not asked: what is gone has sold, too. */
function isMember(dimension: VolumeDimension, member: string, closed: ClosedSets): boolean {
  const words = closed[dimension];
  if (words) return words.includes(member);
  if (isYesNo(dimension)) return YES_NO.some((word) => word === member);
  if (DATES.includes(dimension))
    return /^\d{4}-\d{2}-\d{2}$/.test(member) && !Number.isNaN(Date.parse(member));
  return /^[\w:.-]{0,40}$/.test(member);
}

function isYesNo(dimension: VolumeDimension): boolean {
  return dimension === 'CERTIFIED' || dimension === 'LINKED';
}

/** What the database gives for a member, as text. */
export function memberOf(dimension: VolumeDimension, value: string | number): string {
  if (isYesNo(dimension)) return value === 1 ? 'YES' : 'NO';
  return String(value);
}

/** The column, or what makes it, of a dimension in a rollup. Weeks begin on Monday, years on the first of January. */
export function expressionOf(dimension: VolumeDimension, rollup: Rollup): string {
  const key = KEY_OF[dimension];
  if (key) return key;
  const when = isByDay(rollup) ? 'day' : 'month';
  if (dimension === 'DAY') return when;
  if (dimension === 'WEEK') return firstDaySql('WEEK', 'day');
  if (dimension === 'YEAR') return firstDaySql('YEAR', when);
  return isByDay(rollup) ? firstDaySql('MONTH', 'day') : 'month';
}

/** The same of a fact, called f. */
export function factExpressionOf(dimension: VolumeDimension): string {
  const of = 'f.event_day';
  const made: Partial<Record<VolumeDimension, string>> = {
    DAY: of,
    WEEK: firstDaySql('WEEK', of),
    MONTH: firstDaySql('MONTH', of),
    YEAR: firstDaySql('YEAR', of),
    ORIGINAL_MONTH: firstDaySql('MONTH', 'f.origin_day'),
    LINKED: "(f.linkage_agreement_id <> '')",
  };
  return made[dimension] ?? `f.${KEY_OF[dimension]}`;
}

/** Conditions as SQL and values, for a rollup's columns or a fact's. Nobody's scope finds nothing. */
export function narrowing(
  { filters, productIds, scope }: Pick<VolumeQuestion, 'filters' | 'productIds' | 'scope'>,
  expression: (dimension: VolumeDimension) => string,
): { readonly conditions: string[]; readonly values: (string | readonly (string | number)[])[] } {
  const conditions: string[] = [];
  const values: (string | readonly (string | number)[])[] = [];
  for (const dimension of VOLUME_DIMENSIONS) {
    const members = filters[dimension];
    if (members === undefined) continue;
    conditions.push(members.length > 0 ? `${expression(dimension)} IN (?)` : 'FALSE');
    if (members.length === 0) continue;
    values.push(isYesNo(dimension) ? members.map((member) => (member === 'YES' ? 1 : 0)) : members);
  }
  if (productIds) {
    conditions.push(productIds.length > 0 ? `${expression('PRODUCT')} IN (?)` : 'FALSE');
    if (productIds.length > 0) values.push(productIds);
  }
  const { by, codes } = scope;
  if (codes === 'ALL') return { conditions, values };
  const prefixes = codes.filter((code) => code !== '').map((code) => prefixOf(code));
  conditions.push(
    prefixes.length > 0 ? `(${prefixes.map(() => `${expression(by)} LIKE ?`).join(' OR ')})` : 'FALSE',
  );
  values.push(...prefixes.map((prefix) => `${prefix}%`));
  return { conditions, values };
}
