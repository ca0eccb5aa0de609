import { DomainError, type Message } from '#libs/kernel';
import type { Handover, MerchantOrderState } from './merchant-order.entity.js';

export class MerchantOrderNotShippableError extends DomainError {
  readonly code = 'MERCHANT_ORDER_NOT_SHIPPABLE';
  readonly message;

  constructor(readonly state: MerchantOrderState) {
    super();
    this.message = NOT_SHIPPABLE[state] ?? GONE_OUT;
  }
}

const GONE_OUT: Message = { zh: '该订单已全部发出', en: 'All of this order has been shipped already.' };

const NOT_SHIPPABLE: Partial<Record<MerchantOrderState, Message>> = {
  UNPAID: { zh: '订单尚未付款，不能发货', en: 'The order has not been paid; it cannot be shipped yet.' },
  CANCELLED: {
    zh: '该订单已取消，请勿发货',
    en: 'This order has been cancelled; do not ship it.',
  },
};

const HANDOVERS: Record<Handover, Message> = {
  PARCEL: {
    zh: '该订单须寄送，请填写承运商与运单号发货',
    en: 'The buyer waits for a parcel; ship it with its carrier and tracking number.',
  },
  PICK_UP: {
    zh: '该订单由买家到店自提，备好后请通知取货',
    en: 'The buyer picks this order up; say that it is ready.',
  },
  VEND: { zh: '该订单由柜机出货，无须处理', en: 'A cabinet hands this order out; there is nothing to do.' },
  TAKEN: {
    zh: '买家已从柜中取走，无须处理',
    en: 'The buyer has taken this out of a cabinet; there is nothing to do.',
  },
};

/** It is handed over in the other way. */
export class HandoverMismatchError extends DomainError {
  readonly code = 'HANDOVER_MISMATCH';
  readonly message;

  /** How it was ordered. */
  constructor(readonly handover: Handover) {
    super();
    this.message = HANDOVERS[handover];
  }
}

/** It is picked up at a counter, where nobody keeps it: whoever runs the cabinet puts it into a cell. */
export class GoesIntoCellError extends DomainError {
  readonly code = 'GOES_INTO_CELL';
  readonly message = {
    zh: '该订单在专柜自提，请将包裹交给运营方放入格口',
    en: 'This is picked up at a counter; have its parcel put into a cell by whoever runs the cabinet.',
  };
}

export class MerchantOrderNotReceivableError extends DomainError {
  readonly code = 'MERCHANT_ORDER_NOT_RECEIVABLE';
  readonly message;

  constructor(readonly state: Exclude<MerchantOrderState, 'SHIPPED'>) {
    super();
    this.message = NOT_RECEIVABLE[state];
  }
}

const RECEIVED: Message = { zh: '已确认收货', en: 'Receipt has been confirmed already.' };

const NOT_RECEIVABLE: Record<Exclude<MerchantOrderState, 'SHIPPED'>, Message> = {
  UNPAID: {
    zh: '订单尚未付款，付款并发货后才能确认收货',
    en: 'The order has not been paid; receipt is confirmed once it has been paid and shipped.',
  },
  TO_SHIP: {
    zh: '商品尚未发出，不能确认收货',
    en: 'The goods have not been shipped; receipt cannot be confirmed.',
  },
  PARTLY_SHIPPED: {
    zh: '部分商品尚未发出，请按包裹确认收货',
    en: 'Some of the goods have not been shipped yet; confirm parcel by parcel.',
  },
  RECEIVED,
  COMPLETED: RECEIVED,
  CANCELLED: {
    zh: '订单已取消，没有要收的商品',
    en: 'The order has been cancelled; there is nothing to receive.',
  },
};

/** Only what is left of an order that has gone out in part is called off. */
export class NothingToCallOffError extends DomainError {
  readonly code = 'NOTHING_TO_CALL_OFF';
  readonly message;

  constructor(readonly state: MerchantOrderState) {
    super();
    this.message =
      state === 'UNPAID' || state === 'TO_SHIP'
        ? {
            zh: '商品均未发出，请取消整个订单',
            en: 'Nothing has been shipped yet; cancel the whole order instead.',
          }
        : { zh: '没有未发出的商品', en: 'Nothing is left that has not been shipped.' };
  }
}
