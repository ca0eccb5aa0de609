import { DomainError, type Message } from '#libs/kernel';
import type { RestockRouteState } from './restock-route.entity.js';

/** A route has to begin somewhere. */
export class WarehouseUnplacedError extends DomainError {
  readonly code = 'WAREHOUSE_UNPLACED';
  readonly message = {
    zh: '尚未登记仓库位置，请先登记后再排线',
    en: 'Nobody has said where the warehouse is; say so first.',
  };
}

/** Something else was said under this key. */
export class RestockKeyReusedError extends DomainError {
  readonly code = 'RESTOCK_KEY_REUSED';
  readonly message = {
    zh: '该单号已用于另一次操作，请换一个单号',
    en: 'Something else was said under this key; choose a new one.',
  };
}

const STATES: Record<RestockRouteState, Message> = {
  PLANNED: { zh: '该路线尚未装车', en: 'This route has not been loaded yet.' },
  UNDER_WAY: { zh: '该路线正在执行', en: 'This route is under way.' },
  DONE: { zh: '该路线已收车', en: 'This route is done.' },
  CANCELLED: { zh: '该路线已取消', en: 'This route was called off.' },
};

/** What is wanted does not go with how it stands. */
export class RestockRouteStateError extends DomainError {
  readonly code = 'RESTOCK_ROUTE_STATE';
  readonly message;

  constructor(readonly state: RestockRouteState) {
    super();
    this.message = STATES[state];
  }
}

/** It was said otherwise before. */
export class RestockVisitChangedError extends DomainError {
  readonly code = 'RESTOCK_VISIT_CHANGED';
  readonly message;

  /** Null where it is not about one slot. */
  constructor(readonly slotCode: string | null) {
    super();
    this.message =
      slotCode === null
        ? { zh: '该次上门已按其他内容提交', en: 'This visit has been submitted otherwise.' }
        : {
            zh: `该次上门的货道 ${slotCode} 已按其他内容提交`,
            en: `Slot ${slotCode} of this visit has been submitted otherwise.`,
          };
  }
}
