import { DomainError } from '#libs/kernel';

export class UnitMergedError extends DomainError {
  readonly code = 'UNIT_MERGED';
  readonly message = {
    zh: '该单位已并入其他单位，请在并入后的单位办理',
    en: 'This unit has been merged into another; act for the one it became part of.',
  };
}

/** Only a canteen that is run by a firm has a contractor. */
export class CanteenNotOutsourcedError extends DomainError {
  readonly code = 'CANTEEN_NOT_OUTSOURCED';
  readonly message = {
    zh: '该单位的食堂未对外承包，不能开通承包商采购权限',
    en: 'No firm runs the canteen of this unit, so none may buy for it.',
  };
}

export class NoReservedShareDutyError extends DomainError {
  readonly code = 'NO_RESERVED_SHARE_DUTY';
  readonly message = {
    zh: '该单位没有自己的食堂，无须填报预留份额',
    en: 'This unit has no canteen of its own and files no reserved share.',
  };
}

export class ReservedShareTooLowError extends DomainError {
  readonly code = 'RESERVED_SHARE_TOO_LOW';
  readonly message = {
    zh: '预留份额不得低于食堂采购总额的 10%',
    en: 'At least ten percent of what the canteen spends is reserved.',
  };
}
