import { DomainError } from '#libs/kernel';
import type { PayoutPolicyChangeState } from './payout-policy.entity.js';

/** It would hold for payouts that may have been made, or so late that it must be a slip. */
export class PolicyNotFutureError extends DomainError {
  readonly code = 'POLICY_NOT_FUTURE';
  readonly message;

  constructor(
    readonly earliestOn: string,
    readonly latestOn: string,
  ) {
    super();
    this.message = {
      zh: `生效日须在 ${earliestOn} 与 ${latestOn} 之间，不得追溯`,
      en: `It takes effect between ${earliestOn} and ${latestOn}, never for the past.`,
    };
  }
}

const STATE_ZH: Record<PayoutPolicyChangeState, string> = {
  PROPOSED: '待复核',
  APPROVED: '已批准',
  REJECTED: '已驳回',
  WITHDRAWN: '已撤回',
};

/** It has been decided, or taken back. */
export class PolicyChangeStateError extends DomainError {
  readonly code = 'POLICY_CHANGE_STATE';
  readonly message;

  constructor(readonly changeState: PayoutPolicyChangeState) {
    super();
    this.message = {
      zh: `该项调整${STATE_ZH[changeState]}`,
      en: `The change is ${changeState.toLowerCase()}.`,
    };
  }
}
