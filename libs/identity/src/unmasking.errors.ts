import { DomainError } from '#libs/kernel';

/** Whoever needs more in a day is copying a register. */
export class UnmaskLimitError extends DomainError {
  readonly code = 'UNMASK_LIMIT';
  readonly message;

  constructor(readonly limit: number) {
    super();
    this.message = {
      zh: `每人每天最多查看 ${limit} 条完整信息，今日已达上限`,
      en: `Nobody is shown more than ${limit} records in plain a day; today's are used up.`,
    };
  }
}
