import { DomainError } from '#libs/kernel';

/** More than the slot has room for. */
export class SlotFullError extends DomainError {
  readonly code = 'SLOT_FULL';
  readonly message;

  constructor(readonly room: number) {
    super();
    this.message = { zh: `该货道还可补 ${room} 件`, en: `The slot has room for ${room} more.` };
  }
}

/** Somebody is buying from it: what is promised has not come out yet. */
export class SlotHeldError extends DomainError {
  readonly code = 'SLOT_HELD';
  readonly message;

  constructor(readonly reserved: number) {
    super();
    this.message = {
      zh: `该货道有 ${reserved} 件正在出售，请几分钟后再盘点`,
      en: `${reserved} units of this slot are being bought; count again in a few minutes.`,
    };
  }
}
