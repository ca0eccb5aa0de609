import { contentHashOf } from '#libs/approval';
import { type Fen, type InvalidField, InvalidInputError } from '#libs/kernel';
import type { CreditTerm } from './credit-term.entity.js';
import { CreditExceededError, NoCreditTermError } from './credit-term.errors.js';

/** A term as plain values. */
export type CreditTermRow = { readonly [Key in keyof CreditTerm]: CreditTerm[Key] };

export type CreditTermContent = Pick<CreditTerm, 'unitId' | 'version' | 'limitFen' | 'daysToPay'>;

/** Budgets are of a year; no public buyer may keep a seller waiting longer than half of one. */
export const DAYS_TO_PAY_MAX = 180;
/** A hundred million yuan: past that it is a typing error. */
const LIMIT_FEN_MAX = 10n ** 10n;

/** A limit of nothing ends the unit's credit; what it owes it still owes. */
export function refuseTerm({
  limitFen,
  daysToPay,
}: Pick<CreditTerm, 'limitFen' | 'daysToPay'>): InvalidInputError | null {
  const fields: InvalidField[] = [];
  if (limitFen < 0n || limitFen > LIMIT_FEN_MAX) {
    const message = {
      zh: '额度须在 0 到一亿元之间',
      en: 'A limit lies between nothing and a hundred million yuan.',
    };
    fields.push({ path: 'limitFen', message });
  }
  if (daysToPay < 1 || daysToPay > DAYS_TO_PAY_MAX) {
    const message = {
      zh: `账期须为 1 到 ${DAYS_TO_PAY_MAX} 天`,
      en: `A unit pays within 1 to ${DAYS_TO_PAY_MAX} days.`,
    };
    fields.push({ path: 'daysToPay', message });
  }
  return fields.length > 0 ? new InvalidInputError(fields) : null;
}

/** What the other person agrees to. */
export function termHash({ unitId, version, limitFen, daysToPay }: CreditTermContent): string {
  return contentHashOf({ unitId, version, limitFen, daysToPay });
}

/** Whether a unit that owes (and has ordered for) so much may order for so much more. */
export function refuseCredit(
  term: Pick<CreditTerm, 'limitFen'> | null,
  usedFen: Fen,
  amountFen: Fen,
): NoCreditTermError | CreditExceededError | null {
  if (!term || term.limitFen === 0n) return new NoCreditTermError();
  return usedFen + amountFen > term.limitFen ? new CreditExceededError(term.limitFen, usedFen) : null;
}
