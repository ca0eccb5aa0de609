import { DomainError, type Fen, yuanText } from '#libs/kernel';

/** The key has been used for something else. */
export class IdempotencyConflictError extends DomainError {
  readonly code = 'IDEMPOTENCY_CONFLICT';
  readonly message;

  constructor(readonly idempotencyKey: string) {
    super();
    this.message = {
      zh: `幂等键 ${idempotencyKey} 已用于内容不同的凭证`,
      en: `The key ${idempotencyKey} has already been used for other content.`,
    };
  }
}

/** The account holds less than what should leave it. */
export class InsufficientBalanceError extends DomainError {
  readonly code = 'INSUFFICIENT_BALANCE';
  readonly message;

  constructor(
    readonly accountCode: string,
    readonly shortFen: Fen,
  ) {
    super();
    this.message = {
      zh: `账户 ${accountCode} 余额不足，还差 ${yuanText(shortFen)}`,
      en: `The account ${accountCode} is short of ${yuanText(shortFen)}.`,
    };
  }
}

/** Frozen or closed accounts take no transfers. */
export class AccountNotOpenError extends DomainError {
  readonly code = 'ACCOUNT_NOT_OPEN';
  readonly message;

  constructor(readonly accountCode: string) {
    super();
    this.message = {
      zh: `账户 ${accountCode} 已冻结或关闭`,
      en: `The account ${accountCode} is frozen or closed.`,
    };
  }
}

export type LedgerRefusal = IdempotencyConflictError | InsufficientBalanceError | AccountNotOpenError;

/** For those who act on facts: nobody is there to be refused, so a refusal is a mistake of ours and throws. */
export function posted<T>(result: T | LedgerRefusal): T {
  if (!(result instanceof DomainError)) return result;
  throw new Error(`The ledger refused with ${result.code}: ${result.message.en}`);
}
