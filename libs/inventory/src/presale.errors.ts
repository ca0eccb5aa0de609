import { DomainError } from '#libs/kernel';

/** A variant is in another presale that is still open. */
export class PresaleOverlapError extends DomainError {
  readonly code = 'PRESALE_OVERLAP';
  readonly message = {
    zh: '所选规格已在一期预售中，请先结束那一期',
    en: 'A variant is in a presale that is still open; close that one first.',
  };

  /** The open one. */
  constructor(readonly presaleId: string) {
    super();
  }
}

/** More of the day is promised or shipped than it would have room for. */
export class PresaleDayTakenError extends DomainError {
  readonly code = 'PRESALE_DAY_TAKEN';
  readonly message;

  /** What is promised and shipped of the day, and what it has room for. */
  constructor(
    readonly day: string,
    readonly takenG: number,
    readonly capacityG: number,
  ) {
    super();
    this.message = {
      zh: `${day} 已承诺或已发 ${takenG} 克，可发量 ${capacityG} 克不足`,
      en: `${takenG} grams of ${day} are promised or shipped; ${capacityG} have no room for them.`,
    };
  }
}

/** Another day holds by now than the one that the buyer was shown. */
export class DispatchDayChangedError extends DomainError {
  readonly code = 'DISPATCH_DAY_CHANGED';
  readonly message;

  /** The day by which it would leave now. */
  constructor(readonly promisedDispatchOn: string) {
    super();
    this.message = {
      zh: `发货日已变动，现为 ${promisedDispatchOn}，请确认后重新下单`,
      en: `It would leave on ${promisedDispatchOn} now, and not on the day you saw. Look at it and order again.`,
    };
  }
}

/** It takes no orders any more. */
export class PresaleClosedError extends DomainError {
  readonly code = 'PRESALE_CLOSED';
  readonly message = {
    zh: '该期预售已结束',
    en: 'This presale is closed.',
  };
}
