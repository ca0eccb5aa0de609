import { DomainError, type Fen, type Message, yuanText } from '#libs/kernel';
import type { OrderState } from './order.entity.js';

/** Some of what was wanted is not, or no longer, sold. */
export class NotOnSaleError extends DomainError {
  readonly code = 'NOT_ON_SALE';
  readonly message = {
    zh: '部分商品已下架，或商家暂时不能销售，请从购物车中移除后再下单',
    en: 'Some of these goods are no longer on sale, or their seller may not sell at present; remove them and try again.',
  };

  constructor(readonly variantIds: readonly string[]) {
    super();
  }
}

/** The buyer saw another total than the one that holds now. */
export class PriceChangedError extends DomainError {
  readonly code = 'PRICE_CHANGED';
  readonly message;

  constructor(readonly totalFen: Fen) {
    super();
    this.message = {
      zh: `价格已变动，现应付 ${yuanText(totalFen)}，请确认后重新下单`,
      en: `The price has changed; the total is now ${yuanText(totalFen)}. Look at it and order again.`,
    };
  }
}

/** This key has placed another order already. */
export class IdempotencyConflictError extends DomainError {
  readonly code = 'IDEMPOTENCY_CONFLICT';
  readonly message = {
    zh: '该请求编号已用于另一笔订单，请换一个编号',
    en: 'This idempotency key has already placed another order; choose a new one.',
  };
}

/** A guest has placed it, and it is somebody's who is known: theirs alone to see, and not placed again. */
export class OrderClaimedError extends DomainError {
  readonly code = 'ORDER_CLAIMED';
  readonly message = {
    zh: '该订单此前已下单成功，并已归入账号，请登录后查看',
    en: 'This order has been placed already and belongs to an account now; sign in to see it.',
  };

  constructor(readonly orderId: string) {
    super();
  }
}

/** They have as many orders waiting to be paid as one person may. */
export class TooManyUnpaidError extends DomainError {
  readonly code = 'TOO_MANY_UNPAID';
  readonly message;

  constructor(readonly unpaidMax: number) {
    super();
    this.message = {
      zh: `您已有 ${unpaidMax} 笔订单待付款，请先付款或取消后再下单`,
      en: `You have ${unpaidMax} orders waiting to be paid; pay or cancel some of them first.`,
    };
  }
}

/** More want it at once than can be served in time; nothing has been bought, and the same key may ask again. */
export class CrowdedError extends DomainError {
  readonly code = 'CROWDED';
  readonly message;

  constructor(readonly retryAfterSeconds: number) {
    super();
    this.message = {
      zh: `抢购的人太多，尚未下单，请在 ${retryAfterSeconds} 秒后重试`,
      en: `Too many are buying at this moment; nothing has been bought. Try again in ${retryAfterSeconds} s.`,
    };
  }
}

export class OrderNotCancellableError extends DomainError {
  readonly code = 'ORDER_NOT_CANCELLABLE';
  readonly message;

  constructor(readonly state: OrderState) {
    super();
    this.message =
      state === 'CANCELLED'
        ? { zh: '订单已取消', en: 'The order has been cancelled already.' }
        : {
            zh: '商品已发出，不能再取消；收到后如有问题可申请售后',
            en: 'Goods are on their way; the order can no longer be cancelled. Something can be asked for after they have arrived.',
          };
  }
}

/** A line of goods whose seller has been suspended since, or whose licence has ended. */
export interface SuspendedLine {
  readonly orderLineId: string;
  readonly productName: string;
  readonly merchantName: string;
}

/** Of some of it the seller may not sell now: an order is paid, or signed for, whole or not at all. */
export class SellerSuspendedError extends DomainError {
  readonly code = 'SELLER_SUSPENDED';
  readonly message: Message;

  constructor(readonly lines: readonly SuspendedLine[]) {
    super();
    const zh = lines.map(({ productName, merchantName }) => `${productName}（${merchantName}）`).join('、');
    const en = lines.map(({ productName, merchantName }) => `${productName} (${merchantName})`).join(', ');
    this.message = {
      zh: `以下商品的商家暂时不能销售（被暂停，或证照已到期待续）：${zh}。请取消订单后再次购买其余商品，库存和券随即退回`,
      en: `The sellers of these may not sell at present (suspended, or a licence has ended): ${en}. Cancel the order and buy the rest again; stock and coupons come back at once.`,
    };
  }
}

/** Whoever has placed an order on account does not sign for it. */
export class SelfSigningError extends DomainError {
  readonly code = 'SELF_SIGNING';
  readonly message = {
    zh: '下单人不能签批自己的订单，请由本单位其他审批人签批',
    en: 'Whoever placed the order does not sign it; another approver of the unit does.',
  };
}

const SIGNED_STATES: Record<OrderState, Message> = {
  PLACED: { zh: '签批时限已过', en: 'The time to sign this order is over.' },
  SIGNED: { zh: '订单已由他人签批', en: 'Somebody else has signed this order.' },
  PAID: { zh: '订单已付款', en: 'This order is paid already.' },
  CANCELLED: { zh: '订单已取消', en: 'The order has been cancelled already.' },
};

/** It is signed, cancelled, or its time is over (then it is still `PLACED`). */
export class OrderNotSignableError extends DomainError {
  readonly code = 'ORDER_NOT_SIGNABLE';
  readonly message;

  constructor(
    readonly state: OrderState,
    readonly expiresAt: Date,
  ) {
    super();
    this.message = SIGNED_STATES[state];
  }
}
