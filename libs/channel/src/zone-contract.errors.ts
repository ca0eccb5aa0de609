import { DomainError } from '#libs/kernel';
import type { ZoneContractState } from './zone-contract.entity.js';

const SAYINGS = {
  PROPOSED: { zh: '该合同正在等待审核', en: 'This contract waits to be looked at.' },
  AGREED: { zh: '该合同已获同意', en: 'This contract has been agreed to.' },
  RETURNED: { zh: '该合同已退回，请修改后重新提交', en: 'This contract was sent back; hand in another one.' },
} as const;

/** What was asked does not fit what has become of the contract. */
export class ZoneContractStateError extends DomainError {
  readonly code = 'ZONE_CONTRACT_STATE';
  readonly message;

  constructor(readonly contractState: ZoneContractState) {
    super();
    this.message = SAYINGS[contractState];
  }
}

/** Of one series one contract waits at a time. */
export class ZoneContractWaitsError extends DomainError {
  readonly code = 'ZONE_CONTRACT_WAITS';
  readonly message = {
    zh: '已有一份续签合同在审，请等待结果',
    en: 'Another renewal of it waits; wait for it.',
  };
}

/** Something else was proposed under this key. */
export class ZoneContractKeyUsedError extends DomainError {
  readonly code = 'ZONE_CONTRACT_KEY_USED';
  readonly message = { zh: '该请求编号已用于另一份合同', en: 'This key has been used for another contract.' };
}

/** Whoever proposes a contract or works for its host does not agree to it. */
export class OwnContractError extends DomainError {
  readonly code = 'OWN_CONTRACT';
  readonly message = {
    zh: '提交人和主办方成员不得审核自己的合同，请由其他人员办理',
    en: 'Whoever has proposed it or works for its host does not decide; somebody else has to.',
  };
}
