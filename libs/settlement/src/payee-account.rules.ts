import {
  type BankDetails,
  InvalidInputError,
  type InvalidField,
  bankDetailFaults,
  isId,
  plainBankDetails,
} from '#libs/kernel';
import type { PaidKind, PayoutMethod } from './payee-account.entity.js';

export interface Payee {
  readonly kind: PaidKind;
  readonly id: string;
}

/** What somebody says about an account; for STRIPE its number is the id of the connected account. */
export interface AccountDetails extends BankDetails {
  readonly method: PayoutMethod;
}

const STRIPE_ACCOUNT = /^acct_[A-Za-z0-9]{8,40}$/;
const KEY = /^[\x21-\x7e]{1,80}$/;

const FAULTS = {
  stripeAccount: {
    zh: 'Stripe 账户以 acct_ 开头',
    en: 'The account at Stripe begins with acct_.',
  },
  idempotencyKey: { zh: '幂等键须为 1 到 80 个可见字符', en: 'The key has 1 to 80 visible characters.' },
  payeeId: { zh: '收款方无效', en: 'There is no such kind of payee.' },
  evidence: { zh: '须注明核验依据（2 到 200 字）', en: 'Say what was looked at, in 2 to 200 letters.' },
  reason: { zh: '须注明原因（2 到 200 字）', en: 'Say why, in 2 to 200 letters.' },
} as const;

export function invalid(path: string, fault: keyof typeof FAULTS): InvalidField {
  return { path, message: FAULTS[fault] };
}

export function plainDetails({ method, ...details }: AccountDetails): AccountDetails {
  return { method, ...plainBankDetails(details) };
}

export function refuseDetails(details: AccountDetails, idempotencyKey: string): InvalidInputError | null {
  const isConnected = STRIPE_ACCOUNT.test(details.accountNumber);
  const faults = bankDetailFaults(details);
  const fields =
    details.method === 'BANK'
      ? faults
      : [
          ...faults.filter(({ path }) => path !== 'accountNumber'),
          ...(isConnected ? [] : [invalid('accountNumber', 'stripeAccount')]),
        ];
  if (!KEY.test(idempotencyKey)) fields.push(invalid('idempotencyKey', 'idempotencyKey'));
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
