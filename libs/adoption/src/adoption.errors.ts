import { DomainError } from '#libs/kernel';

/** It has left, is called off, or is being picked. */
export class AdoptionInstalmentOverError extends DomainError {
  readonly code = 'ADOPTION_INSTALMENT_OVER';
  readonly message = {
    zh: '该期已开始采收、已发出或已取消，不能再更改',
    en: 'This instalment is being picked, has left or is called off; it cannot be changed any more.',
  };

  constructor(readonly instalmentId: string) {
    super();
  }
}

/** The adoption is not paid for, or over. */
export class AdoptionNotOpenError extends DomainError {
  readonly code = 'ADOPTION_NOT_OPEN';
  readonly message = {
    zh: '该认养未付款、已取消或已结束',
    en: 'This adoption has not been paid for, is cancelled or over.',
  };

  constructor(readonly adoptionId: string) {
    super();
  }
}

/** It has been said that it was something else. */
export class AdoptionHarvestDeclaredError extends DomainError {
  readonly code = 'ADOPTION_HARVEST_DECLARED';
  readonly message;

  constructor(
    readonly objectId: string,
    readonly harvestedG: number,
  ) {
    super();
    this.message = {
      zh: `该编号本季收成已登记为 ${harvestedG} 克`,
      en: `The harvest of this object in this season has been declared as ${harvestedG} grams.`,
    };
  }
}

/** Something of the harvest has left: what was said of it is what it was sent by. */
export class AdoptionHarvestSharedError extends DomainError {
  readonly code = 'ADOPTION_HARVEST_SHARED';
  readonly message = {
    zh: '该编号本季已有收成发出，登记不能再更正',
    en: 'Something of this harvest has left already; what was declared is not corrected any more.',
  };

  constructor(readonly objectId: string) {
    super();
  }
}

/** Somebody has just ordered it and not paid yet: in a quarter of an hour it is theirs, or nobody's. */
export class AdoptionUnpaidError extends DomainError {
  readonly code = 'ADOPTION_UNPAID';
  readonly message = {
    zh: '该编号有待付款的订单，请 15 分钟后再登记',
    en: 'There is an order of it that is not paid yet; declare it again in 15 minutes.',
  };

  constructor(readonly objectId: string) {
    super();
  }
}

/** This key has published something else. */
export class AdoptionUpdateKeyUsedError extends DomainError {
  readonly code = 'ADOPTION_UPDATE_KEY_USED';
  readonly message = {
    zh: '该请求编号已用于另一条动态',
    en: 'This key has published another update already.',
  };
}
