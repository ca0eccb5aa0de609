import { DomainError, type Fen, yuanText } from '#libs/kernel';
import type { OrderState } from './order.entity.js';

/** Some of what was wanted is not, or no longer, sold. */
export class NotOnSaleError extends DomainError {
  readonly code = 'NOT_ON_SALE';
  readonly message = {
    zh: '部分商品已下架，请从购物车中移除后再下单',
    en: 'Some of these goods are no longer on sale; remove them and try again.',
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
      en: `The price has changed; the total is now ${yuanText(totalFen)}.`,
    };
  }
}

/** This key has placed another order already. */
export class IdempotencyConflictError extends DomainError {
  readonly code = 'IDEMPOTENCY_CONFLICT';
  readonly message = {
    zh: '该请求编号已用于另一笔订单',
    en: 'This idempotency key has already placed another order.',
  };
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
            zh: '商品已发出，不能再取消',
            en: 'Goods are on their way; the order can no longer be cancelled.',
          };
  }
}
