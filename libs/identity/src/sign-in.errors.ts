import { DomainError } from '#libs/kernel';

export class SignInCodeWrongError extends DomainError {
  readonly code = 'SIGN_IN_CODE_WRONG';
  readonly message;

  /** 0: the code is void, a new one must be requested. */
  constructor(readonly attemptsLeft: number) {
    super();
    this.message =
      attemptsLeft === 0
        ? { zh: '验证码错误次数过多，请重新获取', en: 'The code was wrong too often; request a new one.' }
        : {
            zh: `验证码不正确，还可尝试 ${attemptsLeft} 次`,
            en: `The code is wrong; attempts left: ${attemptsLeft}.`,
          };
  }
}

/** Never requested, too old, used already or void: whoever holds the phone requests a new one. */
export class SignInCodeExpiredError extends DomainError {
  readonly code = 'SIGN_IN_CODE_EXPIRED';
  readonly message = {
    zh: '验证码已失效，请重新获取',
    en: 'The code is no longer valid; request a new one.',
  };
}

export class SignInThrottledError extends DomainError {
  readonly code = 'SIGN_IN_THROTTLED';
  readonly message;

  constructor(readonly retryAfterSeconds: number) {
    super();
    this.message = {
      zh: `操作过于频繁，请在 ${retryAfterSeconds} 秒后重试`,
      en: `Too many attempts; try again in ${retryAfterSeconds} seconds.`,
    };
  }
}

/** Says neither whether the phone is known nor whether it has a password. */
export class CredentialsWrongError extends DomainError {
  readonly code = 'CREDENTIALS_WRONG';
  readonly message = { zh: '手机号或密码不正确', en: 'The phone number or the password is wrong.' };
}
