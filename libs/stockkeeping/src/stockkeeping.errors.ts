import { DomainError, type Message } from '#libs/kernel';
import type { StockWriteOffState } from './stock-write-off.entity.js';

/** Something else was said under this key. */
export class StockKeyReusedError extends DomainError {
  readonly code = 'STOCK_KEY_REUSED';
  readonly message = {
    zh: '该单号已用于另一次操作，请换一个单号',
    en: 'Something else was said under this key; choose a new one.',
  };
}

const WRITE_OFF_STATES: Record<StockWriteOffState, Message> = {
  REQUESTED: { zh: '该报损单待复核', en: 'This write-off waits for a second person.' },
  BOOKED: { zh: '该报损单已入账', en: 'This write-off is booked.' },
  REJECTED: {
    zh: '该报损单已驳回，货已退回原处，如有需要请重新登记',
    en: 'This write-off was rejected and the goods are back; ask anew if need be.',
  },
  WITHDRAWN: {
    zh: '该报损单已撤回，货已退回原处，如有需要请重新登记',
    en: 'This write-off was withdrawn and the goods are back; ask anew if need be.',
  },
};

/** It has been decided, or taken back. */
export class StockWriteOffStateError extends DomainError {
  readonly code = 'STOCK_WRITE_OFF_STATE';
  readonly message;

  constructor(readonly writeOffState: StockWriteOffState) {
    super();
    this.message = WRITE_OFF_STATES[writeOffState];
  }
}
