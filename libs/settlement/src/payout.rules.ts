import { type WorkingCalendar, dayAfter, isWorkingDay, workingDayAfter } from '#libs/division';
import { type Fen, businessDay, sumFen } from '#libs/kernel';
import type { AccountCode, JournalDraft, Movement, Resolution } from '#libs/ledger';
import type { PayeeAccountState, PayoutMethod } from './payee-account.entity.js';
import type { PayoutId, PayoutSkipReason } from './payout.entity.js';
import { type Payee, payeeOf } from './payee-account.rules.js';

/** Days of patience with a bank before somebody has to ask it. */
const RESOLVE_WITHIN_WORKING_DAYS = 3;

/** 16:00 in Shanghai: what is released by then counts for that day. */
export function cutOffOf(day: string): Date {
  return new Date(`${day}T16:00:00+08:00`);
}

/** T+1: the run of a day takes what was released before the cut-off of the day before. */
export function coversBefore(day: string): Date {
  return cutOffOf(dayAfter(day, -1));
}

/** The first working day after the day that the release counts for. */
export function payoutDayOf(calendar: WorkingCalendar, releasedAt: Date): string {
  const day = businessDay(releasedAt);
  return workingDayAfter(calendar, releasedAt < cutOffOf(day) ? day : dayAfter(day));
}

/** The day whose run is the next to come: today's until the cut-off. */
export function nextRunDay(calendar: WorkingCalendar, now: Date): string {
  const today = businessDay(now);
  return isWorkingDay(calendar, today) && now < cutOffOf(today) ? today : workingDayAfter(calendar, today);
}

export function isRunDue(calendar: WorkingCalendar, now: Date): boolean {
  const today = businessDay(now);
  return isWorkingDay(calendar, today) && now >= cutOffOf(today);
}

export function resolveBy(calendar: WorkingCalendar, sentAt: Date): string {
  return workingDayAfter(calendar, businessDay(sentAt), RESOLVE_WITHIN_WORKING_DAYS);
}

const PREFIX = 'liability:available:';

export function availableAccount({ kind, id }: Payee): AccountCode {
  return (kind === 'FUND' ? `${PREFIX}fund:${id}` : `${PREFIX}${id}`) as AccountCode;
}

export function payeeOfAccount(code: string): Payee | null {
  return payeeOf(code.slice(PREFIX.length).replace(/^fund:/, ''));
}

/** Where the money leaves from. */
export function sourceOf(method: PayoutMethod): AccountCode {
  return method === 'BANK' ? 'asset:bank:main' : 'asset:psp:stripe:cny';
}

/** The kind of the journals that pay out. They are no part of what is to be paid. */
const PAYOUT_KIND = 'payout';

/** One transfer of the books, from one side. */
export function coverOf({
  journalId,
  lineNo,
  side,
}: Pick<Movement, 'journalId' | 'lineNo' | 'side'>): string {
  return `${journalId}:${lineNo}:${side}`;
}

/**
 * What stands to a payee's credit and in no living payout: all that was taken back, and of what came in only what came before the
 * cut-off. So its sum is never more than the account holds.
 */
export function uncovered(movements: readonly Movement[], covered: ReadonlySet<string>): Movement[] {
  return movements.filter((movement) => movement.kind !== PAYOUT_KIND && !covered.has(coverOf(movement)));
}

export function ripe(movements: readonly Movement[], before: Date): Movement[] {
  return movements.filter(({ side, effectiveAt }) => side === 'debit' || effectiveAt < before);
}

export function signedFen({ side, amountFen }: Pick<Movement, 'side' | 'amountFen'>): Fen {
  return side === 'credit' ? amountFen : 0n - amountFen;
}

export function amountOf(movements: readonly Movement[]): Fen {
  return sumFen(movements.map(signedFen));
}

/** Within what an amount is paid. */
export interface PayoutBounds {
  readonly minimumFen: Fen;
  readonly maximumFen: Fen;
  /** What may leave the account; null where nobody has locked it to know. */
  readonly freeFen: Fen | null;
}

/** Why nothing is paid although something is there; null where it is paid. */
export function skipReason(
  amountFen: Fen,
  { minimumFen, maximumFen, freeFen }: PayoutBounds,
  accountState: PayeeAccountState | null,
): PayoutSkipReason | null {
  if (accountState === null || accountState === 'REPLACED') return 'NO_ACCOUNT';
  if (accountState === 'UNVERIFIED') return 'ACCOUNT_UNVERIFIED';
  if (accountState === 'BLOCKED') return 'ACCOUNT_BLOCKED';
  if (amountFen < minimumFen) return 'BELOW_MINIMUM';
  if (amountFen > maximumFen) return 'ABOVE_MAXIMUM';
  return freeFen !== null && amountFen > freeFen ? 'NOT_FREE' : null;
}

export interface PayoutDraft {
  readonly id: PayoutId;
  readonly payee: Payee;
  readonly method: PayoutMethod;
  readonly amountFen: Fen;
}

/** The reservation: available → where the money leaves from. Posted when it has arrived, voided when it has not. */
export function payoutJournal({ id, payee, method, amountFen }: PayoutDraft, at: Date): JournalDraft {
  return {
    idempotencyKey: `payout:${id}`,
    kind: PAYOUT_KIND,
    subject: id,
    eventId: null,
    effectiveAt: at,
    transfers: [{ debit: availableAccount(payee), credit: sourceOf(method), amountFen }],
  };
}

/** It had arrived, and came back: to be paid out again by another payout. */
export function returnJournal({ id, payee, method, amountFen }: PayoutDraft, at: Date): JournalDraft {
  return {
    idempotencyKey: `payout:${id}:return:1`,
    kind: 'payout_returned',
    subject: id,
    eventId: null,
    effectiveAt: at,
    transfers: [{ debit: sourceOf(method), credit: availableAccount(payee), amountFen }],
  };
}

/** What becomes of the money that was set aside for a payout. */
export function resolution(payoutId: string, act: 'POST' | 'VOID', at: Date): Resolution {
  return {
    pendingKey: `payout:${payoutId}`,
    act,
    idempotencyKey: `payout:${payoutId}:${act === 'POST' ? 'post' : 'void'}`,
    at,
    eventId: null,
  };
}
