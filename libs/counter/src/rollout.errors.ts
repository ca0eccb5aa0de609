import { DomainError, type Message } from '#libs/kernel';
import type { CabinetRolloutState } from './rollout.entity.js';

/** A version that exists is what it is. */
export class CabinetReleaseExistsError extends DomainError {
  readonly code = 'CABINET_RELEASE_EXISTS';
  readonly message = {
    zh: '该版本号已登记为其他内容，请换一个版本号',
    en: 'This version has been added with other content; give it another one.',
  };
}

/** Something else was started under this key. */
export class CabinetRolloutKeyReusedError extends DomainError {
  readonly code = 'CABINET_ROLLOUT_KEY_REUSED';
  readonly message = {
    zh: '该单号已用于另一次推送',
    en: 'Another roll-out was started under this key.',
  };
}

/** Two at once would tell cabinets different things, and nobody could say which of them was at fault. */
export class CabinetRolloutOpenError extends DomainError {
  readonly code = 'CABINET_ROLLOUT_OPEN';
  readonly message = {
    zh: '同类推送尚未结束，请先完成、回退或终止',
    en: 'Another roll-out of this kind is open; let it come to its end first.',
  };

  constructor(readonly rolloutId: string) {
    super();
  }
}

const STATES: Record<CabinetRolloutState, Message> = {
  RUNNING: { zh: '该推送正在进行', en: 'This roll-out is running.' },
  HALTED: { zh: '该推送已暂停', en: 'This roll-out is halted.' },
  ROLLING_BACK: { zh: '该推送正在回退', en: 'This roll-out is being rolled back.' },
  DONE: { zh: '该推送已完成', en: 'This roll-out is done.' },
  ROLLED_BACK: { zh: '该推送已回退', en: 'This roll-out was rolled back.' },
  ENDED: { zh: '该推送已终止', en: 'This roll-out was ended.' },
};

/** What is wanted does not go with how it stands. */
export class CabinetRolloutStateError extends DomainError {
  readonly code = 'CABINET_ROLLOUT_STATE';
  readonly message;

  constructor(
    readonly state: CabinetRolloutState,
    readonly stage: number,
  ) {
    super();
    this.message = STATES[state];
  }
}
