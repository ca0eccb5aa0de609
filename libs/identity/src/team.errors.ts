import { DomainError } from '#libs/kernel';

/** Somebody has to answer for a merchant. */
export class LastOwnerError extends DomainError {
  readonly code = 'LAST_OWNER';
  readonly message = {
    zh: '至少保留一位负责人，请先邀请另一位负责人',
    en: 'Somebody has to own it; let somebody else own it first.',
  };
}
