import { DomainError, type Message } from '#libs/kernel';
import type { StockCountState } from './stock-count.entity.js';
import type { StockTransferState } from './stock-transfer.entity.js';
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

const TRANSFER_STATES: Record<StockTransferState, Message> = {
  DRAFT: { zh: '该调拨单还没有发出，请先发出', en: 'This transfer has not been sent; send it first.' },
  SENT: { zh: '该调拨单已经发出，在途', en: 'This transfer is on its way.' },
  RECEIVED: { zh: '该调拨单已经收齐', en: 'Nothing of this transfer is on its way any more.' },
  CANCELLED: { zh: '该调拨单已取消', en: 'This transfer was called off.' },
};

/** What is wanted does not go with how it stands. */
export class StockTransferStateError extends DomainError {
  readonly code = 'STOCK_TRANSFER_STATE';
  readonly message;

  constructor(readonly transferState: StockTransferState) {
    super();
    this.message = TRANSFER_STATES[transferState];
  }
}

/** Of goods on their way some wait for a second person to write them off. */
export class StockTransferWaitsError extends DomainError {
  readonly code = 'STOCK_TRANSFER_WAITS';
  readonly message = {
    zh: '有在途的货正等待报损复核，请先复核或撤回报损',
    en: 'Some of it waits to be written off; have that decided or withdraw it first.',
  };
}

const COUNT_STATES: Record<StockCountState, Message> = {
  OPEN: { zh: '该盘点正在进行，请先提交', en: 'This count goes on; hand it in first.' },
  REQUESTED: { zh: '该盘点已提交，待复核', en: 'This count was handed in and waits for a second person.' },
  POSTED: {
    zh: '该盘点已入账，如有不符请重新盘点',
    en: 'This count is booked; count again if something is wrong.',
  },
  DISCARDED: { zh: '该盘点已作废，请重新盘点', en: 'This count was given up; begin another one.' },
};

/** What is wanted does not go with how it stands. */
export class StockCountStateError extends DomainError {
  readonly code = 'STOCK_COUNT_STATE';
  readonly message;

  constructor(readonly countState: StockCountState) {
    super();
    this.message = COUNT_STATES[countState];
  }
}
