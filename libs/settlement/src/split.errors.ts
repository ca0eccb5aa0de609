import { DomainError, type Fen, yuanText } from '#libs/kernel';
import type { RuleState } from './split-rule.entity.js';

/** More would go back than is left of what was paid. */
export class RefundExceedsRemainderError extends DomainError {
  readonly code = 'REFUND_EXCEEDS_REMAINDER';
  readonly message;

  constructor(
    readonly refundFen: Fen,
    readonly remainderFen: Fen,
  ) {
    super();
    this.message = {
      zh: `退款 ${yuanText(refundFen)} 超出可退余额 ${yuanText(remainderFen)}，或不是正数`,
      en: `A refund of ${yuanText(refundFen)} is not between one fen and the ${yuanText(remainderFen)} that are left.`,
    };
  }
}

/** Basis points that do not make the whole, or are negative. */
export class SplitRuleNotWholeError extends DomainError {
  readonly code = 'SPLIT_RULE_NOT_WHOLE';
  readonly message;

  constructor(readonly totalBps: number) {
    super();
    this.message = {
      zh: `分账比例须均不为负且合计 10000 个基点，现为 ${totalBps}`,
      en: `Shares must not be negative and must make 10,000 basis points together, not ${totalBps}.`,
    };
  }
}

/** It would hold for sales that have been made, or so late that it must be a slip. */
export class RuleNotFutureError extends DomainError {
  readonly code = 'RULE_NOT_FUTURE';
  readonly message;

  constructor(
    readonly earliestAt: Date,
    readonly latestAt: Date,
  ) {
    super();
    this.message = {
      zh: `生效时间须在 ${earliestAt.toISOString()} 与 ${latestAt.toISOString()} 之间，不得追溯`,
      en: `A rule takes effect between ${earliestAt.toISOString()} and ${latestAt.toISOString()}, never for the past.`,
    };
  }
}

const STATE_ZH: Record<RuleState, string> = {
  DRAFT: '草稿',
  PROPOSED: '待审批',
  PUBLISHED: '已发布',
  REJECTED: '已驳回',
  WITHDRAWN: '已撤回',
};

/** The rule is not where this act begins. */
export class RuleStateError extends DomainError {
  readonly code = 'RULE_STATE';
  readonly message;

  constructor(readonly ruleState: RuleState) {
    super();
    this.message = {
      zh: `该规则${STATE_ZH[ruleState]}，不能进行此操作`,
      en: `The rule is ${ruleState.toLowerCase()}; this cannot be done to it.`,
    };
  }
}

/** A payment provider in use does not let so much go to others than the seller. */
export class SplitCapExceededError extends DomainError {
  readonly code = 'SPLIT_CAP_EXCEEDED';
  readonly message;

  constructor(
    readonly provider: string,
    readonly nonSellerBps: number,
    readonly maxBps: number,
  ) {
    super();
    this.message = {
      zh: `${provider} 允许分给商家以外各方的比例至多 ${maxBps} 个基点，现为 ${nonSellerBps}`,
      en: `${provider} lets at most ${maxBps} basis points go to others than the seller, not ${nonSellerBps}.`,
    };
  }
}

/** This key has drafted something else. */
export class RuleKeyReusedError extends DomainError {
  readonly code = 'RULE_KEY_REUSED';
  readonly message = {
    zh: '该请求编号已用于另一条规则',
    en: 'This idempotency key has drafted another rule already.',
  };
}
