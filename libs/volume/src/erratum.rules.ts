import { prefixOf } from '#libs/division';
import { type Fen, type InvalidField, InvalidInputError, businessDay, sumFen } from '#libs/kernel';
import type { ErratumMeasure } from './erratum.entity.js';
import { lastDayOf } from './month-close.rules.js';

export interface ErratumInput {
  readonly month: string;
  readonly measure: ErratumMeasure;
  /** '' for the whole register. */
  readonly divisionCode: string;
  readonly correctFen: Fen;
  readonly reason: string;
  readonly factIds: readonly string[];
}

/** A fact as far as it may correct a published month. */
export interface CorrectingFact {
  readonly id: string;
  readonly eventAt: Date;
  readonly eventDay: string;
  readonly originDay: string;
  readonly originCountyCode: string;
  /** Of the measure that is corrected. */
  readonly amountFen: Fen;
}

/** What is corrected by more than this is not corrected but made anew. */
export const ERRATUM_FACTS_MAX = 500;
/** A month with more of them has other troubles. */
export const ERRATA_OF_MONTH_MAX = 50;
/** Of what is missing, named in a refusal. */
const NAMED_MAX = 5;
const REASON_LENGTH_MIN = 2;
const REASON_LENGTH_MAX = 500;

/** True for what counts later and belongs to the month: it happened in it or before, or goes back to what was paid then. */
function isLate({ eventAt, eventDay, originDay }: CorrectingFact, month: string): boolean {
  const last = lastDayOf(month);
  return eventDay > last && (businessDay(eventAt) <= last || originDay <= last);
}

/** True where two notices would speak of the same sales: one division lies in the other, or is it. */
export function isOverlapping(a: string, b: string): boolean {
  return a.startsWith(prefixOf(b)) || b.startsWith(prefixOf(a));
}

/**
 * What is said to have been wrong must be borne out by facts that are in the register: later ones, of that month and division, that add up
 * to the difference. What was published is read from the frozen figures and typed by nobody. A later notice of the same figure is about all
 * that has been found so far: it names what earlier ones (`before`) have named of its division as well, or it would undo them.
 */
export function refuseErratum(
  { month, divisionCode, correctFen, reason, factIds }: ErratumInput,
  publishedFen: Fen,
  facts: readonly CorrectingFact[],
  numbered: number,
  before: readonly string[],
): InvalidInputError | null {
  const faults: InvalidField[] = [];
  const refuse = (path: string, zh: string, en: string) => faults.push({ path, message: { zh, en } });
  const length = reason.trim().length;
  if (length < REASON_LENGTH_MIN || length > REASON_LENGTH_MAX)
    refuse(
      'reason',
      `请写明原因（${REASON_LENGTH_MIN} 到 ${REASON_LENGTH_MAX} 字）`,
      `Say why, in ${REASON_LENGTH_MIN} to ${REASON_LENGTH_MAX} characters.`,
    );
  if (numbered >= ERRATA_OF_MONTH_MAX)
    refuse(
      'month',
      `一个月最多 ${ERRATA_OF_MONTH_MAX} 条更正`,
      `A month has at most ${ERRATA_OF_MONTH_MAX} notices.`,
    );
  if (correctFen === publishedFen) refuse('correctFen', '与已公布的数字相同', 'That is what was published.');
  const wanted = new Set(factIds);
  if (wanted.size === 0 || factIds.length > ERRATUM_FACTS_MAX)
    refuse(
      'factIds',
      `须列出 1 到 ${ERRATUM_FACTS_MAX} 条更正事实`,
      `Name 1 to ${ERRATUM_FACTS_MAX} facts that correct it.`,
    );
  const fitting = facts.filter(
    (fact) => isLate(fact, month) && fact.originCountyCode.startsWith(prefixOf(divisionCode)),
  );
  if (fitting.length < wanted.size)
    refuse(
      'factIds',
      '含有不存在、不属于该月该区划或计入该月之内的事实',
      'Some of the facts are unknown, of another month or division, or are in the published figure already.',
    );
  const missing = before.filter((id) => !wanted.has(id));
  if (missing.length > 0)
    refuse(
      'factIds',
      `须同时列出此前更正已列的 ${missing.length} 条事实：${missing.slice(0, NAMED_MAX).join('、')}`,
      `Name the ${missing.length} facts of earlier notices as well: ${missing.slice(0, NAMED_MAX).join(', ')}.`,
    );
  const sum = sumFen(fitting.map(({ amountFen }) => amountFen));
  if (fitting.length === wanted.size && sum !== correctFen - publishedFen)
    refuse(
      'correctFen',
      `所列事实合计 ${sum} 分，已公布 ${publishedFen} 分，应为 ${publishedFen + sum} 分`,
      `The facts come to ${sum} fen and ${publishedFen} were published: it should be ${publishedFen + sum}.`,
    );
  return faults.length > 0 ? new InvalidInputError(faults) : null;
}

/** The same notice again: nothing new is proposed. */
export function isSameErratum(
  a: Omit<ErratumInput, 'month' | 'measure' | 'divisionCode'>,
  b: Omit<ErratumInput, 'month' | 'measure' | 'divisionCode'>,
): boolean {
  const facts = (ids: readonly string[]) => [...new Set(ids)].toSorted().join();
  return (
    a.correctFen === b.correctFen &&
    a.reason.trim() === b.reason.trim() &&
    facts(a.factIds) === facts(b.factIds)
  );
}
