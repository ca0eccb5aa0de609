import { DomainError } from '#libs/kernel';
import type { BulkOrderState } from './bulk-order.entity.js';

/** Nothing of the list can be ordered; or something cannot, and all of it or nothing was wanted. */
export class BulkOrderFaultyError extends DomainError {
  readonly code = 'BULK_ORDER_FAULTY';
  readonly message;

  constructor(readonly faultyRowCount: number) {
    super();
    this.message = {
      zh: `清单有 ${faultyRowCount} 行不能下单，请改正后重新上传`,
      en: `${faultyRowCount} rows of the list cannot be ordered; mend them and send it again.`,
    };
  }
}

const STATES_ZH: Readonly<Record<BulkOrderState, string>> = {
  CHECKED: '尚未确认',
  DISCARDED: '已放弃',
  PLACING: '正在下单',
  PLACED: '已下单',
  SIGNING: '正在签批',
  SIGNED: '已签批',
  UNDOING: '正在取消',
  UNDONE: '已取消',
};

/** That cannot be done with it as it stands. */
export class BulkOrderStateError extends DomainError {
  readonly code = 'BULK_ORDER_STATE';
  readonly message;

  constructor(readonly bulkOrderState: BulkOrderState) {
    super();
    this.message = {
      zh: `该清单${STATES_ZH[bulkOrderState]}，不能进行此操作`,
      en: `The list is ${bulkOrderState.toLowerCase()}; this cannot be done with it.`,
    };
  }
}
