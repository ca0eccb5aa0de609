import { DomainError } from '#libs/kernel';
import type { PromotionState } from './promotion.entity.js';

const STATE_ZH: Record<PromotionState, string> = {
  PROPOSED: '待复核',
  PUBLISHED: '已发布',
  REJECTED: '已驳回',
  WITHDRAWN: '已撤回',
  ENDED: '已结束',
};

/** It has been decided, taken back or ended. */
export class PromotionStateError extends DomainError {
  readonly code = 'PROMOTION_STATE';
  readonly message;

  constructor(readonly promotionState: PromotionState) {
    super();
    this.message = {
      zh: `该活动${STATE_ZH[promotionState]}`,
      en: `The promotion is ${promotionState.toLowerCase()}.`,
    };
  }
}

/** The key has made another promotion already. */
export class PromotionKeyUsedError extends DomainError {
  readonly code = 'PROMOTION_KEY_USED';
  readonly message = {
    zh: '该请求编号已用于另一个活动',
    en: 'This idempotency key has already made another promotion.',
  };
}

/** A merchant has as many promotions at once as one may have. */
export class PromotionsFullError extends DomainError {
  readonly code = 'PROMOTIONS_FULL';
  readonly message;

  constructor(readonly openMax: number) {
    super();
    this.message = {
      zh: `同时进行的活动最多 ${openMax} 个，请先结束不用的活动`,
      en: `A merchant has at most ${openMax} promotions at once; end one that is no longer needed.`,
    };
  }
}
