import { DomainError } from '#libs/kernel';
import type { PayoutBatchState } from './payout-batch.entity.js';
import type { PayoutState } from './payout.entity.js';

/** Banks rest, and so do payouts. */
export class NotAWorkingDayError extends DomainError {
  readonly code = 'NOT_A_WORKING_DAY';
  readonly message;

  constructor(
    readonly day: string,
    readonly nextOn: string,
  ) {
    super();
    this.message = {
      zh: `${day} 不是工作日，下一个付款日为 ${nextOn}`,
      en: `${day} is not a working day; the next payouts are made on ${nextOn}.`,
    };
  }
}

/** No payout waits for a batch. */
export class NothingToPayOutError extends DomainError {
  readonly code = 'NOTHING_TO_PAY_OUT';
  readonly message = {
    zh: '没有待组批的付款',
    en: 'No payout is waiting for a batch.',
  };
}

const PAYOUT_STATE_ZH: Record<PayoutState, string> = {
  PLANNED: '待组批',
  BATCHED: '已组批',
  SENT: '已发出，结果未知',
  PAID: '已到账',
  REJECTED: '已被拒付',
  RETURNED: '已退回',
  CANCELLED: '已取消',
};

export class PayoutStateError extends DomainError {
  readonly code = 'PAYOUT_STATE';
  readonly message;

  constructor(readonly payoutState: PayoutState) {
    super();
    this.message = {
      zh: `该笔付款${PAYOUT_STATE_ZH[payoutState]}，不能执行此操作`,
      en: `The payout is ${payoutState.toLowerCase()}; this cannot be done with it.`,
    };
  }
}

const BATCH_STATE_ZH: Record<PayoutBatchState, string> = {
  AWAITING_APPROVAL: '待复核',
  APPROVED: '已复核',
  REJECTED: '已驳回',
  EXPORTED: '已导出',
  SENDING: '转账中',
  VOID_REQUESTED: '待复核作废',
  VOIDED: '已作废',
  CLOSED: '已完结',
};

export class PayoutBatchStateError extends DomainError {
  readonly code = 'PAYOUT_BATCH_STATE';
  readonly message;

  constructor(readonly batchState: PayoutBatchState) {
    super();
    this.message = {
      zh: `该批次${BATCH_STATE_ZH[batchState]}，不能执行此操作`,
      en: `The batch is ${batchState.toLowerCase().replaceAll('_', ' ')}; this cannot be done with it.`,
    };
  }
}

/** An account was replaced or blocked after the batch was made: its money must not go there. */
export class PayoutAccountChangedError extends DomainError {
  readonly code = 'PAYOUT_ACCOUNT_CHANGED';
  readonly message;

  constructor(readonly payoutIds: readonly string[]) {
    super();
    this.message = {
      zh: `有 ${payoutIds.length} 笔付款的收款账户已变更或停用，请作废本批次后重新组批`,
      en: `The accounts of ${payoutIds.length} payouts have been changed or blocked; void the batch and make another.`,
    };
  }
}

/** The bank has answered for some of it, so the file is at work. */
export class PayoutBatchAnsweredError extends DomainError {
  readonly code = 'PAYOUT_BATCH_ANSWERED';
  readonly message = {
    zh: '银行已对该批次作出回应，不能作废',
    en: 'The bank has answered for this batch already; it cannot be voided.',
  };
}

/** The money may have moved, or may still move. */
export class PayoutStillPossibleError extends DomainError {
  readonly code = 'PAYOUT_STILL_POSSIBLE';
  readonly message = {
    zh: '尚不能证明该笔转账没有发生：须在最后一次请求满 24 小时后，且支付机构查无此笔',
    en: 'It is not proven that this transfer has not happened: a day must have passed since it was last asked for, and the provider must have none.',
  };
}
