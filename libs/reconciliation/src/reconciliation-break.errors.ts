import { DomainError, type Message } from '#libs/kernel';
import type { BreakState } from './reconciliation-break.entity.js';

const SAYINGS: Readonly<Record<'RESOLVED' | 'AUTO_CLOSED', Message>> = {
  RESOLVED: { zh: '该差异已处理完毕', en: 'Somebody has resolved this break.' },
  AUTO_CLOSED: { zh: '该差异已自动核销', en: 'This break has closed itself: both sides agree.' },
};

/** The break is closed; often somebody else was faster. */
export class BreakClosedError extends DomainError {
  readonly code = 'BREAK_CLOSED';
  readonly message: Message;

  constructor(readonly state: Extract<BreakState, 'RESOLVED' | 'AUTO_CLOSED'>) {
    super();
    this.message = SAYINGS[state];
  }
}
