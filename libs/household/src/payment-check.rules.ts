import type { Fen } from '#libs/kernel';
import type { MemberState } from './household.entity.js';
import type { PaymentRule } from './linkage-payment.entity.js';
import type { LinkageKind } from './linkage.entity.js';
import { KIND_RULES } from './linkage.rules.js';

/** So many households that one merchant gives one sum in one month, by whichever agreements of a kind, are a list that somebody has filled in. */
export const SAME_SUM_HOUSEHOLDS = 5;
/** Whole thousands of yuan. */
const ROUND_FEN = 100_000n;
const MONTHS = 12n;

export interface CheckedMember {
  readonly isHead: boolean;
  readonly state: MemberState;
  readonly leftOn: string | null;
}

export interface CheckedPayment {
  readonly kind: LinkageKind;
  readonly amountFen: Fen;
  readonly paidOn: string;
  /** For this household: its weight times what a weight of one brings; null where nothing is stated. */
  readonly statedYearFen: Fen | null;
  /** To it by this agreement in the year of `paidOn`, this one included. */
  readonly paidOfYearFen: Fen;
  /** Of the merchant's agreements of this kind that were given exactly this in that month and were not to be given it, this one included. */
  readonly householdsWithSameSum: number;
  readonly members: readonly CheckedMember[];
}

/** What an agreement states is the same for everybody: a year's, or a month of it. */
export function isAsStated({
  amountFen,
  statedYearFen,
}: Pick<CheckedPayment, 'amountFen' | 'statedYearFen'>): boolean {
  return statedYearFen !== null && (amountFen === statedYearFen || amountFen * MONTHS === statedYearFen);
}

function hadLeft({ state, leftOn }: CheckedMember, day: string): boolean {
  return state !== 'PRESENT' && leftOn !== null && leftOn < day;
}

/** Wages are anybody's who works: only where nobody is left is one wrong. All else is paid to who stands for the household. */
function isMemberGone({ kind, members, paidOn }: CheckedPayment): boolean {
  const asked = kind === 'EMPLOYMENT' ? members : members.filter(({ isHead }) => isHead);
  return asked.length > 0 && asked.every((member) => hadLeft(member, paidOn));
}

/** Suspicions, each of which may have a good reason: a person decides. */
export function suspicionsOf(payment: CheckedPayment): PaymentRule[] {
  const { kind, amountFen, statedYearFen, paidOfYearFen, householdsWithSameSum } = payment;
  const holds: Readonly<Record<Exclude<PaymentRule, 'DENIED'>, boolean>> = {
    SAME_SUM: householdsWithSameSum >= SAME_SUM_HOUSEHOLDS && !isAsStated(payment),
    ROUND_SUM: KIND_RULES[kind].isWeighed && amountFen % ROUND_FEN === 0n && !isAsStated(payment),
    MEMBER_GONE: isMemberGone(payment),
    ABOVE_STATED: statedYearFen !== null && paidOfYearFen > statedYearFen,
  };
  return (['SAME_SUM', 'ROUND_SUM', 'MEMBER_GONE', 'ABOVE_STATED'] as const).filter((rule) => holds[rule]);
}
