import { DomainError } from '#libs/kernel';

/** What is adopted is ordered by itself: it is sent over a whole season. */
export class AdoptionAloneError extends DomainError {
  readonly code = 'ADOPTION_ALONE';
  readonly message = {
    zh: '认养须单独下单，一单只含同一期认养',
    en: 'What is adopted is ordered by itself, and only from one offer together.',
  };

  /** What is adopted of the order. */
  constructor(readonly variantIds: readonly string[]) {
    super();
  }
}

/** Only whole objects are adopted. */
export class AdoptionWholeError extends DomainError {
  readonly code = 'ADOPTION_WHOLE';
  readonly message;

  /** `portions`: of one object; the quantity is a multiple of it. */
  constructor(
    readonly portions: number,
    readonly objectsMax: number,
  ) {
    super();
    this.message = {
      zh: `认养按整棵（整份）计，每棵 ${portions} 份，一单最多 ${objectsMax} 棵`,
      en: `Whole objects are adopted, of ${portions} portions each, and at most ${objectsMax} in an order.`,
    };
  }
}

/** Somebody else was faster with one that was chosen. */
export class AdoptionObjectTakenError extends DomainError {
  readonly code = 'ADOPTION_OBJECT_TAKEN';
  readonly message = {
    zh: '所选编号刚刚被认养或已下架，请另选',
    en: 'One of those chosen has just been adopted, or is no longer offered; choose another one.',
  };

  /** Those that were chosen. */
  constructor(readonly objectIds: readonly string[]) {
    super();
  }
}
