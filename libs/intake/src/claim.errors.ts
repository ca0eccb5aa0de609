import { DomainError, type Message } from '#libs/kernel';
import type { ClaimState } from './claim.entity.js';

const SAYINGS: Readonly<Record<ClaimState, Message>> = {
  DRAFT: { zh: '申报尚未提交', en: 'This claim has not been submitted.' },
  SUBMITTED: { zh: '申报正在审核', en: 'This claim is being reviewed.' },
  RETURNED: { zh: '申报已退回修改', en: 'This claim was sent back to be mended.' },
  APPROVED: { zh: '申报已通过', en: 'This claim has been approved.' },
  REJECTED: { zh: '申报已驳回', en: 'This claim has been rejected.' },
  REVERSED: { zh: '申报已冲销', en: 'This claim has been reversed.' },
};

/** What was asked does not fit what has become of the claim; often somebody else was faster. */
export class ClaimStateError extends DomainError {
  readonly code = 'CLAIM_STATE';
  readonly message: Message;

  constructor(readonly state: ClaimState) {
    super();
    this.message = SAYINGS[state];
  }
}

/** Somebody has saved another version meanwhile. */
export class ClaimChangedError extends DomainError {
  readonly code = 'CLAIM_CHANGED';
  readonly message = {
    zh: '该申报已在别处修改，请刷新后再试',
    en: 'This claim was changed elsewhere; load it again.',
  };

  /** `revision`: what is there now. */
  constructor(readonly revision: number) {
    super();
  }
}

/** Whoever claims does not review, nor does anybody of the same organisation. */
export class SameOrganisationError extends DomainError {
  readonly code = 'SAME_ORGANISATION';
  readonly message = {
    zh: '申报须由其他单位的人员审核',
    en: 'A claim is reviewed by somebody of another organisation.',
  };
}

/** One e-invoice stands for one sale, over all sources. */
export class InvoiceUsedError extends DomainError {
  readonly code = 'INVOICE_USED';
  readonly message;

  constructor(readonly invoiceNo: string) {
    super();
    this.message = {
      zh: `发票号码 ${invoiceNo} 已被使用`,
      en: `The invoice ${invoiceNo} is in use already.`,
    };
  }
}

/** It looks like sales that another source has told of; those are decided about first. */
export class ClaimHeldError extends DomainError {
  readonly code = 'CLAIM_HELD';
  readonly message;

  constructor(readonly suspectedCount: number) {
    super();
    this.message = {
      zh: `有 ${suspectedCount} 笔疑似与其他来源重复，请先处理`,
      en: `${suspectedCount} of its sales look like what another source has told of; decide about those first.`,
    };
  }
}
