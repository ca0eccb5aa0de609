import { DomainError } from '#libs/kernel';
import type { ReceivableActState } from './receivable-act.entity.js';

const STATE_ZH: Record<ReceivableActState, string> = {
  REQUESTED: '待复核',
  POSTED: '已入账',
  REJECTED: '已驳回',
  WITHDRAWN: '已撤回',
};

/** It has been decided, or taken back. */
export class ReceivableActStateError extends DomainError {
  readonly code = 'RECEIVABLE_ACT_STATE';
  readonly message;

  constructor(readonly actState: ReceivableActState) {
    super();
    this.message = {
      zh: `该事项${STATE_ZH[actState]}`,
      en: `This is ${actState.toLowerCase()}.`,
    };
  }
}

/** The bank's number stands on another payback already. */
export class PaybackReferenceUsedError extends DomainError {
  readonly code = 'PAYBACK_REFERENCE_USED';
  readonly message;

  constructor(readonly reference: string) {
    super();
    this.message = {
      zh: `流水号 ${reference} 已用于另一笔退回`,
      en: `The reference ${reference} stands on another payback already.`,
    };
  }
}

/** Nothing is owed for the order any more, or the receipt is reversed already. */
export class NothingToActOnError extends DomainError {
  readonly code = 'NOTHING_TO_ACT_ON';
  readonly message = {
    zh: '该订单已无未付款，或该收款已冲销',
    en: 'Nothing is owed for the order any more, or the receipt is reversed already.',
  };
}
