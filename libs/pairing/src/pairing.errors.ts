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

/** Four eyes: somebody may work for a merchant and hold an office. */
export class OwnPairingError extends DomainError {
  readonly code = 'OWN_PAIRING';
  readonly message = {
    zh: '提出结对的人不能审核本人的结对，须由他人审核',
    en: 'Whoever has proposed a pairing does not approve it; somebody else has to.',
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
