import { DomainError, type Message } from '#libs/kernel';
import type { AfterSaleKind, AfterSaleState } from './after-sale.entity.js';

const SAYINGS: Readonly<Record<AfterSaleState, Message>> = {
  REQUESTED: { zh: '售后申请等待商家处理', en: 'The seller has not answered yet.' },
  REFUSED: { zh: '商家已拒绝该申请', en: 'The seller has refused it.' },
  AT_PLATFORM: { zh: '该售后由平台裁决中', en: 'The platform is deciding.' },
  AWAITING_RETURN: { zh: '该售后等待买家寄回', en: 'The buyer has to send the goods back.' },
  RETURNING: { zh: '退货在途', en: 'The goods are on their way back.' },
  TO_REPLACE: { zh: '该售后等待商家寄出换货', en: 'The seller has to ship the replacement.' },
  REPLACING: { zh: '换货在途', en: 'The replacement is on its way.' },
  REFUNDING: { zh: '退款处理中', en: 'The money is on its way back.' },
  REFUNDED: { zh: '已退款', en: 'The money has gone back.' },
  REPLACED: { zh: '已换货', en: 'The goods have been replaced.' },
  REJECTED: { zh: '申请未获支持', en: 'It was not granted.' },
  WITHDRAWN: { zh: '申请已撤回', en: 'It was withdrawn.' },
  LAPSED: { zh: '超时未寄回，售后已关闭', en: 'Nothing was sent back in time.' },
};

const TOO_LATE: Message = {
  zh: '答复时限已过，将按未答复处理',
  en: 'The time to answer is over; it goes on as if nothing had been said.',
};

/** What was asked does not fit what has become of the case; often the other side, or time, was faster. */
export class AfterSaleStateError extends DomainError {
  readonly code = 'AFTER_SALE_STATE';
  readonly message: Message;

  constructor(
    readonly state: AfterSaleState,
    isTooLate = false,
  ) {
    super();
    this.message = isTooLate ? TOO_LATE : SAYINGS[state];
  }
}

/** They have as many cases open as one person may. */
export class TooManyCasesError extends DomainError {
  readonly code = 'TOO_MANY_CASES';
  readonly message;

  constructor(readonly openMax: number) {
    super();
    this.message = {
      zh: `您已有 ${openMax} 个售后在处理，请等其中一些结束后再申请`,
      en: `You have ${openMax} after-sale cases under way; wait until some of them are over.`,
    };
  }
}

/** The time for it is over. */
export class AfterSaleWindowOverError extends DomainError {
  readonly code = 'AFTER_SALE_WINDOW_OVER';
  readonly message = {
    zh: '已超过售后期限',
    en: 'The time for after-sale requests is over.',
  };

  constructor(readonly endedAt: Date) {
    super();
  }
}

const KINDS: Readonly<Record<AfterSaleKind, Message>> = {
  REFUND_ONLY: { zh: '仅退款', en: 'a refund' },
  RETURN_REFUND: { zh: '退货退款', en: 'a return with refund' },
  EXCHANGE: { zh: '换货', en: 'an exchange' },
  FRESH_CLAIM: { zh: '生鲜理赔', en: 'a claim for fresh goods' },
};

/** Not of these goods, or not yet: `kinds` is what may be asked for now. */
export class AfterSaleNotPossibleError extends DomainError {
  readonly code = 'AFTER_SALE_NOT_POSSIBLE';
  readonly message;

  constructor(readonly kinds: readonly AfterSaleKind[]) {
    super();
    this.message =
      kinds.length === 0
        ? {
            zh: '该商品尚未发出或订单已取消，不能申请售后；未发出的可取消订单',
            en: 'These goods have not been shipped, or their order is cancelled; what has not been shipped can be cancelled instead.',
          }
        : {
            zh: `该商品不支持此类售后或此原因，可申请：${kinds.map((kind) => KINDS[kind].zh).join('、')}`,
            en: `These goods do not allow this kind of request, or this reason; possible now: ${kinds.map((kind) => KINDS[kind].en).join(', ')}.`,
          };
  }
}

/** A case about this line is open, was decided by the platform or paid; or there have been enough. */
export class AfterSaleExistsError extends DomainError {
  readonly code = 'AFTER_SALE_EXISTS';
  readonly message = {
    zh: '该商品已有售后记录，不能再次申请，请查看原申请',
    en: 'There is a case about these goods already; look at that one.',
  };

  constructor(
    readonly afterSaleId: string,
    readonly state: AfterSaleState,
  ) {
    super();
  }
}

/** So much is bound to be bad. */
export class WithinToleranceError extends DomainError {
  readonly code = 'WITHIN_TOLERANCE';
  readonly message: Message;

  constructor(
    readonly badShareBps: number,
    readonly toleranceBps: number,
  ) {
    super();
    const percent = toleranceBps / 100;
    this.message = {
      zh: `坏果比例未超过 ${percent}%，属正常损耗，不予理赔`,
      en: `No more than ${percent} % is bad: that is bound to happen with fresh goods, and nothing is paid for it.`,
    };
  }
}

/** The key has opened another case already. */
export class AfterSaleKeyUsedError extends DomainError {
  readonly code = 'AFTER_SALE_KEY_USED';
  readonly message = {
    zh: '该请求编号已用于另一项售后，请换一个编号',
    en: 'This idempotency key has already opened another case; choose a new one.',
  };
}

/** The money cannot go back by a rule: disputed at the bank, given back already, too old for the wallet. The platform has other ways. */
export class RefundNotPossibleError extends DomainError {
  readonly code = 'REFUND_NOT_POSSIBLE';

  /** `refundCode`: payment's own. */
  constructor(
    readonly refundCode: string,
    readonly message: Message,
  ) {
    super();
  }
}
