import { DomainError, type Message } from '#libs/kernel';
import type { LinkageFlagState } from './linkage-payment.entity.js';
import type { ConfirmationState, LinkageState } from './linkage.rules.js';

/** Something else was done under this key. */
export class LinkageKeyUsedError extends DomainError {
  readonly code = 'LINKAGE_KEY_USED';
  readonly message = {
    zh: '该请求编号已用于另一项登记',
    en: 'This key has been used for something else.',
  };
}

/** Somebody has changed it meanwhile. */
export class LinkageChangedError extends DomainError {
  readonly code = 'LINKAGE_CHANGED';
  readonly message = {
    zh: '协议已被他人修改，请刷新后再试',
    en: 'Somebody has changed this agreement meanwhile; look at it again.',
  };

  constructor(readonly revision: number) {
    super();
  }
}

const STATES: Record<LinkageState, Message> = {
  DRAFT: { zh: '该协议尚未签订，请先签订', en: 'This agreement has not been signed; sign it first.' },
  SIGNED: { zh: '该协议已签订，尚未生效', en: 'This agreement is signed, and not in force yet.' },
  ACTIVE: { zh: '该协议已签订生效', en: 'This agreement is in force.' },
  ENDED: { zh: '该协议已终止', en: 'This agreement has ended.' },
};

/** What is wanted does not go with how it stands. */
export class LinkageStateError extends DomainError {
  readonly code = 'LINKAGE_STATE';
  readonly message;

  constructor(readonly state: LinkageState) {
    super();
    this.message = STATES[state];
  }
}

/** It has been reversed, or is a reversal itself. */
export class LinkagePaymentReversedError extends DomainError {
  readonly code = 'LINKAGE_PAYMENT_REVERSED';
  readonly message = {
    zh: '该笔付款已冲销，不能再操作',
    en: 'This payment has been reversed; nothing more is done with it.',
  };
}

const CONFIRMATIONS: Record<ConfirmationState, Message> = {
  NOT_ASKED: { zh: '该链接无效', en: 'This link is not valid.' },
  OPEN: { zh: '请先回答', en: 'This has not been answered yet.' },
  RECEIVED: { zh: '您已确认收到，不能再更改', en: 'You have said that you received it; that stands.' },
  NOT_RECEIVED: {
    zh: '您已回答未收到，工作人员会联系您',
    en: 'You have said that you did not receive it; somebody will come to you.',
  },
  EXPIRED: {
    zh: '链接已过期，请向村干部索取新链接',
    en: 'This link is over; ask the village officer for a new one.',
  },
  REVERSED: {
    zh: '该笔付款已被对方撤销，无需再回答',
    en: 'This payment has been taken back; nothing need be answered.',
  },
};

/** It has been answered, is over, or the payment was reversed: `confirmationState` says which. */
export class LinkageConfirmationClosedError extends DomainError {
  readonly code = 'LINKAGE_CONFIRMATION_CLOSED';
  readonly message;

  constructor(readonly confirmationState: ConfirmationState) {
    super();
    this.message = CONFIRMATIONS[confirmationState];
  }
}

/** Somebody has decided it otherwise. */
export class LinkageFlagDecidedError extends DomainError {
  readonly code = 'LINKAGE_FLAG_DECIDED';
  readonly message = { zh: '该疑点已处理', en: 'This flag has been decided.' };

  constructor(readonly flagState: LinkageFlagState) {
    super();
  }
}
