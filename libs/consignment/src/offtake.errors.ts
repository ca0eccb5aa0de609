import { DomainError, type Message } from '#libs/kernel';
import type { OfftakeState } from './offtake.entity.js';

const SAYINGS: Readonly<Record<OfftakeState, Message>> = {
  TOLD: { zh: '该笔收购正在等待商户确认', en: 'This purchase waits for its seller.' },
  CONFIRMED: { zh: '商户已确认该笔收购', en: 'The seller has confirmed this purchase.' },
  DENIED: { zh: '商户否认了该笔收购', en: 'The seller has denied this purchase.' },
  WITHDRAWN: { zh: '该笔收购已撤回', en: 'This purchase was taken back.' },
};

/** What was asked does not fit what has become of the purchase. */
export class OfftakeStateError extends DomainError {
  readonly code = 'OFFTAKE_STATE';
  readonly message: Message;

  constructor(readonly offtakeState: OfftakeState) {
    super();
    this.message = SAYINGS[offtakeState];
  }
}

/** Something else was told under this key. */
export class OfftakeKeyUsedError extends DomainError {
  readonly code = 'OFFTAKE_KEY_USED';
  readonly message = { zh: '该请求编号已用于另一笔收购', en: 'This key has been used for another purchase.' };
}
