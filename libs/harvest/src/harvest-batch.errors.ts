import { DomainError, type Message } from '#libs/kernel';
import type { HarvestReviewState } from './harvest-batch.entity.js';

/** Something else was registered or brought under this key. */
export class HarvestKeyUsedError extends DomainError {
  readonly code = 'HARVEST_KEY_USED';
  readonly message = {
    zh: '该请求编号已用于别的批次或报告，请刷新后重试',
    en: 'This key has been used for another batch or report; reload and try again.',
  };
}

/** What is closed, or came without a registration, has no weight to be corrected. */
export class HarvestClosedError extends DomainError {
  readonly code = 'HARVEST_CLOSED';
  readonly message = {
    zh: '这一批已收完，不能再改；还要收货请另外登记一批',
    en: 'This batch is closed and can no longer be changed; register another one for what is still to come.',
  };
}

const REVIEWS: Readonly<Record<HarvestReviewState, Message>> = {
  NONE: {
    zh: '这一批没有超出产能，不需要审核',
    en: 'This batch is within its village’s capacity; nobody has to look at it.',
  },
  WAITING: { zh: '这一批在等审核', en: 'This batch waits to be looked at.' },
  RELEASED: { zh: '这一批已放行', en: 'This batch has been released.' },
  REFUSED: { zh: '这一批已不予放行', en: 'This batch has been refused.' },
};

/** What was decided does not fit what has become of it. */
export class HarvestReviewStateError extends DomainError {
  readonly code = 'HARVEST_REVIEW_STATE';
  readonly message: Message;

  constructor(readonly reviewState: HarvestReviewState) {
    super();
    this.message = REVIEWS[reviewState];
  }
}

/** Nobody decides on what they, or a merchant they work for, have registered. */
export class OwnHarvestError extends DomainError {
  readonly code = 'OWN_HARVEST';
  readonly message = {
    zh: '登记人和该商家的人员不得审核，请由其他人员办理',
    en: 'Whoever registered it, or works for its merchant, does not decide on it; somebody else has to.',
  };
}
