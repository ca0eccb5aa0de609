import { DAY_MS, InvalidInputError, type InvalidField, type Message } from '#libs/kernel';
import type { ScopeDimension, VolumeDimension } from '#libs/volume';
import type { ReportMeasure } from './report-measure.rules.js';

export const REPORT_DIMENSIONS = [
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
  'CATEGORY',
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
/** What volume is kept by, and the category, which is the product's. */
export type ReportDimension = (typeof REPORT_DIMENSIONS)[number];

export const REPORT_IDS = [
  'R1',
  'R2',
  'R3',
  'R4',
  'R5',
  'R6',
  'R7',
  'R8',
  'R9',
  'R10',
  'R11',
  'R12',
  'R13',
  'R14',
  'R15',
  'R29',
  'R30',
  'R31',
  'R32',
] as const;
export type ReportId = (typeof REPORT_IDS)[number];

/** Where the amounts of a report come from. */
export type ReportSourceName =
  | 'VOLUME'
  | 'CLAIM'
  | 'COUNTER'
  | 'TARGET'
  | 'SHARE'
  | 'CHANNEL'
  | 'DISPATCH'
  | 'PRICE'
  | 'REPURCHASE';

export const REPORT_ORDERS = ['MEMBERS', 'FIRST_MEASURE', 'CHANGE'] as const;
/** In the order of the members, the largest first measure first, or by how much that has changed. */
export type ReportOrder = (typeof REPORT_ORDERS)[number];

export const REPORT_COMPARISONS = ['PREVIOUS_PERIOD', 'SAME_PERIOD_LAST_YEAR'] as const;
export type ReportComparison = (typeof REPORT_COMPARISONS)[number];

export interface ReportDefinition {
  readonly id: ReportId;
  readonly title: Message;
  readonly formula: string;
  readonly notes: Message;
  readonly source: ReportSourceName;
  /** The first one ranks. */
  readonly measures: readonly ReportMeasure[];
  /** What it may be grouped and narrowed by. */
  readonly dimensions: readonly ReportDimension[];
  readonly groupBy: readonly ReportDimension[];
  /** The county by which officials see their own. */
  readonly scopeBy: ScopeDimension;
  readonly order: ReportOrder;
  /** Rows have ranks: never by what nobody has reviewed, so what is declared and not approved is in no measure. */
  readonly isRanked: boolean;
  /** Of one question; sources that do not read sums are asked for less. */
  readonly daysMax: number;
}

export interface ReportFilter {
  /** Business days, both included. */
  readonly from: string;
  readonly to: string;
  readonly members?:
    | readonly { readonly dimension: ReportDimension; readonly values: readonly string[] }[]
    | null;
}

export interface ReportQuestion {
  readonly id: ReportId;
  readonly filter: ReportFilter;
  readonly groupBy: readonly ReportDimension[];
  readonly comparison: ReportComparison | null;
  /** The divisions of whoever asks. */
  readonly scope: readonly string[] | 'ALL';
}

const TIME: readonly ReportDimension[] = ['DAY', 'WEEK', 'MONTH', 'YEAR'];

export function isTime(dimension: ReportDimension): boolean {
  return TIME.includes(dimension) || dimension === 'ORIGINAL_MONTH';
}

/** A question whose groups may be left to the report's definition. */
export type AskedReport = Omit<ReportQuestion, 'groupBy'> & {
  readonly groupBy: readonly ReportDimension[] | null;
};

/** Every fault of a question at once, or null. Which dimensions go together is the planner's to say. */
export function refuseReport(
  { dimensions, daysMax, source }: ReportDefinition,
  { filter, groupBy, comparison }: ReportQuestion,
): InvalidInputError | null {
  const faults: InvalidField[] = [];
  const refuse = (path: string, zh: string, en: string) => faults.push({ path, message: { zh, en } });
  const has = dimensions.join(', ');
  for (const dimension of groupBy.filter((each) => !dimensions.includes(each)))
    refuse('groupBy', `本报表没有维度 ${dimension}；可用：${has}`, `No ${dimension} here; there are ${has}.`);
  const narrowed = filter.members ?? [];
  for (const { dimension } of narrowed.filter((each) => !dimensions.includes(each.dimension)))
    refuse(
      'filter.members',
      `本报表没有维度 ${dimension}；可用：${has}`,
      `No ${dimension} here; there are ${has}.`,
    );
  if (new Set(narrowed.map((each) => each.dimension)).size < narrowed.length)
    refuse('filter.members', '同一维度只列一次', 'A dimension is narrowed once.');
  if (comparison !== null && groupBy.some(isTime))
    refuse('comparison', '按时间分组时不能再作比较', 'What is grouped by time is compared by reading on.');
  const days = (Date.parse(filter.to) - Date.parse(filter.from)) / DAY_MS + 1;
  if (source !== 'VOLUME' && !(days >= 1 && days <= daysMax))
    refuse('filter.to', `本报表一次最多 ${daysMax} 天`, `This report spans 1 to ${daysMax} days.`);
  return faults.length > 0 ? new InvalidInputError(faults) : null;
}

/** Sets that belong to no county, seller or buyer. */
const OF_NOBODY: readonly ReportDimension[] = ['CHANNEL', 'BUYER_KIND', 'SOURCE', 'CERTIFIED', 'LINKED'];

/** The whole city is shown to its counties as a whole: narrowed to another county, unit, seller or product it would be that one's figure. */
export function refuseCityTotals({ members }: ReportFilter): InvalidInputError | null {
  const narrow = (members ?? [])
    .map(({ dimension }) => dimension)
    .filter((each) => !OF_NOBODY.includes(each));
  if (narrow.length === 0) return null;
  const may = OF_NOBODY.join(', ');
  const message = {
    zh: `全市合计不能按 ${narrow.join('、')} 缩小范围；可用：${may}`,
    en: `Totals of the city are not narrowed by ${narrow.join(', ')}, only by ${may}.`,
  };
  return new InvalidInputError([{ path: 'filter.members', message }]);
}

function shift(day: string, days: number): string {
  return new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10);
}

function lastOfMonth(year: number, month: number): string {
  return new Date(Date.UTC(year, month + 1, 0)).toISOString().slice(0, 10);
}

/** The same day a number of months earlier; the last one of a month that has no such day. */
function monthsEarlier(day: string, months: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const last = lastOfMonth(year, month - 1 - months);
  const same = `${last.slice(0, 8)}${String(date).padStart(2, '0')}`;
  return same < last ? same : last;
}

function isWholeMonths(from: string, to: string): boolean {
  return from.endsWith('-01') && shift(to, 1).endsWith('-01');
}

/** The period just before, as many days or, of whole months, as many months long; or the same one of the year before. */
export function periodBefore(
  { from, to }: Pick<ReportFilter, 'from' | 'to'>,
  comparison: ReportComparison,
): { readonly from: string; readonly to: string } {
  if (comparison === 'SAME_PERIOD_LAST_YEAR') {
    const whole = isWholeMonths(from, to);
    const [year = 0, month = 1] = to.split('-').map(Number);
    return {
      from: monthsEarlier(from, 12),
      to: whole ? lastOfMonth(year - 1, month - 1) : monthsEarlier(to, 12),
    };
  }
  if (isWholeMonths(from, to)) {
    const [fromYear = 0, fromMonth = 1] = from.split('-').map(Number);
    const [toYear = 0, toMonth = 1] = to.split('-').map(Number);
    const months = (toYear - fromYear) * 12 + toMonth - fromMonth + 1;
    return { from: monthsEarlier(from, months), to: shift(from, -1) };
  }
  const days = (Date.parse(to) - Date.parse(from)) / DAY_MS + 1;
  return { from: shift(from, -days), to: shift(from, -1) };
}

/** The days of a member of time within a period. */
export function spanOf(
  dimension: ReportDimension,
  member: string,
  { from, to }: Pick<ReportFilter, 'from' | 'to'>,
): { readonly from: string; readonly to: string } {
  const [year = 0, month = 1] = member.split('-').map(Number);
  const lasts: Partial<Record<ReportDimension, string>> = {
    DAY: member,
    WEEK: shift(member, 6),
    MONTH: lastOfMonth(year, month - 1),
    YEAR: lastOfMonth(year, 11),
  };
  const last = lasts[dimension] ?? member;
  return { from: member > from ? member : from, to: last < to ? last : to };
}

/** What the planner is asked by for a dimension. */
export function volumeDimensionOf(dimension: ReportDimension): VolumeDimension {
  return dimension === 'CATEGORY' ? 'PRODUCT' : dimension;
}

/** The first day of what a business day belongs to: how members of time are called. */
export function timeMemberOf(dimension: ReportDimension, day: string): string {
  if (dimension === 'YEAR') return `${day.slice(0, 4)}-01-01`;
  if (dimension === 'MONTH') return `${day.slice(0, 7)}-01`;
  if (dimension !== 'WEEK') return day;
  const sinceMonday = (new Date(Date.parse(day)).getUTCDay() + 6) % 7;
  return shift(day, -sinceMonday);
}

/** What a row of amounts is asked by: sums of facts, which one can look at. R12 has none. */
export function isOfFacts({ source, measures }: Pick<ReportDefinition, 'source' | 'measures'>): boolean {
  return (
    source === 'VOLUME' || source === 'CLAIM' || (source === 'COUNTER' && measures.includes('RECOGNISED'))
  );
}

/** The question as its facts are asked: a report of counters speaks of nothing else. */
export function questionOfFacts<T extends Pick<ReportQuestion, 'filter'>>(
  { source }: Pick<ReportDefinition, 'source'>,
  question: T,
): T {
  if (source !== 'COUNTER') return question;
  const members = question.filter.members ?? [];
  const channels = members.find(({ dimension }) => dimension === 'CHANNEL')?.values ?? ['COUNTER'];
  const values = channels.filter((channel) => channel === 'COUNTER');
  const others = members.filter(({ dimension }) => dimension !== 'CHANNEL');
  return {
    ...question,
    filter: { ...question.filter, members: [...others, { dimension: 'CHANNEL', values }] },
  };
}
