import { InvalidInputError, type InvalidField, isId } from '#libs/kernel';
import type { PaidKind, PayoutMethod } from './payee-account.entity.js';

export interface Payee {
  readonly kind: PaidKind;
  readonly id: string;
}

/** What somebody says about an account. */
export interface AccountDetails {
  readonly method: PayoutMethod;
  readonly accountName: string;
  readonly bankName: string;
  readonly bankCode: string | null;
  /** Digits, as many as people write them in groups; for STRIPE the id of the connected account. */
  readonly accountNumber: string;
}

/** Letters of any script, digits and what stands in names of people and firms. Nothing that a spreadsheet would take for a formula. */
const NAME = /^[\p{L}\p{N}][\p{L}\p{N}\p{M} ·.()（）\-&、]{1,119}$/u;
const NUMBER: Readonly<Record<PayoutMethod, RegExp>> = {
  BANK: /^\d{8,32}$/,
  STRIPE: /^acct_[A-Za-z0-9]{8,40}$/,
};
const KEY = /^[\x21-\x7e]{1,80}$/;

const FAULTS = {
  accountName: {
    zh: '户名须为 2 到 120 个字，不含特殊符号',
    en: 'The name has 2 to 120 letters and no special signs.',
  },
  bankName: {
    zh: '开户行须为 2 到 120 个字，不含特殊符号',
    en: 'The bank has 2 to 120 letters and no special signs.',
  },
  bankCode: { zh: '联行号须为 12 位数字', en: 'The CNAPS number has 12 digits.' },
  accountNumber: {
    zh: '银行账号须为 8 到 32 位数字；Stripe 账户以 acct_ 开头',
    en: 'The number has 8 to 32 digits; that of Stripe begins with acct_.',
  },
  idempotencyKey: { zh: '幂等键须为 1 到 80 个可见字符', en: 'The key has 1 to 80 visible characters.' },
  payeeId: { zh: '收款方无效', en: 'There is no such kind of payee.' },
  evidence: { zh: '须注明核验依据（2 到 200 字）', en: 'Say what was looked at, in 2 to 200 letters.' },
  reason: { zh: '须注明原因（2 到 200 字）', en: 'Say why, in 2 to 200 letters.' },
} as const;

export function invalid(path: string, fault: keyof typeof FAULTS): InvalidField {
  return { path, message: FAULTS[fault] };
}

/** Full-width digits, spaces and hyphens are how people write numbers down. */
export function plainDetails(details: AccountDetails): AccountDetails {
  const tidy = (text: string) => text.normalize('NFKC').trim().replace(/\s+/g, ' ');
  return {
    method: details.method,
    accountName: tidy(details.accountName),
    bankName: tidy(details.bankName),
    bankCode: details.bankCode ? tidy(details.bankCode) : null,
    accountNumber: details.accountNumber.normalize('NFKC').replace(/[\s-]/g, ''),
  };
}

export function refuseDetails(details: AccountDetails, idempotencyKey: string): InvalidInputError | null {
  const checks: readonly (readonly [keyof typeof FAULTS, boolean])[] = [
    ['accountName', NAME.test(details.accountName)],
    ['bankName', NAME.test(details.bankName)],
    ['bankCode', details.bankCode === null || /^\d{12}$/.test(details.bankCode)],
    ['accountNumber', NUMBER[details.method].test(details.accountNumber)],
    ['idempotencyKey', KEY.test(idempotencyKey)],
  ];
  const fields = checks.filter(([, isGood]) => !isGood).map(([name]) => invalid(name, name));
  return fields.length > 0 ? new InvalidInputError(fields) : null;
}

/** For what people write beside an act. */
export function refuseNote(field: 'evidence' | 'reason', text: string): InvalidInputError | null {
  const { length } = text.trim();
  return length >= 2 && length <= 200 ? null : new InvalidInputError([invalid(field, field)]);
}

export function refuseKey(idempotencyKey: string): InvalidInputError | null {
  return KEY.test(idempotencyKey)
    ? null
    : new InvalidInputError([invalid('idempotencyKey', 'idempotencyKey')]);
}

/** Null for what is no payee of ours: a pool, or a fund of nowhere. */
export function payeeOf(id: string): Payee | null {
  if (isId('mer', id)) return { kind: 'MERCHANT', id };
  if (isId('hhd', id)) return { kind: 'HOUSEHOLD', id };
  if (isId('chp', id)) return { kind: 'OPERATOR', id };
  return /^\d{6}$/.test(id) ? { kind: 'FUND', id } : null;
}

/** For screens that show other people's names: 炎陵县平乐…合作社 becomes 炎**, and so does a person. */
export function maskName(name: string): string {
  return `${Array.from(name)[0] ?? ''}**`;
}

export function lastFourOf(accountNumber: string): string {
  return accountNumber.slice(-4);
}
