import { DomainError, type Message } from '#libs/kernel';
import type { PickUpState } from './pick-up.entity.js';

const NOT_WAITING: Partial<Record<PickUpState, Message>> = {
  OVERDUE: {
    zh: '已超过保管期限，包裹将由运营方取回',
    en: 'Its days are over; whoever runs the cabinet takes it out.',
  },
  TAKEN_BACK: {
    zh: '包裹已由运营方取出，将重新入柜',
    en: 'It was taken out, and is put into a cell again.',
  },
  OPENING: { zh: '格口正在打开，请稍候', en: 'Its cell is being opened; wait a moment.' },
  WAITING: {
    zh: '买家仍可来取，不能退回；如需换格口请选择重新入柜',
    en: 'Its buyer may still come; take it out only to put it in again.',
  },
};
const OVER: Message = { zh: '该包裹已取走或已退回', en: 'This parcel was taken, or given back.' };

/** It cannot be done with it now. */
export class PickUpStateError extends DomainError {
  readonly code = 'PICK_UP_STATE';
  readonly message;

  constructor(readonly state: PickUpState) {
    super();
    this.message = NOT_WAITING[state] ?? OVER;
  }
}

/** Its buyer has the money back, or is about to: nobody fetches it, and whoever runs the cabinet takes it out. */
export class PickUpPaidBackError extends DomainError {
  readonly code = 'PICK_UP_PAID_BACK';
  readonly message = {
    zh: '该包裹的货款已退回，不能再取件',
    en: 'What was paid for this parcel has gone back; it can no longer be fetched.',
  };
}

/** Nothing here has this code, or no longer. */
export class PickUpCodeWrongError extends DomainError {
  readonly code = 'PICK_UP_CODE_WRONG';
  readonly message = {
    zh: '取货码不正确或已失效，请核对',
    en: 'Nothing here has this code, or no longer; look at it again.',
  };
}

/** Too many wrong codes were said at this cabinet. */
export class PickUpCodesPausedError extends DomainError {
  readonly code = 'PICK_UP_CODES_PAUSED';
  readonly message;

  constructor(
    readonly until: Date,
    readonly retryAfterSeconds: number,
  ) {
    super();
    this.message = {
      zh: `错误次数过多，该柜 ${retryAfterSeconds} 秒内不接受取货码；买家可在自己的订单里开柜`,
      en: `Too many wrong codes; none is heard here for ${retryAfterSeconds} seconds. Whoever has ordered opens it from their order.`,
    };
  }
}

/** Another parcel lies in the cell. */
export class CellTakenError extends DomainError {
  readonly code = 'CELL_TAKEN';
  readonly message = { zh: '该格口已有包裹', en: 'Another parcel lies in this cell.' };

  constructor(readonly cellCode: string) {
    super();
  }
}

const CELLS_NAMED_MAX = 6;

/** It is heavier than its cell bears; others that are free may bear it. */
export class ParcelTooHeavyError extends DomainError {
  readonly code = 'PARCEL_TOO_HEAVY';
  readonly message: Message;
  /** The smallest first. */
  readonly fittingCells: readonly string[];

  constructor(
    readonly cellCode: string,
    readonly weightG: number,
    readonly maxItemG: number,
    fitting: readonly string[],
  ) {
    super();
    this.fittingCells = fitting.slice(0, CELLS_NAMED_MAX);
    const [weight, most] = [weightG / 1_000, maxItemG / 1_000];
    const cells = this.fittingCells.join('、');
    this.message =
      cells === ''
        ? {
            zh: `包裹重 ${weight} 千克，格口 ${cellCode} 最多放 ${most} 千克，现在也没有放得下的空格口；请等有格口空出，或退给商家取消`,
            en: `The parcel weighs ${weight} kg and cell ${cellCode} bears ${most} kg, and no free cell bears it; wait for one, or give it back to its seller to be cancelled.`,
          }
        : {
            zh: `包裹重 ${weight} 千克，格口 ${cellCode} 最多放 ${most} 千克；请改放 ${cells}`,
            en: `The parcel weighs ${weight} kg and cell ${cellCode} bears ${most} kg; put it into ${this.fittingCells.join(', ')}.`,
          };
  }
}

/** Nothing is put into it until somebody has seen to it. */
export class CellLockedError extends DomainError {
  readonly code = 'CELL_LOCKED';
  readonly message = {
    zh: '该格口已停用，请换一个格口',
    en: 'This cell is locked; put it into another.',
  };

  constructor(readonly cellCode: string) {
    super();
  }
}

/** It lies in another cell already. */
export class PickUpExistsError extends DomainError {
  readonly code = 'PICK_UP_EXISTS';
  readonly message;

  constructor(readonly cellCode: string) {
    super();
    this.message = {
      zh: `该包裹已在格口 ${cellCode} 中`,
      en: `This parcel lies in cell ${cellCode} already.`,
    };
  }
}

/** The cabinet has no cells that parcels are put into. */
export class NoCellsError extends DomainError {
  readonly code = 'NO_CELLS';
  readonly message = { zh: '该柜机没有自提格口', en: 'This cabinet has no cells for parcels.' };
}
