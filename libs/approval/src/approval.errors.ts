import { DomainError } from '#libs/kernel';
import type { ApprovalState } from './approval-request.entity.js';

/** Whoever asks may not answer. */
export class SelfApprovalError extends DomainError {
  readonly code = 'SELF_APPROVAL';
  readonly message = {
    zh: '提出申请的人不能审批本人的申请，须由他人复核',
    en: 'Whoever made the request may not decide on it; somebody else must.',
  };
}

/** One person, one vote. */
export class AlreadyVotedError extends DomainError {
  readonly code = 'ALREADY_VOTED';
  readonly message = {
    zh: '您已对该申请表态，不能重复表态',
    en: 'You have voted on this request already.',
  };
}

const STATE_ZH: Record<ApprovalState, string> = {
  OPEN: '待审批',
  APPROVED: '已通过',
  REJECTED: '已驳回',
  WITHDRAWN: '已撤回',
};

/** It has been decided, or taken back. */
export class ApprovalNotOpenError extends DomainError {
  readonly code = 'APPROVAL_NOT_OPEN';
  readonly message;

  constructor(readonly approvalState: ApprovalState) {
    super();
    this.message = {
      zh: `该申请${STATE_ZH[approvalState]}，不能再审批`,
      en: `The request is ${approvalState.toLowerCase()} and can no longer be decided on.`,
    };
  }
}

/** What is there is not what was proposed, so nobody can agree to it. */
export class ContentChangedError extends DomainError {
  readonly code = 'CONTENT_CHANGED';
  readonly message = {
    zh: '内容与提交审批时不一致，请核对后重新提交',
    en: 'The content is not what was proposed; check it and propose it anew.',
  };
}

/** The subject waits for approval already, with other content or at somebody else's wish. */
export class ApprovalPendingError extends DomainError {
  readonly code = 'APPROVAL_PENDING';
  readonly message = {
    zh: '该事项已有待审批的申请，请等待审批或先撤回',
    en: 'This is waiting for approval already; wait for it or withdraw it first.',
  };
}
