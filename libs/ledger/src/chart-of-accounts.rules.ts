import { assert } from '#libs/kernel';
import type { BalanceMode, LedgerAccountType, LedgerSide } from './ledger-account.entity.js';

/** A merchant, a household, or the operator of a counter, known by the counter. */
export type PayeeId = `mer_${string}` | `hhd_${string}` | `chp_${string}`;

/** Where a payee's money stands: HELD until the after-sale window is over, AVAILABLE from then on. */
export type Standing = 'held' | 'available';

export type AccountCode =
  | 'asset:psp:stripe:cny'
  | `asset:bank:${string}`
  | 'liability:escrow'
  | 'liability:deposit'
  | `liability:${Standing}:${PayeeId}`
  | `liability:${Standing}:fund:${string}`
  | `liability:held:household_pool:${string}`
  | 'liability:deferred_fee'
  | 'liability:refund_payable'
  | 'liability:suspense'
  | 'asset:receivable:dispute'
  | `asset:receivable:clawback:${string}`
  | `asset:receivable:buyer:${string}`
  | `asset:receivable:voucher:${string}`
  | `liability:credit:${string}`
  | 'revenue:platform_fee'
  | 'expense:bad_debt'
  | 'expense:goodwill'
  | 'expense:household_absorption'
  | 'expense:psp_fee'
  | 'expense:subsidy';

export interface AccountNature {
  readonly type: LedgerAccountType;
  readonly normalSide: LedgerSide;
  readonly balanceMode: BalanceMode;
  /** May not fall below zero on its normal side. */
  readonly hasFloor: boolean;
}

const asset: AccountNature = { type: 'asset', normalSide: 'debit', balanceMode: 'DEFERRED', hasFloor: false };
const expense: AccountNature = { ...asset, type: 'expense' };
const liability: AccountNature = {
  type: 'liability',
  normalSide: 'credit',
  balanceMode: 'DEFERRED',
  hasFloor: false,
};
const revenue: AccountNature = { ...liability, type: 'revenue' };
/** Nobody who is owed money is ever put into debt, and their balance is read before every payout. */
const payee: AccountNature = { ...liability, balanceMode: 'LOCKED', hasFloor: true };
/** Read before every credit to its payee, and never paid back twice; likewise what a unit owes for goods. */
const owedByPayee: AccountNature = { ...asset, balanceMode: 'LOCKED', hasFloor: true };

/** Every sale touches the DEFERRED ones; locking them would put all sales into one queue. */
const CHART: readonly (readonly [RegExp, AccountNature])[] = [
  [/^asset:psp:stripe:cny$/, asset],
  [/^asset:bank:[a-z0-9-]{1,40}$/, asset],
  // A deposit is held for its buyer until the rest has come or it goes back: no sale, and nobody's share.
  [/^liability:(escrow|deposit|deferred_fee|refund_payable|suspense)$/, liability],
  [/^liability:(held|available):(mer|hhd|chp)_[0-9A-Za-z]+$/, payee],
  [/^liability:held:fund:(\d{6}|unknown)$/, liability],
  // Paid out like a payee's; only what every sale touches, the held part, is too hot to lock.
  [/^liability:available:fund:(\d{6}|unknown)$/, payee],
  [/^liability:held:household_pool:(\d{6}|unknown)$/, liability],
  [/^asset:receivable:dispute$/, asset],
  // Of households there is none: a code that would put one into debt is on no chart.
  [/^asset:receivable:clawback:((mer|chp)_[0-9A-Za-z]+|fund:(\d{6}|unknown))$/, owedByPayee],
  // Never less than nothing: what a unit pays beyond what it owes stands to its credit.
  [/^asset:receivable:buyer:pru_[0-9A-Za-z]+$/, owedByPayee],
  // Every sale with a voucher touches it. Below nothing where a bureau has paid for what went back afterwards: then we owe it.
  [/^asset:receivable:voucher:\d{6}$/, asset],
  [/^liability:credit:pru_[0-9A-Za-z]+$/, payee],
  [/^revenue:platform_fee$/, revenue],
  [/^expense:(psp_fee|subsidy|goodwill|household_absorption|bad_debt)$/, expense],
];

/** Throws for a code that is not on the chart: an account nobody planned for is a mistake of ours. */
export function natureOf(code: string): AccountNature {
  const found = CHART.find(([pattern]) => pattern.test(code));
  assert(found, `${code} is on the chart of accounts`);
  return found[1];
}

/** The code, if it is on the chart: for what people type. */
export function accountCodeOf(text: string): AccountCode | null {
  return CHART.some(([pattern]) => pattern.test(text)) ? (text as AccountCode) : null;
}

export function payeeAccount(standing: Standing, id: PayeeId): AccountCode {
  return `liability:${standing}:${id}`;
}

/** The county's relief fund; what comes from nowhere known is kept together. */
export function fundAccount(standing: Standing, countyCode: string): AccountCode {
  return `liability:${standing}:fund:${countyCode || 'unknown'}`;
}

/** Households' money for which no household is known yet. It stays held until somebody assigns it. */
export function householdPoolAccount(countyCode: string): AccountCode {
  return `liability:held:household_pool:${countyCode || 'unknown'}`;
}

/** What a procurement unit owes for goods it has signed for. */
export function buyerReceivableAccount(unitId: string): AccountCode {
  return `asset:receivable:buyer:${unitId}`;
}

/** What a procurement unit has paid, or been credited, beyond what it owes. */
export function unitCreditAccount(unitId: string): AccountCode {
  return `liability:credit:${unitId}`;
}

/** What the finance bureau of a division owes for vouchers that were used. */
export function voucherReceivableAccount(divisionCode: string): AccountCode {
  return `asset:receivable:voucher:${divisionCode}`;
}

/** Whose account it is. COUNTER is its operator, DIVISION a fund, a pool or a finance bureau, UNIT whoever buys on account. */
export interface AccountOwner {
  readonly kind: 'MERCHANT' | 'HOUSEHOLD' | 'COUNTER' | 'UNIT' | 'DIVISION';
  readonly id: string;
}

const OWNER_OF = { mer: 'MERCHANT', hhd: 'HOUSEHOLD', chp: 'COUNTER', pru: 'UNIT' } as const;

/** Null for what is everybody's, and for what comes from nowhere known. */
export function accountOwner(code: string): AccountOwner | null {
  const [, id, prefix] = /:((mer|hhd|chp|pru)_[0-9A-Za-z]+)$/.exec(code) ?? [];
  if (id !== undefined) return { kind: OWNER_OF[prefix as keyof typeof OWNER_OF], id };
  const [, division] = /:(?:fund|household_pool|voucher):(\d{6})$/.exec(code) ?? [];
  return division === undefined ? null : { kind: 'DIVISION', id: division };
}
