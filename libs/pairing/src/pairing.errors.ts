import { DomainError, type Message } from '#libs/kernel';
import type { PairingState } from './pairing.entity.js';

/** Another pairing waits or goes on there. */
export class SlotPairedError extends DomainError {
  readonly code = 'SLOT_PAIRED';
  readonly message = {
    zh: '有货道已结对，请先结束原结对',
    en: 'One of these slots is paired; end that pairing first.',
  };
}

/** Something else was proposed under this key. */
export class PairingKeyUsedError extends DomainError {
  readonly code = 'PAIRING_KEY_USED';
  readonly message = {
    zh: '该请求编号已用于另一项结对',
    en: 'This key has proposed another pairing.',
  };
}

const STATES: Record<PairingState, Message> = {
  PROPOSED: { zh: '该结对待审核', en: 'This pairing waits for an official.' },
  ACTIVE: { zh: '该结对正在进行', en: 'This pairing goes on.' },
  REJECTED: { zh: '该结对未通过审核', en: 'This pairing was rejected.' },
  ENDED: { zh: '该结对已结束', en: 'This pairing has ended.' },
};

/** What is wanted does not go with how it stands. */
export class PairingStateError extends DomainError {
  readonly code = 'PAIRING_STATE';
  readonly message;

  constructor(readonly state: PairingState) {
    super();
    this.message = STATES[state];
  }
}
