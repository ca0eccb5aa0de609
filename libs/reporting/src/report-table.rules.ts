import { type AmountRow } from './amount-row.rules.js';
import { type Amounts, type Figure, addAmounts, figureOf } from './report-measure.rules.js';
import type { ReportDefinition, ReportDimension, ReportOrder } from './report.rules.js';

export interface ReportRow {
  /** One per dimension asked for. */
  readonly members: readonly string[];
  /** One per measure of the report. */
  readonly figures: readonly Figure[];
  /** The same of the period compared with; null where none is, or where it had no such row. */
  readonly before: readonly Figure[] | null;
  /** From one; the same for equals. Null where the report has no ranks, for the unknown and for what there is no figure of. */
  readonly rank: number | null;
}

type Unranked = Omit<ReportRow, 'rank'>;

function figuresOf({ measures }: ReportDefinition, amounts: Amounts): Figure[] {
  return measures.map((measure) => figureOf(measure, amounts));
}

/** Figures of the whole: rates are made of the sums, not of the rates. `whole` is what does not add up, of all rows together. */
export function totalsOf(
  report: ReportDefinition,
  rows: readonly AmountRow[],
  whole: Amounts = {},
): Figure[] {
  return figuresOf(report, { ...addAmounts(rows.map(({ amounts }) => amounts)), ...whole });
}

/** In ten-thousandths of what there was before, compared exactly as a fraction; null where there is nothing to compare with. */
function changeOf({ figures: [now], before }: Unranked): readonly [bigint, bigint] | null {
  const [then] = before ?? [];
  if (now?.value === undefined || now.value === null || !then?.value || then.value <= 0n) return null;
  return [now.value - then.value, then.value];
}

/** Positive where a is larger. */
function compare(order: ReportOrder, a: Unranked, b: Unranked): number {
  const sign = (difference: bigint) => (difference > 0n ? 1 : difference < 0n ? -1 : 0);
  if (order === 'CHANGE') {
    const [left, right] = [changeOf(a), changeOf(b)];
    if (left === null || right === null) return (left === null ? -1 : 0) + (right === null ? 1 : 0);
    return sign(left[0] * right[1] - right[0] * left[1]);
  }
  const [left, right] = [a.figures[0]?.value ?? null, b.figures[0]?.value ?? null];
  if (left === null || right === null) return (left === null ? -1 : 0) + (right === null ? 1 : 0);
  return sign(left - right);
}

function hasFigure(order: ReportOrder, row: Unranked): boolean {
  return order === 'CHANGE' ? changeOf(row) !== null : (row.figures[0]?.value ?? null) !== null;
}

/** What was there before and has nothing now is a row of nothing: whoever fell to nought is not left out of a ranking by change. */
function withGone(rows: readonly AmountRow[], before: readonly AmountRow[]): readonly AmountRow[] {
  const key = ({ members }: AmountRow) => JSON.stringify(members);
  const known = new Set(rows.map(key));
  const gone = before.filter((row) => !known.has(key(row)));
  if (gone.length === 0) return rows;
  const nought = gone.map(({ members, amounts }) => ({
    members,
    amounts: Object.fromEntries(Object.keys(amounts).map((amount) => [amount, 0n])) as Amounts,
  }));
  return [...rows, ...nought].toSorted((a, b) => (key(a) < key(b) ? -1 : 1));
}

/** Rows in the report's order with their ranks. Members decide between equals, so that the same question has the same answer. */
export function tableOf(
  report: ReportDefinition,
  groupBy: readonly ReportDimension[],
  rows: readonly AmountRow[],
  before: readonly AmountRow[] | null,
): ReportRow[] {
  const key = (members: readonly string[]) => JSON.stringify(members);
  const beforeOf = new Map((before ?? []).map(({ members, amounts }) => [key(members), amounts]));
  const unranked = withGone(rows, before ?? []).map(({ members, amounts }): Unranked => {
    const then = beforeOf.get(key(members));
    return { members, figures: figuresOf(report, amounts), before: then ? figuresOf(report, then) : null };
  });
  const { order } = report;
  if (order === 'MEMBERS') return unranked.map((row) => ({ ...row, rank: null }));
  const sorted = unranked.toSorted(
    (a, b) => compare(order, b, a) || (key(a.members) < key(b.members) ? -1 : 1),
  );
  const ranked = sorted.filter(
    (row) => hasFigure(order, row) && row.members.every((member) => member !== ''),
  );
  return sorted.map((row) => {
    const first = ranked.findIndex((each) => compare(order, each, row) === 0);
    const isRanked = report.isRanked && groupBy.length > 0 && ranked.includes(row);
    return { ...row, rank: isRanked ? first + 1 : null };
  });
}
