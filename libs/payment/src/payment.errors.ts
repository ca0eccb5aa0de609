import { DomainError, type Message } from '#libs/kernel';

const SAYINGS = {
  PLACED: {
    zh: '订单已过付款时限，请重新下单',
    en: 'The time to pay for this order is over; order again.',
  },
  SIGNED: {
    zh: '订单已签批，请按账期转账付款',
    en: 'This order is signed for and paid by bank transfer when due.',
  },
  PAID: { zh: '订单已付款', en: 'This order is paid already.' },
  CANCELLED: { zh: '订单已取消，不能再付款', en: 'This order is cancelled and can no longer be paid.' },
} as const satisfies Record<string, Message>;

const ON_ACCOUNT: Message = {
  zh: '先货后款的订单须先由本单位审批人签批，到期转账付款',
  en: 'An order on account is signed by an approver and paid by bank transfer when due.',
};

/** The order is paid, signed for, cancelled, or its time to pay is over (then it is still `PLACED`). */
export class OrderNotPayableError extends DomainError {
  readonly code = 'ORDER_NOT_PAYABLE';
  readonly message: Message;

  constructor(
    readonly state: keyof typeof SAYINGS,
    readonly expiresAt: Date,
    isOnAccount = false,
  ) {
    super();
    this.message = isOnAccount && state === 'PLACED' ? ON_ACCOUNT : SAYINGS[state];
  }
}

/** The payment brought what its order asked for, or nothing yet: this door is for money that did not fit. */
export class PaymentNotMismatchedError extends DomainError {
  readonly code = 'PAYMENT_NOT_MISMATCHED';
  readonly message = {
    zh: '该笔付款与订单金额一致或尚未到账，不适用错款退回',
    en: 'This payment brought what its order asked for, or nothing yet; it is not money that did not fit.',
  };
}

/** A rule has asked for nothing of it, or what it asked for has not failed: this door is for money that should have gone back by itself. */
export class PaymentNotUnreturnedError extends DomainError {
  readonly code = 'PAYMENT_NOT_UNRETURNED';
  readonly message = {
    zh: '该笔付款没有自动退款失败的记录，不适用滞留款退回',
    en: 'No refund that this payment was given by itself has failed; nothing of it has stayed here.',
  };
}

/** It came in another currency, so the books never had it. */
export class PaymentNotInBooksError extends DomainError {
  readonly code = 'PAYMENT_NOT_IN_BOOKS';
  readonly message = {
    zh: '该笔付款为外币，未入账，请在支付服务商后台原路退回',
    en: "This payment came in another currency and is not in the books; give it back at the provider's own desk.",
  };
}
