import { DomainError } from '#libs/kernel';

/** Unknown, expired, revoked or used twice: all the same to whoever presents it. */
export class SessionExpiredError extends DomainError {
  readonly code = 'SESSION_EXPIRED';
  readonly message = { zh: '登录已过期，请重新登录', en: 'The session has ended; sign in again.' };
}
