import type { SlotLockReason } from '#libs/counter';
import { DomainError, type Message } from '#libs/kernel';
import type { KioskObstacle } from './kiosk.rules.js';

/** Goods of another kind lie in it still: a slot has one price tag. */
export class SlotNotEmptyError extends DomainError {
  readonly code = 'SLOT_NOT_EMPTY';
  readonly message;

  constructor(readonly slotCode: string) {
    super();
    this.message = {
      zh: `货道 ${slotCode} 还有其他商品，请先清空并盘点`,
      en: `Other goods lie in slot ${slotCode}; take them out and count it first.`,
    };
  }
}

/** Nobody has said what the slot is for. */
export class SlotNotPlannedError extends DomainError {
  readonly code = 'SLOT_NOT_PLANNED';
  readonly message = { zh: '该货道尚未排面', en: 'Nothing has been planned for this slot.' };
}

/** What was photographed or has lain about: the screen shows another one every half minute. */
export class ScanExpiredError extends DomainError {
  readonly code = 'SCAN_EXPIRED';
  readonly message = {
    zh: '二维码已过期，请重新扫描柜机屏幕',
    en: 'This code is over; scan the screen of the cabinet again.',
  };
}

const OBSTACLES: Record<KioskObstacle, Message> = {
  OFFLINE: {
    zh: '柜机网络不通，暂时不能购买，请稍后再试',
    en: 'The cabinet has no network and cannot sell now; try again a little later.',
  },
  CLOSED: { zh: '该专柜暂停营业', en: 'This counter is not open.' },
  LOCKED: {
    zh: '运营方已暂停该柜机售卖',
    en: 'The operator has stopped this cabinet; it does not sell now.',
  },
  ALARM: {
    zh: '该柜机断电或柜门被撬，暂停售卖',
    en: 'The cabinet has lost its power, or its door was forced; it does not sell now.',
  },
  OTHER_MODEL: {
    zh: '该柜机不以这种方式售卖',
    en: 'This cabinet does not sell in this way.',
  },
};

/** Nothing is sold here now, so nobody pays for what cannot come out. */
export class KioskClosedError extends DomainError {
  readonly code = 'KIOSK_CLOSED';
  readonly message;

  constructor(readonly obstacle: KioskObstacle) {
    super();
    this.message = OBSTACLES[obstacle];
  }
}

const LOCKED: Record<SlotLockReason, Message> = {
  EXPIRED: { zh: '商品已过保质期', en: 'goods in it have passed their day' },
  TEMPERATURE: { zh: '温度异常', en: 'it was not kept at its temperature' },
  FAULT: { zh: '货道故障', en: 'it is out of order' },
  OPERATOR: { zh: '运营方锁定', en: 'its operator has locked it' },
};

/** Nothing comes out of it until somebody has seen to it. */
export class SlotLockedError extends DomainError {
  readonly code = 'SLOT_LOCKED';
  readonly message;

  constructor(
    readonly slotCode: string,
    readonly reason: SlotLockReason,
  ) {
    super();
    const { zh, en } = LOCKED[reason];
    this.message = {
      zh: `货道 ${slotCode} 暂停出售：${zh}`,
      en: `Slot ${slotCode} does not sell now: ${en}.`,
    };
  }
}
