import { DomainError } from '#libs/kernel';

/** Whoever asks has proved that the other account is theirs as well. */
export class PhoneTakenError extends DomainError {
  readonly code = 'PHONE_TAKEN';
  readonly message = {
    zh: '该手机号已有账号，请登录该账号，或先注销它',
    en: 'There is an account with that phone; sign in to it, or delete it first.',
  };
}
