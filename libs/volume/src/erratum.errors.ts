import { DomainError } from '#libs/kernel';
import type { ErratumState } from './erratum.entity.js';

const STATE_ZH: Record<ErratumState, string> = {
  PROPOSED: '待复核',
  PUBLISHED: '已公布',
  REJECTED: '已驳回',
  WITHDRAWN: '已撤回',
};

/** The notice has been decided already. */
export class ErratumStateError extends DomainError {
  readonly code = 'ERRATUM_STATE';
  readonly message;

  constructor(readonly erratumState: ErratumState) {
    super();
    this.message = {
      zh: `该更正${STATE_ZH[erratumState]}`,
      en: `The notice of correction is ${erratumState.toLowerCase()} already.`,
    };
  }
}
