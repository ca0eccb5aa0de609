import { DomainError } from '#libs/kernel';
import type { MerchantOrderState } from './merchant-order.entity.js';

export class MerchantOrderNotShippableError extends DomainError {
  readonly code = 'MERCHANT_ORDER_NOT_SHIPPABLE';
  readonly message;

  constructor(readonly state: MerchantOrderState) {
    super();
    this.message =
      state === 'UNPAID'
        ? { zh: '订单尚未付款，不能发货', en: 'The order has not been paid; it cannot be shipped yet.' }
        : { zh: '该订单已发货或已取消', en: 'The order has been shipped or cancelled already.' };
  }
}

export class MerchantOrderNotReceivableError extends DomainError {
  readonly code = 'MERCHANT_ORDER_NOT_RECEIVABLE';
  readonly message;

  constructor(readonly state: MerchantOrderState) {
    super();
    this.message =
      state === 'RECEIVED' || state === 'COMPLETED'
        ? { zh: '已确认收货', en: 'Receipt has been confirmed already.' }
        : {
            zh: '商品尚未发出，不能确认收货',
            en: 'The goods have not been shipped; receipt cannot be confirmed.',
          };
  }
}
