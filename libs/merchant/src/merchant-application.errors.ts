import { DomainError, type Message } from '#libs/kernel';
import type { ApplicationState } from './merchant-application.entity.js';

const SAYINGS: Readonly<Record<ApplicationState, Message>> = {
  DRAFT: { zh: '申请尚未提交', en: 'This application has not been handed in.' },
  SUBMITTED: { zh: '申请正在等待县级推荐', en: 'This application waits for the county.' },
  RETURNED: { zh: '申请已退回修改', en: 'This application was sent back to be mended.' },
  RECOMMENDED: { zh: '申请已获县级推荐，正在等待平台审核', en: 'This application waits for the platform.' },
  APPROVED: { zh: '申请已通过', en: 'This application has been approved.' },
  REFUSED: { zh: '申请未通过', en: 'This application has been refused.' },
  WITHDRAWN: { zh: '申请已撤回', en: 'This application was withdrawn.' },
};

/** What was asked does not fit what has become of the application, or is somebody else's turn. */
export class MerchantApplicationStateError extends DomainError {
  readonly code = 'MERCHANT_APPLICATION_STATE';
  readonly message: Message;

  constructor(readonly applicationState: ApplicationState) {
    super();
    this.message = SAYINGS[applicationState];
  }
}

/** Somebody has saved another version meanwhile: on another phone, or after it was sent back. */
export class MerchantApplicationChangedError extends DomainError {
  readonly code = 'MERCHANT_APPLICATION_CHANGED';
  readonly message = {
    zh: '该申请已在别处修改，请刷新后再试',
    en: 'This application was changed elsewhere; load it again.',
  };

  /** `revision`: what is there now. */
  constructor(readonly revision: number) {
    super();
  }
}

/** Whoever applies decides nothing, and whoever has recommended does not approve. */
export class OwnApplicationError extends DomainError {
  readonly code = 'OWN_APPLICATION';
  readonly message = {
    zh: '申请人和推荐人不得审核同一份申请，请由其他人员办理',
    en: 'Whoever applied or recommended does not decide; somebody else has to.',
  };
}
