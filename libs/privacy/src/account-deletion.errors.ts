import { DomainError } from '#libs/kernel';
import type { OpenMatter } from './open-matter.reader.js';

/** Somebody still owes, is owed, or answers for something. */
export class AccountNotDeletableError extends DomainError {
  readonly code = 'ACCOUNT_NOT_DELETABLE';
  readonly message = {
    zh: '账号还有未了结的事项，请先处理完毕再申请注销',
    en: 'Something is still open in this account; bring it to its end first.',
  };

  constructor(readonly matters: readonly OpenMatter[]) {
    super();
  }
}
