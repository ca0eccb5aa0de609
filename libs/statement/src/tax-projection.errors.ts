import { DomainError } from '#libs/kernel';

/** Statements of the quarter are still to be made. */
export class TaxQuarterOpenError extends DomainError {
  readonly code = 'TAX_QUARTER_OPEN';
  readonly message = {
    zh: '该季度的对账单尚未全部核对完成，不能导出',
    en: 'Not all statements of the quarter have been checked yet; there is nothing to take out.',
  };
}

/** What statements show of the quarter is not what the books moved. */
export class TaxDifferenceError extends DomainError {
  readonly code = 'TAX_DIFFERENCE';
  readonly message;

  constructor(
    readonly payeeId: string,
    readonly account: string,
    readonly differenceFen: bigint,
  ) {
    super();
    this.message = {
      zh: `${payeeId} 的账户 ${account} 与账簿相差 ${differenceFen} 分，不能导出`,
      en: `The books and the statements of ${payeeId} differ by ${differenceFen} fen in ${account}; nothing is taken out.`,
    };
  }
}
