import { DomainError, type Message } from '#libs/kernel';

const SAYINGS = {
  PLACED: { zh: '订单已过付款时限', en: 'The time to pay for this order is over.' },
  PAID: { zh: '订单已付款', en: 'This order is paid already.' },
  CANCELLED: { zh: '订单已取消，不能再付款', en: 'This order is cancelled and can no longer be paid.' },
} as const satisfies Record<string, Message>;

/** The order is paid, cancelled, or its time to pay is over (then it is still `PLACED`). */
export class OrderNotPayableError extends DomainError {
  readonly code = 'ORDER_NOT_PAYABLE';
  readonly message: Message;

  constructor(
    readonly state: keyof typeof SAYINGS,
    readonly expiresAt: Date,
  ) {
    super();
    this.message = SAYINGS[state];
  }
}
