import { DomainError } from '#libs/kernel';
import type { LedgerAdjustmentState } from './ledger-adjustment.entity.js';

const STATE_ZH: Record<LedgerAdjustmentState, string> = {
  REQUESTED: '待复核',
  POSTED: '已入账',
  REJECTED: '已驳回',
  WITHDRAWN: '已撤回',
};

/** It has been decided, or taken back. */
export class AdjustmentStateError extends DomainError {
  readonly code = 'ADJUSTMENT_STATE';
  readonly message;

  constructor(readonly adjustmentState: LedgerAdjustmentState) {
    super();
    this.message = {
      zh: `该调账${STATE_ZH[adjustmentState]}`,
      en: `The adjustment is ${adjustmentState.toLowerCase()}.`,
    };
  }
}
