import { dayAfter } from '#libs/division';
import { DAY_MS, type Fen, HOUR_MS, businessDay, plus } from '#libs/kernel';
import { type AccountActivity, type AccountCode, accountCodeOf } from '#libs/ledger';
import { type Payee, payeeOf } from '#libs/settlement';
import type { Statement, StatementKind } from './statement.entity.js';

/** The accounts that a payee's money stands in. A household has none that says it owes anything: no household ever does. */
export interface PayeeAccounts {
  readonly held: AccountCode;
  readonly available: AccountCode;
  readonly owed: AccountCode | null;
}

export function accountsOf({ kind, id }: Payee): PayeeAccounts {
  const name = kind === 'FUND' ? `fund:${id}` : id;
  return {
    held: `liability:held:${name}` as AccountCode,
    available: `liability:available:${name}` as AccountCode,
    owed: kind === 'HOUSEHOLD' ? null : `asset:receivable:clawback:${name}`,
  };
}

export function codesOf({ held, available, owed }: PayeeAccounts): AccountCode[] {
  return owed === null ? [held, available] : [held, available, owed];
}

/** Whose account it is; null for those of nobody who is paid: pools, funds of nowhere, and all that is the platform's. */
export function payeeOfCode(code: string): Payee | null {
  const [, name] = /^(?:liability:(?:held|available)|asset:receivable:clawback):(.+)$/.exec(code) ?? [];
  const payee = name === undefined ? null : payeeOf(name.replace(/^fund:/, ''));
  return payee !== null && codesOf(accountsOf(payee)).some((own) => own === accountCodeOf(code))
    ? payee
    : null;
}

/** What stands to a payee's credit, and what they owe. */
export interface Amounts {
  /** Of sales that may still be sent back. */
  readonly heldFen: Fen;
  /** May be paid out. */
  readonly availableFen: Fen;
  /** Owed back by the payee. */
  readonly owedFen: Fen;
}

export const NOTHING: Amounts = { heldFen: 0n, availableFen: 0n, owedFen: 0n };

export function added(one: Amounts, other: Amounts): Amounts {
  return {
    heldFen: one.heldFen + other.heldFen,
    availableFen: one.availableFen + other.availableFen,
    owedFen: one.owedFen + other.owedFen,
  };
}

/** The balance of a statement. */
export function netOf({ heldFen, availableFen, owedFen }: Amounts): Fen {
  return heldFen + availableFen - owedFen;
}

/** Of balances on the accounts' normal sides. */
export function amountsOf(
  { held, available, owed }: PayeeAccounts,
  books: ReadonlyMap<string, Fen>,
): Amounts {
  return {
    heldFen: books.get(held) ?? 0n,
    availableFen: books.get(available) ?? 0n,
    owedFen: (owed === null ? undefined : books.get(owed)) ?? 0n,
  };
}

/** Of what was credited to each account, less what was debited: what somebody owes goes up by debits. */
export function movedOf(accounts: PayeeAccounts, creditedFen: ReadonlyMap<string, Fen>): Amounts {
  const { owedFen, ...rest } = amountsOf(accounts, creditedFen);
  return { ...rest, owedFen: 0n - owedFen };
}

/** An account of which the books say something else. */
export interface Difference {
  readonly account: AccountCode;
  /** The books less the statement. */
  readonly fen: Fen;
}

/** The first account on which they do not agree; null where they do. */
export function differenceOf(accounts: PayeeAccounts, closing: Amounts, books: Amounts): Difference | null {
  const rows: readonly (readonly [AccountCode | null, Fen])[] = [
    [accounts.held, books.heldFen - closing.heldFen],
    [accounts.available, books.availableFen - closing.availableFen],
    [accounts.owed, books.owedFen - closing.owedFen],
  ];
  for (const [account, fen] of rows) if (account !== null && fen !== 0n) return { account, fen };
  return null;
}

/** Days in Shanghai, both included. */
export interface Period {
  readonly fromOn: string;
  readonly toOn: string;
}

export function monthOf(day: string): string {
  return day.slice(0, 7);
}

/** `2026-10` → its first and last day. */
export function daysOf(month: string): Period {
  return { fromOn: `${month}-01`, toOn: dayAfter(`${monthAfter(month)}-01`, -1) };
}

export function lastDayOf(month: string): string {
  return daysOf(month).toOn;
}

export function monthAfter(month: string, months = 1): string {
  const [year = 0, number = 0] = month.split('-').map(Number);
  const count = year * 12 + number - 1 + months;
  return `${Math.floor(count / 12)}-${String((count % 12) + 1).padStart(2, '0')}`;
}

/** From, and before. */
export function instantsOf({ fromOn, toOn }: Period): { readonly from: Date; readonly before: Date } {
  return {
    from: new Date(`${fromOn}T00:00:00+08:00`),
    before: plus(new Date(`${toOn}T00:00:00+08:00`), DAY_MS),
  };
}

/** By then the checkpoint of the month's last day has been signed, if any will be. */
const REST_MS = 2 * HOUR_MS;

/** The latest month that statements are made of. */
export function monthDue(now: Date): string {
  return monthAfter(monthOf(businessDay(plus(now, -REST_MS))), -1);
}

/** The month that these days are; null for any others. */
export function wholeMonth({ fromOn, toOn }: Period): string | null {
  const month = monthOf(fromOn);
  const whole = daysOf(month);
  return whole.fromOn === fromOn && whole.toOn === toOn ? month : null;
}

/** Something has moved since the chain's last statement, or something was there at the end. */
export function isDue(activities: readonly AccountActivity[], lastToOn: string | null): boolean {
  return activities.some(
    ({ lastDay, isEmpty }) => lastDay !== null && (!isEmpty || lastToOn === null || lastDay > lastToOn),
  );
}

export const REASON_MIN = 2;
export const REASON_MAX = 200;
/** A year, and one day of a leap year. */
export const PERIOD_DAYS_MAX = 366;

export type PeriodFault = 'ORDER' | 'OPEN' | 'LONG';

/** Why there is no statement of these days; null where there may be. */
export function faultOfPeriod({ fromOn, toOn }: Period, now: Date): PeriodFault | null {
  if (fromOn > toOn) return 'ORDER';
  if (toOn >= businessDay(now)) return 'OPEN';
  return dayAfter(fromOn, PERIOD_DAYS_MAX) <= toOn ? 'LONG' : null;
}

type Numbered = Pick<Statement, 'payeeId' | 'fromOn' | 'toOn' | 'month'>;

/** `ST-mer_01J…-202610-1`; other days than a month by their first and last. */
export function numberOf({ payeeId, fromOn, toOn, month }: Numbered, rev: number): string {
  const days = month === null ? `${fromOn}-${toOn.replaceAll('-', '')}` : month;
  return `ST-${payeeId}-${days.replace(/^(\d{4})-(\d{2})(?:-(\d{2}))?/, '$1$2$3')}-${rev}`;
}

/** A month follows the chain's last one; what lies before it was left out for want of anything to say, and stays out of the chain. */
export function kindOfPeriod(month: string | null, lastMonth: string | null): StatementKind {
  return month !== null && (lastMonth === null || month > lastMonth) ? 'MONTHLY' : 'ON_DEMAND';
}

/** As it is written into a file: `-1234.50`. */
export function exactYuan(amount: Fen): string {
  const digits = (amount < 0n ? 0n - amount : amount).toString().padStart(3, '0');
  return `${amount < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** As people read it: `-1,234.50`. */
export function readableYuan(amount: Fen): string {
  return exactYuan(amount).replace(/\B(?=(\d{3})+(?=\.))/g, ',');
}
