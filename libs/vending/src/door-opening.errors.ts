import { DomainError, type Fen, type Message } from '#libs/kernel';
import type { DoorDisputeState } from './door-dispute.entity.js';
import type { DoorOpeningState } from './door-opening.entity.js';
import type { DoorWaiveObstacle } from './door-opening.rules.js';

/** Somebody has the door open, or one has another opening under way. */
export class DoorBusyError extends DomainError {
  readonly code = 'DOOR_BUSY';
  readonly message = {
    zh: '柜门正被他人使用，或您有一次开门尚未结束，请稍候',
    en: 'Somebody else has this door open, or you have another opening under way; wait a moment.',
  };
}

/** The key stands for another cabinet: asked again, it answers with what it has begun there. */
export class DoorKeyUsedError extends DomainError {
  readonly code = 'DOOR_KEY_USED';
  readonly message = {
    zh: '该请求编号已用于另一台柜机，请换一个编号',
    en: 'This key has begun at another cabinet; choose a new one.',
  };
}

/** What was taken before has not been paid. */
export class DoorDebtUnpaidError extends DomainError {
  readonly code = 'DOOR_DEBT_UNPAID';
  readonly message = {
    zh: '您有一笔开门柜账单未付清，付清后才能再次开门',
    en: 'You have an unpaid bill of an open-door cabinet; pay it before you open another.',
  };

  constructor(readonly orderId: string) {
    super();
  }
}

/** The money is not kept ready yet, or it is over. */
export class DoorNotReadyError extends DomainError {
  readonly code = 'DOOR_NOT_READY';
  readonly message;

  constructor(readonly state: DoorOpeningState) {
    super();
    this.message =
      state === 'AWAITING_HOLD'
        ? { zh: '请先完成预授权', en: 'Let your bank keep the money ready first.' }
        : { zh: '这次开门已经结束，请重新扫码', en: 'This opening is over; scan the screen again.' };
  }
}

/** Nobody has to say anything about it: it is clear, decided, or over. */
export class DoorNotInReviewError extends DomainError {
  readonly code = 'DOOR_NOT_IN_REVIEW';
  readonly message = {
    zh: '这次开门无须人工核定，或已核定',
    en: 'What was taken is clear, or somebody has said it already.',
  };

  constructor(readonly state: DoorOpeningState) {
    super();
  }
}

/** Nothing is owed for it: it was paid, waived, or never billed. */
export class DoorNotOwedError extends DomainError {
  readonly code = 'DOOR_NOT_OWED';
  readonly message = {
    zh: '这次开门没有欠款，或已付清、已免除',
    en: 'Nothing is owed for this opening: it was paid, waived, or never billed.',
  };

  constructor(readonly state: DoorOpeningState) {
    super();
  }
}

/** Weights and pictures are looked at while they are fresh. */
export class DoorDisputeOverError extends DomainError {
  readonly code = 'DOOR_DISPUTE_OVER';
  readonly message = {
    zh: '账单出具 48 小时后不能再提异议',
    en: 'A bill is disputed within 48 hours.',
  };

  constructor(readonly until: Date) {
    super();
  }
}

const NOT_DISPUTED: Message = {
  zh: '这笔账单没有待您答复的异议',
  en: 'There is no dispute of this bill that waits for your answer.',
};
const ANSWERED_TOO_LATE: Message = {
  zh: '答复时限已过，将按未答复处理',
  en: 'The time to answer is over; it goes on as if nothing had been said.',
};

/** Nobody has disputed it, or that is decided, or for somebody else to decide, or the time to say no is over. */
export class DoorNotDisputedError extends DomainError {
  readonly code = 'DOOR_NOT_DISPUTED';
  readonly message: Message;

  constructor(
    readonly state: DoorDisputeState | null,
    isTooLate = false,
  ) {
    super();
    this.message = isTooLate ? ANSWERED_TOO_LATE : NOT_DISPUTED;
  }
}

const BY_ANOTHER: Readonly<Record<DoorWaiveObstacle, Message>> = {
  OWN_DEBT: { zh: '本人的欠款须由他人免除', en: 'Nobody waives what they owe themselves.' },
  GOODS_OF_OTHERS: {
    zh: '账单中有其他商户的商品，须由主管部门免除',
    en: 'Something of this bill belongs to another merchant; an official waives it.',
  },
  TOO_MUCH: {
    zh: '账单超过运营方可免除的金额，须由主管部门免除',
    en: 'This bill is more than whoever runs the cabinet may waive; an official does.',
  },
};

/** Somebody else has to waive it. */
export class DoorWaiveByAnotherError extends DomainError {
  readonly code = 'DOOR_WAIVE_BY_ANOTHER';
  readonly message;

  constructor(
    readonly obstacle: DoorWaiveObstacle,
    /** Up to which bill whoever runs the cabinet waives it. */
    readonly limitFen: Fen,
  ) {
    super();
    this.message = BY_ANOTHER[obstacle];
  }
}
