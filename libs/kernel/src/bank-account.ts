import type { InvalidField } from './domain-error.js';

/** What somebody says of an account at a bank. */
export interface BankDetails {
  readonly accountName: string;
  readonly bankName: string;
  /** The bank's CNAPS number; null where it is not known. */
  readonly bankCode: string | null;
  /** Digits, as many as people write them in groups. */
  readonly accountNumber: string;
}

/** Letters of any script, digits and what stands in names of people and firms. Nothing that a spreadsheet would take for a formula. */
const NAME = /^[\p{L}\p{N}][\p{L}\p{N}\p{M} ·.()（）\-&、]{1,119}$/u;

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
  accountNumber: { zh: '银行账号须为 8 到 32 位数字', en: 'The number has 8 to 32 digits.' },
} as const;

/** Full-width digits, spaces and hyphens are how people write numbers down. */
export function plainBankDetails({
  accountName,
  bankName,
  bankCode,
  accountNumber,
}: BankDetails): BankDetails {
  const tidy = (text: string) => text.normalize('NFKC').trim().replace(/\s+/g, ' ');
  return {
    accountName: tidy(accountName),
    bankName: tidy(bankName),
    bankCode: bankCode ? tidy(bankCode) : null,
    accountNumber: accountNumber.normalize('NFKC').replace(/[\s-]/g, ''),
  };
}

/** Everything that is wrong with what is plain, in the order in which a page asks for it. */
export function bankDetailFaults(details: BankDetails): InvalidField[] {
  const isGood = {
    accountName: NAME.test(details.accountName),
    bankName: NAME.test(details.bankName),
    bankCode: details.bankCode === null || /^\d{12}$/.test(details.bankCode),
    accountNumber: /^\d{8,32}$/.test(details.accountNumber),
  };
  const paths = Object.keys(FAULTS) as (keyof typeof FAULTS)[];
  return paths.filter((path) => !isGood[path]).map((path) => ({ path, message: FAULTS[path] }));
}

/** All that anybody is shown of a number. */
export function lastFourOf(accountNumber: string): string {
  return accountNumber.slice(-4);
}
