import { DomainError, type Message } from '#libs/kernel';
import type { MerchantPaperState } from './merchant-paper.entity.js';

const SAYINGS: Readonly<Record<MerchantPaperState, Message>> = {
  WAITING: { zh: '该证照正在等待审核', en: 'This paper waits to be looked at.' },
  ACCEPTED: { zh: '该证照已通过审核', en: 'This paper has been accepted.' },
  RETURNED: { zh: '该证照已退回，请重新提交', en: 'This paper was returned; hand in another one.' },
  WITHDRAWN: { zh: '该证照已撤回', en: 'This paper was withdrawn.' },
};

/** What was asked does not fit what has become of the paper. */
export class MerchantPaperStateError extends DomainError {
  readonly code = 'MERCHANT_PAPER_STATE';
  readonly message: Message;

  constructor(readonly paperState: MerchantPaperState) {
    super();
    this.message = SAYINGS[paperState];
  }
}

/** Of one kind one paper waits at a time. */
export class MerchantPaperWaitsError extends DomainError {
  readonly code = 'MERCHANT_PAPER_WAITS';
  readonly message = {
    zh: '同类证照已有一份在审，请等待结果，或先撤回再提交',
    en: 'Another paper of this kind waits; wait for it, or withdraw it first.',
  };

  constructor(readonly paperId: string) {
    super();
  }
}

/** Something else was handed in under this key. */
export class MerchantPaperKeyUsedError extends DomainError {
  readonly code = 'MERCHANT_PAPER_KEY_USED';
  readonly message = {
    zh: '该请求编号已用于另一份证照',
    en: 'This key has been used for another paper.',
  };
}

/** Whoever brings papers, or works for the merchant, does not accept them. */
export class OwnPaperError extends DomainError {
  readonly code = 'OWN_PAPER';
  readonly message = {
    zh: '提交人和该商户成员不得审核本商户证照，请由其他人员办理',
    en: 'Whoever brought it or works for the merchant does not decide; somebody else has to.',
  };
}
