import { DomainError, type Message } from '#libs/kernel';
import type { MerchantState } from './merchant.entity.js';

const SAID: Readonly<Record<MerchantState, Message>> = {
  APPLIED: { zh: '该商户尚在申请中', en: 'This merchant has only applied.' },
  ACTIVE: { zh: '该商户正常营业', en: 'This merchant is active.' },
  SUSPENDED: { zh: '该商户已被暂停', en: 'This merchant is suspended.' },
  CLOSING: { zh: '该商户正在关停', en: 'This merchant is being closed.' },
  CLOSED: { zh: '该商户已关停', en: 'This merchant is closed.' },
};

/** A merchant is suspended while active, and reinstated while suspended. */
export class MerchantStateError extends DomainError {
  readonly code = 'MERCHANT_STATE';
  readonly message;

  constructor(readonly merchantState: MerchantState) {
    super();
    this.message = SAID[merchantState];
  }
}
