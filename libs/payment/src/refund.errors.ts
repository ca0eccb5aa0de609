import { DomainError, type Fen, yuanText } from '#libs/kernel';
import type { PaymentMethod } from './payment.entity.js';

/** There is no money of this order that could go back. */
export class OrderNotPaidError extends DomainError {
  readonly code = 'ORDER_NOT_PAID';
  readonly message = {
    zh: '订单没有已收到的款项，无款可退',
    en: 'No money has been kept for this order, so none can go back.',
  };
}

/** More would go back than is left of what was asked of. */
export class RefundTooLargeError extends DomainError {
  readonly code = 'REFUND_TOO_LARGE';
  readonly message;

  constructor(
    readonly askedFen: Fen,
    readonly remainingFen: Fen,
  ) {
    super();
    this.message = {
      zh: `退款 ${yuanText(askedFen)} 超出可退余额 ${yuanText(remainingFen)}`,
      en: `${yuanText(askedFen)} is more than the ${yuanText(remainingFen)} that are left.`,
    };
  }
}

/** More units would go back than are left of the line. */
export class RefundUnitsExceededError extends DomainError {
  readonly code = 'REFUND_UNITS_EXCEEDED';
  readonly message;

  constructor(
    readonly orderLineId: string,
    readonly remainingQuantity: number,
  ) {
    super();
    this.message = {
      zh: `该商品只剩 ${remainingQuantity} 件可退`,
      en: `Only ${remainingQuantity} units of this line are left to go back.`,
    };
  }
}

/** The buyer has turned to their bank; until it has decided, nothing else may go back. */
export class PaymentDisputedError extends DomainError {
  readonly code = 'PAYMENT_DISPUTED';
  readonly message = {
    zh: '该笔付款正在银行争议处理中，结案前不能退款',
    en: "This payment is under dispute at the buyer's bank; nothing can go back before it is decided.",
  };

  constructor(readonly disputeId: string) {
    super();
  }
}

/** Whoever came may have the parcel in a moment, or not: what is paid back then is decided when that is known. */
export class ParcelBeingOpenedError extends DomainError {
  readonly code = 'PARCEL_BEING_OPENED';
  readonly message = {
    zh: '包裹所在的格口正在打开，请一两分钟后再退款',
    en: 'The cell in which this parcel lies is being opened; refund in a minute or two, once it is known who has it.',
  };

  constructor(readonly merchantOrderId: string) {
    super();
  }
}

/** The wallet takes nothing back after so many days; what goes back then goes to a bank account. */
export class RefundWindowOverError extends DomainError {
  readonly code = 'REFUND_WINDOW_OVER';
  readonly message;

  constructor(
    readonly method: PaymentMethod,
    readonly windowDays: number,
    readonly endedAt: Date,
  ) {
    super();
    this.message = {
      zh: `付款已超过 ${windowDays} 天的原路退款期限，请改用银行转账退款`,
      en: `The ${windowDays} days in which this wallet takes money back are over; refund by bank transfer.`,
    };
  }
}

/** The key has asked for another refund already. */
export class RefundKeyUsedError extends DomainError {
  readonly code = 'REFUND_KEY_USED';
  readonly message = {
    zh: '该请求编号已用于另一笔退款，请换一个编号',
    en: 'This idempotency key has already asked for another refund; choose a new one.',
  };
}
