import { DomainError, type Message } from '#libs/kernel';
import type { RecallState } from './batch-recall.entity.js';

const SAYINGS: Readonly<Record<RecallState, Message>> = {
  PROPOSED: { zh: '该召回在等第二人确认', en: 'This recall waits for a second official.' },
  ACTIVE: { zh: '该召回已生效，买家已在通知', en: 'This recall is on, and buyers are being told.' },
  DROPPED: {
    zh: '该召回提议已撤销，该批恢复销售',
    en: 'This proposal was dropped; the batch is sold again.',
  },
  LIFTED: { zh: '该召回已解除，该批恢复销售', en: 'This recall was lifted; the batch is sold again.' },
};

/** What was asked does not fit what has become of the recall. */
export class BatchRecallStateError extends DomainError {
  readonly code = 'BATCH_RECALL_STATE';
  readonly message: Message;

  constructor(readonly recallState: RecallState) {
    super();
    this.message = SAYINGS[recallState];
  }
}

/** Buyers are frightened, or dangerous goods come back on sale, by two people and never by one. */
export class BatchRecallByAnotherError extends DomainError {
  readonly code = 'BATCH_RECALL_BY_ANOTHER';
  readonly message = {
    zh: '须由提出或确认召回以外的另一位工作人员办理；该批已停售，不会再卖出',
    en: 'Another official than who asked for it or confirmed it decides. Nothing of the batch is sold meanwhile.',
  };
}
