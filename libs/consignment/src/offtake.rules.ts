import { type DomainError, type Fen, type InvalidField, InvalidInputError, isBlank } from '#libs/kernel';
import type { OfftakeState } from './offtake.entity.js';

const UNITS_MAX = 1_000_000;
const AMOUNT_FEN_MAX = 100_000_000_000n;
const DOCUMENT_NO_LENGTH_MAX = 60;
const REASON_LENGTH_MAX = 300;
/** Books of a year are told of until they are closed. */
const DAYS_BACK_MAX = 400;

export interface OfftakeFacts {
  readonly quantity: number;
  readonly amountFen: Fen;
  readonly boughtOn: string;
  readonly documentNo: string;
}

/** Everything that is wrong with what was told, at once. */
export function refuseOfftake(
  { quantity, amountFen, boughtOn, documentNo }: OfftakeFacts,
  today: string,
): InvalidInputError | null {
  const faults: InvalidField[] = [];
  const refuse = (path: string, zh: string, en: string) => faults.push({ path, message: { zh, en } });
  if (!Number.isInteger(quantity) || quantity < 1 || quantity > UNITS_MAX)
    refuse('quantity', `件数须在 1 到 ${UNITS_MAX} 之间`, `Units lie between 1 and ${UNITS_MAX}.`);
  if (amountFen < 1n || amountFen > AMOUNT_FEN_MAX)
    refuse(
      'amountFen',
      '金额须大于 0，不超过 10 亿元',
      'The amount is more than nothing and at most a billion yuan.',
    );
  const oldest = new Date(Date.parse(`${today}T00:00:00Z`) - DAYS_BACK_MAX * 86_400_000)
    .toISOString()
    .slice(0, 10);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(boughtOn) || boughtOn > today || boughtOn < oldest)
    refuse('boughtOn', `日期须在 ${oldest} 与今天之间`, `The day lies between ${oldest} and today.`);
  if (isBlank(documentNo) || documentNo.length > DOCUMENT_NO_LENGTH_MAX)
    refuse('documentNo', '请填写送货单或发票号', 'Say the number of the delivery note or invoice.');
  return faults.length > 0 ? new InvalidInputError(faults) : null;
}

export type OfftakeAct = 'CONFIRMED' | 'DENIED' | 'WITHDRAWN';

/** The seller says whether it is so, the operator takes back what is not answered; nobody changes what was answered. */
export function mayAnswer(
  act: OfftakeAct,
  state: OfftakeState,
  who: { readonly isOperator: boolean; readonly isSeller: boolean },
): boolean {
  return state === 'TOLD' && (act === 'WITHDRAWN' ? who.isOperator : who.isSeller);
}

export function refuseOfftakeReason(act: OfftakeAct, reason: string): InvalidInputError | null {
  const length = Array.from(reason.trim()).length;
  if (length <= REASON_LENGTH_MAX && (length >= 2 || act !== 'DENIED')) return null;
  const message = {
    zh: `请写明哪里不对（2 到 ${REASON_LENGTH_MAX} 字）`,
    en: `Say what is wrong in 2 to ${REASON_LENGTH_MAX} characters.`,
  };
  return new InvalidInputError([{ path: 'reason', message }]);
}

/** A period as it is asked for: in order, and not endless. */
export function refuseOfftakeDays(
  from: string,
  to: string,
): { readonly from: string; readonly to: string } | DomainError {
  const days = (Date.parse(to) - Date.parse(from)) / 86_400_000;
  if (days >= 0 && days <= DAYS_BACK_MAX) return { from, to };
  const message = {
    zh: `起止日期须先后有序，不超过 ${DAYS_BACK_MAX} 天`,
    en: `The days are in order, and at most ${DAYS_BACK_MAX} apart.`,
  };
  return new InvalidInputError([{ path: 'to', message }]);
}
