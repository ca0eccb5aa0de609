import type { ResultOf, VariablesOf } from 'gql.tada';
import type { REPORT, REPORTS, REPORT_FACTS } from './report.documents.js';

export type Definition = ResultOf<typeof REPORTS>['reports'][number];
export type Dimension = Definition['dimensions'][number];
type Variables = VariablesOf<typeof REPORT>;
export type Comparison = NonNullable<Variables['comparison']>;
export type Member = VariablesOf<typeof REPORT_FACTS>['cell'][number];

/** A question as it stands in the address: whoever is sent the link sees the same, within their own divisions. */
export interface Asked {
  readonly from: string;
  readonly to: string;
  /** Null as the report has it. */
  readonly groupBy: readonly Dimension[] | null;
  readonly comparison: Comparison | null;
  readonly county: string | null;
  /** The cell whose facts are shown; null at the table. */
  readonly cell: readonly Member[] | null;
}

const COMPARISONS: readonly Comparison[] = ['PREVIOUS_PERIOD', 'SAME_PERIOD_LAST_YEAR'];
const DAY = /^\d{4}-\d{2}-\d{2}$/;
const TIME: readonly Dimension[] = ['DAY', 'WEEK', 'MONTH', 'YEAR', 'ORIGINAL_MONTH'];

export const isTime = (dimension: Dimension): boolean => TIME.includes(dimension);

const addDays = (day: string, days: number): string =>
  new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);
const lastOfMonth = (day: string): string =>
  addDays(`${addDays(`${day.slice(0, 7)}-01`, 31).slice(0, 7)}-01`, -1);

export const SPANS = ['month', 'last-month', 'year', 'last-year'] as const;
export type Span = (typeof SPANS)[number];

/** Whole months, the last one as well: some reports take nothing less, and what has not come yet adds nothing. */
export function daysOf(span: Span, today: string): { readonly from: string; readonly to: string } {
  const year = today.slice(0, 4);
  if (span === 'month') return { from: `${today.slice(0, 7)}-01`, to: lastOfMonth(today) };
  if (span === 'year') return { from: `${year}-01-01`, to: lastOfMonth(today) };
  if (span === 'last-year') return { from: `${Number(year) - 1}-01-01`, to: `${Number(year) - 1}-12-31` };
  const before = addDays(`${today.slice(0, 7)}-01`, -1);
  return { from: `${before.slice(0, 7)}-01`, to: before };
}

/** The year so far, or the month where a report is asked for no more than a quarter at once. */
const ownDays = ({ daysMax }: Definition, today: string) => daysOf(daysMax >= 366 ? 'year' : 'month', today);

function cellOf(text: string | null, known: readonly Dimension[]): readonly Member[] | null {
  if (text === null) return null;
  return text.split(',').flatMap((part) => {
    const [name = '', ...value] = part.split(':');
    const dimension = known.find((each) => each === name);
    return dimension ? [{ dimension, value: value.join(':') }] : [];
  });
}

/** What an address asks; what makes no sense in it is as if it were not there. */
export function askedOf(definition: Definition, search: string, today: string): Asked {
  const words = new URLSearchParams(search);
  const own = ownDays(definition, today);
  const [from, to] = [words.get('from') ?? '', words.get('to') ?? ''];
  const { dimensions } = definition;
  const by = words.get('by');
  return {
    ...(DAY.test(from) && DAY.test(to) ? { from, to } : own),
    groupBy: by === null ? null : dimensions.filter((each) => by.split(',').includes(each)),
    comparison: COMPARISONS.find((each) => each === words.get('vs')) ?? null,
    county: dimensions.includes(definition.scopeBy) ? words.get('county') : null,
    cell: cellOf(words.get('cell'), dimensions),
  };
}

const wordsOf = ({ from, to, groupBy, comparison, county, cell }: Asked): URLSearchParams => {
  const words = new URLSearchParams({ from, to });
  if (groupBy !== null) words.set('by', groupBy.join(','));
  if (comparison !== null) words.set('vs', comparison);
  if (county !== null) words.set('county', county);
  if (cell !== null) words.set('cell', cell.map(({ dimension, value }) => `${dimension}:${value}`).join(','));
  return words;
};

export const hrefOf = ({ id }: Definition, asked: Asked): string => `/reports/${id}?${wordsOf(asked)}`;

/** Time is not compared with time: the rows stand below each other already. */
export const comparedWith = (groupBy: readonly Dimension[], { comparison }: Asked): Comparison | null =>
  groupBy.some(isTime) ? null : comparison;

const membersOf = ({ scopeBy }: Definition, { county }: Asked) =>
  county === null ? null : [{ dimension: scopeBy, values: [county] }];

export const filterOf = (definition: Definition, asked: Asked): Variables['filter'] => ({
  from: asked.from,
  to: asked.to,
  members: membersOf(definition, asked),
});

/** Where the same is as a file. */
export function fileOf(definition: Definition, asked: Asked, format: 'csv' | 'xlsx'): string {
  const groupBy = asked.groupBy ?? definition.groupBy;
  const words = new URLSearchParams({ from: asked.from, to: asked.to, groupBy: groupBy.join(',') });
  const comparison = comparedWith(groupBy, asked);
  if (comparison !== null) words.set('comparison', comparison);
  const members = membersOf(definition, asked);
  if (members !== null) words.set('members', JSON.stringify(members));
  return `/reports/${definition.id}/${format}?${words}`;
}
