import { DomainError, type Message } from '#libs/kernel';
import type { CertificationState } from './certification-application.entity.js';
import type { CertificateState } from './certificate.rules.js';

const SAYINGS: Readonly<Record<CertificationState, Message>> = {
  DRAFT: { zh: '认定申请尚未提交', en: 'This has not been handed in.' },
  IN_REVIEW: { zh: '认定申请正在审核', en: 'This is being looked at.' },
  ON_NOTICE: { zh: '认定申请正在公示', en: 'This is on public notice.' },
  RETURNED: { zh: '认定申请已退回修改', en: 'This was sent back to be mended.' },
  CONFIRMED: { zh: '认定申请已通过，等待公布批次', en: 'This has been confirmed and waits for a batch.' },
  LISTED: { zh: '该产品已列入目录', en: 'This is in the catalogue.' },
  REFUSED: { zh: '认定申请未通过', en: 'This has been refused.' },
  WITHDRAWN: { zh: '认定申请已撤回', en: 'This was withdrawn.' },
};

/** What was asked does not fit what has become of the application, or it is another office's turn. */
export class CertificationStateError extends DomainError {
  readonly code = 'CERTIFICATION_STATE';
  readonly message: Message;

  constructor(readonly certificationState: CertificationState) {
    super();
    this.message = SAYINGS[certificationState];
  }
}

/** Somebody has saved another version meanwhile. */
export class CertificationChangedError extends DomainError {
  readonly code = 'CERTIFICATION_CHANGED';
  readonly message = {
    zh: '该认定申请已在别处修改，请刷新后再试',
    en: 'This was changed elsewhere; load it again.',
  };

  /** `revision`: what is there now. */
  constructor(readonly revision: number) {
    super();
  }
}

/** Whoever applies or works for the merchant decides nothing, and nobody decides two steps. */
export class OwnCertificationError extends DomainError {
  readonly code = 'OWN_CERTIFICATION';
  readonly message = {
    zh: '申请方人员、已办理其他环节的人员不得办理本环节，请由其他人员办理',
    en: 'Whoever works for the merchant, or has decided another step of it, does not decide this one; somebody else has to.',
  };
}

/** Whoever objects comes too late. */
export class CertificationNoticeClosedError extends DomainError {
  readonly code = 'CERTIFICATION_NOTICE_CLOSED';
  readonly message = {
    zh: '公示已结束，不再受理异议',
    en: 'This notice is over; objections are no longer taken.',
  };
}

/** The office is called instead. */
export class CertificationObjectionsFullError extends DomainError {
  readonly code = 'CERTIFICATION_OBJECTIONS_FULL';
  readonly message = {
    zh: '该公示收到的异议已达上限，请直接致电县级主管部门',
    en: 'As many objections as are taken here have come in; please call the county.',
  };
}

/** Somebody has decided it otherwise, or what it was about is over. */
export class CertificationObjectionDecidedError extends DomainError {
  readonly code = 'CERTIFICATION_OBJECTION_DECIDED';
  readonly message = { zh: '该异议已办结', en: 'This objection has been decided.' };
}

/** Another list was announced under this key. */
export class CertificationKeyUsedError extends DomainError {
  readonly code = 'CERTIFICATION_KEY_USED';
  readonly message = { zh: '该请求编号已用于另一批次', en: 'This key was used for another batch.' };
}

const ENTRIES: Readonly<Record<CertificateState, Message>> = {
  AHEAD: { zh: '该认定尚未生效', en: 'This entry does not count yet.' },
  IN_FORCE: { zh: '该认定有效，尚未到年度复核时间', en: 'This entry counts; its re-check is not due yet.' },
  EXPIRING: { zh: '该认定即将到期，须重新申请', en: 'This entry ends soon; it has to be applied for anew.' },
  EXPIRED: {
    zh: '该认定已到期，须重新申请',
    en: 'The term of this entry is over; it has to be applied for anew.',
  },
  LAPSED: {
    zh: '该认定未按时复核，已失效，须重新申请',
    en: 'This entry was not re-checked in time and has lapsed; it has to be applied for anew.',
  },
  REVOKED: { zh: '该认定已撤销', en: 'This entry was revoked.' },
};

/** What was asked does not go with how the entry stands. */
export class CertificateStateError extends DomainError {
  readonly code = 'CERTIFICATE_STATE';
  readonly message: Message;

  constructor(readonly certificateState: CertificateState) {
    super();
    this.message = ENTRIES[certificateState];
  }
}

/** Linkage that is no longer there carries nothing further. */
export class LinkageTooWeakError extends DomainError {
  readonly code = 'CERTIFICATE_LINKAGE_WEAK';
  readonly message;

  constructor(
    readonly linkedHouseholdCount: number,
    readonly requiredCount: number,
  ) {
    super();
    this.message = {
      zh: `现行协议只联结 ${linkedHouseholdCount} 户，须不少于 ${requiredCount} 户；请先补签协议`,
      en: `Agreements in force link ${linkedHouseholdCount} households, ${requiredCount} are needed; have them signed first.`,
    };
  }
}
