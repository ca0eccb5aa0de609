import { DomainError, type Message } from '#libs/kernel';
import type { VanWriteOffState } from './van-write-off.entity.js';
import type { WriteOffObstacle } from './van-write-off.rules.js';

const STATES: Record<VanWriteOffState, Message> = {
  REQUESTED: { zh: '该核销申请待复核', en: 'This write-off waits for a second person.' },
  BOOKED: { zh: '该核销申请已入账', en: 'This write-off is booked.' },
  REJECTED: {
    zh: '该核销申请已驳回，如有需要请重新申请',
    en: 'This write-off was rejected; ask anew if need be.',
  },
  WITHDRAWN: {
    zh: '该核销申请已撤回，如有需要请重新申请',
    en: 'This write-off was withdrawn; ask anew if need be.',
  },
};

/** It has been decided, or taken back. */
export class VanWriteOffStateError extends DomainError {
  readonly code = 'VAN_WRITE_OFF_STATE';
  readonly message;

  constructor(readonly writeOffState: VanWriteOffState) {
    super();
    this.message = STATES[writeOffState];
  }
}

const BY_ANOTHER: Readonly<Record<WriteOffObstacle, Message>> = {
  OWN_VAN: {
    zh: '本人跟车的路线须由他人复核',
    en: 'Whoever drove the van does not agree to it; somebody else does.',
  },
  GOODS_OF_OTHERS: {
    zh: '其中有其他商户的商品，须由主管部门复核',
    en: 'Some of it belongs to another merchant; an official agrees to it.',
  },
};

/** Somebody else has to agree to it. */
export class VanWriteOffByAnotherError extends DomainError {
  readonly code = 'VAN_WRITE_OFF_BY_ANOTHER';
  readonly message;

  constructor(readonly obstacle: WriteOffObstacle) {
    super();
    this.message = BY_ANOTHER[obstacle];
  }
}
