import { DomainError } from '#libs/kernel';
import type { CloseState } from './month-close.entity.js';

const STATE_ZH: Record<CloseState, string> = {
  OPEN: '未截止',
  CUT_OFF: '已截止',
  IN_REVIEW: '复核中',
  LOCKING: '锁定中',
  LOCKED: '已锁定',
  PUBLISHED: '已公布',
};

/** The month is not where this act begins. */
export class CloseStateError extends DomainError {
  readonly code = 'CLOSE_STATE';
  readonly message;

  constructor(readonly closeState: CloseState) {
    super();
    this.message = {
      zh: `该月${STATE_ZH[closeState]}，不能进行此操作`,
      en: `The month is ${closeState.toLowerCase().replaceAll('_', ' ')}; this act does not begin there.`,
    };
  }
}

/** Feeds are still due. */
export class CloseTooEarlyError extends DomainError {
  readonly code = 'CLOSE_TOO_EARLY';
  readonly message;

  constructor(readonly earliestOn: string) {
    super();
    this.message = {
      zh: `最早可于 ${earliestOn} 截止`,
      en: `It can be cut off on ${earliestOn} at the earliest.`,
    };
  }
}

/** Something has to be put right first; the month's blockers say what. */
export class CloseBlockedError extends DomainError {
  readonly code = 'CLOSE_BLOCKED';
  readonly message = {
    zh: '尚有未处理事项，不能锁定，请先处理',
    en: 'Something still stops the lock; see the blockers of the month.',
  };
}
