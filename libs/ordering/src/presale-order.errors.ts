import { DomainError, type Message } from '#libs/kernel';
import type { DelayNoticeState } from './presale-order.entity.js';

/** What is presold is ordered by itself: it is paid for and sent in its own time. */
export class PresaleAloneError extends DomainError {
  readonly code = 'PRESALE_ALONE';
  readonly message = {
    zh: '预售商品须单独下单，且一单只含同一期预售',
    en: 'What is presold is ordered by itself, and only what is of one presale together.',
  };

  /** What is presold of the order, by presale. */
  constructor(readonly variantIds: readonly string[]) {
    super();
  }
}

const ANSWERED: Record<Exclude<DelayNoticeState, 'OPEN'>, Message> = {
  KEPT: {
    zh: '已选择继续等待；发货前仍可取消订单',
    en: 'It is being waited for; the order can still be called off until it is sent.',
  },
  REFUNDED: { zh: '已选择退款', en: 'It is being given back.' },
  MOOT: { zh: '该通知已失效，请查看订单', en: 'This question is no longer open; look at the order.' },
};

/** It has been answered otherwise, or there is nothing left to answer. */
export class DelayNoticeClosedError extends DomainError {
  readonly code = 'DELAY_NOTICE_CLOSED';
  readonly message;

  constructor(readonly state: Exclude<DelayNoticeState, 'OPEN'>) {
    super();
    this.message = ANSWERED[state];
  }
}
