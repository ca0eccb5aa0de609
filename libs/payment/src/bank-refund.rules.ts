import { type Fen, InvalidInputError, type InvalidField } from '#libs/kernel';

/** As the buyer has named it, for this refund alone. */
export interface BuyerAccount {
  readonly holderName: string;
  readonly bankName: string;
  readonly accountNumber: string;
}

/** What finance takes to the bank. */
export interface BankInstruction extends BuyerAccount {
  readonly refundId: string;
  readonly amountFen: Fen;
  /** What the buyer reads on their statement. */
  readonly remark: string;
}

/** Letters of any script, digits and what stands in names of people and firms; nothing that a spreadsheet would take for a formula. */
const NAME = /^[\p{L}\p{N}][\p{L}\p{N}\p{M} ·.()（）\-&、]{1,119}$/u;
const NUMBER = /^\d{8,32}$/;

/** Full-width digits, spaces and hyphens are how people write numbers down. */
export function plainAccount({ holderName, bankName, accountNumber }: BuyerAccount): BuyerAccount {
  const tidy = (text: string) => text.normalize('NFKC').trim().replace(/\s+/g, ' ');
  return {
    holderName: tidy(holderName),
    bankName: tidy(bankName),
    accountNumber: accountNumber.normalize('NFKC').replace(/[\s-]/g, ''),
  };
}

export function refuseAccount({
  holderName,
  bankName,
  accountNumber,
}: BuyerAccount): InvalidInputError | null {
  const fields: InvalidField[] = [];
  const check = (isGood: boolean, path: string, zh: string, en: string) => {
    if (!isGood) fields.push({ path: `bankAccount.${path}`, message: { zh, en } });
  };
  check(
    NAME.test(holderName),
    'holderName',
    '户名须为 2 到 120 个字，不含特殊符号',
    'The name has 2 to 120 letters.',
  );
  check(
    NAME.test(bankName),
    'bankName',
    '开户行须为 2 到 120 个字，不含特殊符号',
    'The bank has 2 to 120 letters.',
  );
  check(
    NUMBER.test(accountNumber),
    'accountNumber',
    '银行账号须为 8 到 32 位数字',
    'The number has 8 to 32 digits.',
  );
  return fields.length > 0 ? new InvalidInputError(fields) : null;
}

/** 李女士 becomes 李**. */
export function maskedName(name: string): string {
  return `${Array.from(name)[0] ?? ''}**`;
}

/** The bank's number of the transfer, as it stands on its receipt. */
export function refuseBankRef(bankRef: string): InvalidInputError | null {
  if (/^[\w-]{4,80}$/.test(bankRef)) return null;
  const message = {
    zh: '银行流水号须为 4 到 80 个字母、数字或连字符',
    en: "The bank's number has 4 to 80 letters, digits or hyphens.",
  };
  return new InvalidInputError([{ path: 'bankRef', message }]);
}
