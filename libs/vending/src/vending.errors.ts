import { DomainError } from '#libs/kernel';

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
