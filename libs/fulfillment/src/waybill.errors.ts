import { DomainError, type Message } from '#libs/kernel';
import type { WaybillState } from './waybill.entity.js';
import type { Carrier } from './waybill.rules.js';

/** Something else was printed under this key. */
export class PrintKeyUsedError extends DomainError {
  readonly code = 'PRINT_KEY_USED';
  readonly message = {
    zh: '该请求编号已用于另一批打印，请重新选择订单再打印',
    en: 'This key has been used for another print; choose the orders anew.',
  };
}

/** Some of them do not leave by a carrier now. */
export class OrdersNotPrintableError extends DomainError {
  readonly code = 'ORDERS_NOT_PRINTABLE';
  readonly message: Message;

  constructor(readonly merchantOrderIds: readonly string[]) {
    super();
    const { length } = merchantOrderIds;
    this.message = {
      zh: `有 ${length} 单现在不能寄出（未付款、已发完、已取消或自提），请去掉后再打印`,
      en: `${length} of them cannot be sent now (not paid, gone, cancelled or picked up); leave them out.`,
    };
  }
}

/** Some of them have a label of another carrier, which may be on the box already. */
export class OtherWaybillError extends DomainError {
  readonly code = 'OTHER_WAYBILL';
  readonly message: Message;

  constructor(readonly merchantOrderIds: readonly string[]) {
    super();
    const { length } = merchantOrderIds;
    this.message = {
      zh: `有 ${length} 单已有别家快递的面单，请先作废那张面单`,
      en: `${length} of them have a label of another carrier; void it first.`,
    };
  }
}

/** The carrier has given too few numbers. */
export class NumbersGoneError extends DomainError {
  readonly code = 'NUMBERS_GONE';
  readonly message: Message;

  constructor(
    readonly carrier: Carrier,
    /** How many are missing. */
    readonly missing: number,
  ) {
    super();
    this.message = {
      zh: `运单号不够，还差 ${missing} 个：向快递要一批号导入，再点一次打印`,
      en: `${missing} numbers are missing: ask the carrier for more, add them, and print once more.`,
    };
  }
}

const SAYINGS: Readonly<Record<Exclude<WaybillState, 'DRAWN'>, Message>> = {
  ASKED: { zh: '快递还没有给出这张面单的运单号', en: 'The carrier has not given a number for it yet.' },
  SHIPPED: { zh: '这张面单的包裹已经发出', en: 'The parcel with this label has left already.' },
  VOIDED: {
    zh: '这张面单已作废，请撕下，换一张新的',
    en: 'This label is void; take it off and print another one.',
  },
};

/** What is wanted of the label cannot be any more. */
export class WaybillStateError extends DomainError {
  readonly code = 'WAYBILL_STATE';
  readonly message: Message;

  constructor(readonly state: Exclude<WaybillState, 'DRAWN'>) {
    super();
    this.message = SAYINGS[state];
  }
}

/** No label of one's own has this number. */
export class WaybillUnknownError extends DomainError {
  readonly code = 'WAYBILL_UNKNOWN';
  readonly message = {
    zh: '这不是本店打印的面单：核对一下，或到订单里手动填运单号',
    en: 'This label was not printed here: look again, or type its number at the order.',
  };
}
