import { DomainError } from '#libs/kernel';
import type { BankRefundState } from './bank-refund.entity.js';

/** It is not where this act begins; or, approved, the books have not set its money aside yet. */
export class BankRefundNotReadyError extends DomainError {
  readonly code = 'BANK_REFUND_NOT_READY';
  readonly message;

  constructor(readonly state: BankRefundState) {
    super();
    this.message = {
      zh: `该笔银行退款当前状态（${state}）不能执行此操作`,
      en: `This bank refund is ${state.toLowerCase()}; that cannot be done with it now.`,
    };
  }
}

/** The bank's number belongs to another refund already. */
export class BankRefUsedError extends DomainError {
  readonly code = 'BANK_REF_USED';
  readonly message = {
    zh: '该银行流水号已用于另一笔退款',
    en: "This bank's number has already confirmed another refund.",
  };
}
