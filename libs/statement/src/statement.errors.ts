import { DomainError } from '#libs/kernel';
import { PERIOD_DAYS_MAX, type PeriodFault } from './statement.rules.js';

const PERIOD_FAULTS = {
  ORDER: { zh: '起始日不得晚于截止日', en: 'The first day does not come after the last.' },
  OPEN: {
    zh: '对账单只能截至昨日（上海时间）或更早',
    en: 'A statement ends yesterday (in Shanghai) or earlier.',
  },
  LONG: {
    zh: `对账单最长 ${PERIOD_DAYS_MAX} 天`,
    en: `A statement has at most ${PERIOD_DAYS_MAX} days.`,
  },
} as const satisfies Record<PeriodFault, object>;

/** There is no statement of these days. */
export class StatementPeriodError extends DomainError {
  readonly code = 'STATEMENT_PERIOD';
  readonly message;

  constructor(fault: PeriodFault) {
    super();
    this.message = PERIOD_FAULTS[fault];
  }
}

/** An edition follows one that has been issued. */
export class StatementNotIssuedError extends DomainError {
  readonly code = 'STATEMENT_NOT_ISSUED';
  readonly message;

  constructor(readonly number: string) {
    super();
    this.message = {
      zh: `对账单 ${number} 尚未出具，不能重新出具`,
      en: `The statement ${number} has not been issued yet; there is nothing to issue again.`,
    };
  }
}
