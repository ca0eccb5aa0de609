import { DomainError, type Message } from '#libs/kernel';
import type { FlagState } from './integrity-flag.entity.js';

const SAYINGS: Readonly<Record<FlagState, Message>> = {
  OPEN: { zh: '该线索尚未处理', en: 'Nobody has decided about this flag.' },
  DISMISSED: { zh: '该线索已排除', en: 'This flag was dismissed.' },
  CONFIRMED: { zh: '该线索已确认', en: 'This flag was confirmed.' },
  APPEALED: { zh: '申诉正在处理', en: 'An appeal is being decided.' },
  UPHELD: { zh: '申诉未获支持', en: 'The appeal was not granted.' },
  OVERTURNED: { zh: '申诉成立，已恢复', en: 'The appeal was granted.' },
};

/** What was asked does not fit what has become of the flag; often somebody else was faster. */
export class FlagStateError extends DomainError {
  readonly code = 'FLAG_STATE';
  readonly message: Message;

  constructor(readonly state: FlagState) {
    super();
    this.message = SAYINGS[state];
  }
}

/** Whoever confirmed does not decide about the appeal against it. */
export class OwnDecisionError extends DomainError {
  readonly code = 'OWN_DECISION';
  readonly message = {
    zh: '申诉须由其他人员裁定',
    en: 'An appeal is decided by somebody else than who confirmed.',
  };
}
