import { DomainError } from '#libs/kernel';

/** Another offer of this variant is still open. */
export class AdoptionOfferOverlapError extends DomainError {
  readonly code = 'ADOPTION_OFFER_OVERLAP';
  readonly message = {
    zh: '所选规格已在一期认养中，请先结束那一期',
    en: 'A variant is offered for adoption already; close that offer first.',
  };

  /** The open one. */
  constructor(readonly offerId: string) {
    super();
  }
}

/** Numbers that the offer has already. */
export class AdoptionTagTakenError extends DomainError {
  readonly code = 'ADOPTION_TAG_TAKEN';
  readonly message;

  constructor(readonly tag: string) {
    super();
    this.message = {
      zh: `编号 ${tag} 已在本期认养中`,
      en: `Number ${tag} is in this offer already.`,
    };
  }
}

/** Somebody has adopted it; or what it has given has been said. */
export class AdoptionObjectBoundError extends DomainError {
  readonly code = 'ADOPTION_OBJECT_BOUND';
  readonly message = {
    zh: '该编号已被认养或已登记收成，不能下架',
    en: 'It has been adopted, or its harvest has been declared; it cannot be withdrawn.',
  };

  constructor(readonly objectId: string) {
    super();
  }
}
