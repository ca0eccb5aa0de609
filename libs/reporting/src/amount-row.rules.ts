import { prefixOf } from '#libs/division';
import type { VolumeQuestion, VolumeSums } from '#libs/volume';
import { type Amount, type Amounts, addAmounts, amountsOf } from './report-measure.rules.js';
import {
  type ReportDefinition,
  type ReportDimension,
  type ReportQuestion,
  volumeDimensionOf,
} from './report.rules.js';

/** What a source knows of one group, a member for each dimension asked for. */
export interface AmountRow {
  readonly members: readonly string[];
  readonly amounts: Amounts;
}

/** Amounts that are parts of a sum, and the dimensions that tell the part. */
const NEEDS: Readonly<Partial<Record<Amount, readonly ReportDimension[]>>> = {
  LOCAL: ['ORIGIN_COUNTY', 'CONSUMPTION_COUNTY'],
  BOUGHT_BY_UNITS: ['BUYER_KIND'],
  UNKNOWN_ORIGIN: ['ORIGIN_COUNTY'],
};

/** What must be asked for, so that every amount of a report can be told, and groups be narrowed by category. */
export function dimensionsNeeded(
  { measures }: Pick<ReportDefinition, 'measures'>,
  { groupBy, filter }: Pick<ReportQuestion, 'groupBy' | 'filter'>,
): ReportDimension[] {
  const parts = measures.flatMap((measure) => amountsOf(measure)).flatMap((amount) => NEEDS[amount] ?? []);
  const byCategory = (filter.members ?? []).some(({ dimension }) => dimension === 'CATEGORY');
  return [...new Set([...groupBy, ...parts, ...(byCategory ? (['CATEGORY'] as const) : [])])];
}

/** A report's question as volume understands it. Categories are narrowed afterwards: volume knows products. */
export function volumeQuestionOf(
  { scopeBy }: Pick<ReportDefinition, 'scopeBy'>,
  { filter, scope }: Pick<ReportQuestion, 'filter' | 'scope'>,
  dimensions: readonly ReportDimension[],
): VolumeQuestion {
  const narrowed = (filter.members ?? []).filter(({ dimension }) => dimension !== 'CATEGORY');
  return {
    from: filter.from,
    to: filter.to,
    dimensions: [...new Set(dimensions.map(volumeDimensionOf))],
    filters: Object.fromEntries(narrowed.map(({ dimension, values }) => [dimension, values])),
    scope: { by: scopeBy, codes: scope },
  };
}

/** For whom somebody buys with a budget, or with what a union has; staff buy for themselves, and of the unknown nobody knows. */
const UNIT_KINDS = ['ORGANISATION', 'CONTRACTOR', 'UNION', 'UNIT'];

/** Parts of the sums of one group, by what its members are. What is of no county lies in nobody's division: only the whole tells of it. */
export function amountsOfGroup(
  sums: VolumeSums,
  memberOf: (dimension: ReportDimension) => string | undefined,
  isWhole: boolean,
): Amounts {
  const [origin, consumption] = [memberOf('ORIGIN_COUNTY'), memberOf('CONSUMPTION_COUNTY')];
  const buyer = memberOf('BUYER_KIND');
  const only = (isPart: boolean, amount: bigint) => (isPart ? amount : 0n);
  return {
    ...sums,
    ...(origin !== undefined && consumption !== undefined
      ? { LOCAL: only(origin !== '' && origin === consumption, sums.RECOGNISED) }
      : {}),
    ...(origin !== undefined && isWhole ? { UNKNOWN_ORIGIN: only(origin === '', sums.FACTS) } : {}),
    ...(buyer !== undefined ? { BOUGHT_BY_UNITS: only(UNIT_KINDS.includes(buyer), sums.RECOGNISED) } : {}),
  };
}

/** One row per group of the wanted members, in the order in which they are first seen. */
export function fold(rows: readonly AmountRow[]): AmountRow[] {
  const groups = new Map<string, AmountRow[]>();
  for (const row of rows) {
    const key = JSON.stringify(row.members);
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return [...groups.values()].map((group) => ({
    members: group[0]?.members ?? [],
    amounts: addAmounts(group.map(({ amounts }) => amounts)),
  }));
}

/** What the codes of everything in a scope begin with: '' for all, none for nobody. */
export function prefixesOf(scope: readonly string[] | 'ALL'): string[] {
  return scope === 'ALL' ? [''] : scope.filter((code) => code !== '').map((code) => prefixOf(code));
}
