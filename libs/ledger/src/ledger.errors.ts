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

/** Nothing leaves a frozen account, and a closed one takes nothing either. */
export class AccountNotOpenError extends DomainError {
  readonly code = 'ACCOUNT_NOT_OPEN';
  readonly message;

  constructor(readonly accountCode: string) {
    super();
    this.message = {
      zh: `账户 ${accountCode} 已冻结（只收不付）或关闭`,
      en: `The account ${accountCode} is frozen, so that nothing leaves it, or closed.`,
    };
  }
}

/** Nothing takes effect before it has happened. */
export class EffectiveInFutureError extends DomainError {
  readonly code = 'EFFECTIVE_IN_FUTURE';
  readonly message;

  constructor(
    readonly idempotencyKey: string,
    readonly effectiveAt: Date,
  ) {
    super();
    this.message = {
      zh: `凭证 ${idempotencyKey} 的生效时间 ${effectiveAt.toISOString()} 尚未到来`,
      en: `${idempotencyKey} would take effect at ${effectiveAt.toISOString()}, which has not come yet.`,
    };
  }
}

export type LedgerRefusal =
  | IdempotencyConflictError
  | InsufficientBalanceError
  | AccountNotOpenError
  | EffectiveInFutureError;

/** What was set aside has been posted already. */
export class AlreadyPostedError extends DomainError {
  readonly code = 'ALREADY_POSTED';
  readonly message;

  constructor(readonly pendingKey: string) {
    super();
    this.message = {
      zh: `预留凭证 ${pendingKey} 已经入账`,
      en: `What ${pendingKey} set aside has already been posted.`,
    };
  }
}

/** What was set aside has been released already. */
export class AlreadyVoidedError extends DomainError {
  readonly code = 'ALREADY_VOIDED';
  readonly message;

  constructor(readonly pendingKey: string) {
    super();
    this.message = {
      zh: `预留凭证 ${pendingKey} 已经撤销`,
      en: `What ${pendingKey} set aside has already been released.`,
    };
  }
}

/** What was set aside has expired. */
export class PendingExpiredError extends DomainError {
  readonly code = 'EXPIRED';
  readonly message;

  constructor(readonly pendingKey: string) {
    super();
    this.message = {
      zh: `预留凭证 ${pendingKey} 已过期`,
      en: `What ${pendingKey} set aside has expired.`,
    };
  }
}

/** More should be posted than was set aside. */
export class ExceedsPendingError extends DomainError {
  readonly code = 'EXCEEDS_PENDING';
  readonly message;

  constructor(
    readonly pendingKey: string,
    readonly pendingFen: Fen,
  ) {
    super();
    this.message = {
      zh: `预留凭证 ${pendingKey} 只有 ${yuanText(pendingFen)}`,
      en: `${pendingKey} has set aside ${yuanText(pendingFen)} and no more.`,
    };
  }
}

/** All reversals together would exceed what was moved. */
export class ExceedsOriginalError extends DomainError {
  readonly code = 'EXCEEDS_ORIGINAL';
  readonly message;

  constructor(
    readonly originalKey: string,
    readonly leftFen: Fen,
  ) {
    super();
    this.message = {
      zh: `凭证 ${originalKey} 至多还可冲销 ${yuanText(leftFen)}`,
      en: `Of ${originalKey}, ${yuanText(leftFen)} is left to be taken back.`,
    };
  }
}

/** Everybody's money passes through the account, so it is never frozen or closed. */
export class AccountAlwaysOpenError extends DomainError {
  readonly code = 'ACCOUNT_ALWAYS_OPEN';
  readonly message;

  constructor(readonly accountCode: string) {
    super();
    this.message = {
      zh: `系统账户 ${accountCode} 不可冻结或关闭`,
      en: `The system account ${accountCode} is never frozen or closed.`,
    };
  }
}

/** Only an account at zero, with nothing set aside, is closed. */
export class AccountNotEmptyError extends DomainError {
  readonly code = 'ACCOUNT_NOT_EMPTY';
  readonly message;

  constructor(readonly accountCode: string) {
    super();
    this.message = {
      zh: `账户 ${accountCode} 仍有余额或预留，不可关闭`,
      en: `The account ${accountCode} is not at zero, or has something set aside.`,
    };
  }
}

/** A closed account stays closed. */
export class AccountClosedError extends DomainError {
  readonly code = 'ACCOUNT_CLOSED';
  readonly message;

  constructor(readonly accountCode: string) {
    super();
    this.message = {
      zh: `账户 ${accountCode} 已关闭`,
      en: `The account ${accountCode} has been closed for good.`,
    };
  }
}

export type ResolveRefusal =
  | LedgerRefusal
  | AlreadyPostedError
  | AlreadyVoidedError
  | PendingExpiredError
  | ExceedsPendingError;

/** For those who act on facts: nobody is there to be refused, so a refusal is a mistake of ours and throws. */
export function posted<T>(result: T | ResolveRefusal | ExceedsOriginalError): T {
  if (!(result instanceof DomainError)) return result;
  throw new Error(`The ledger refused with ${result.code}: ${result.message.en}`);
}
