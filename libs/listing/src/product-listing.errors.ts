import { DomainError, type Message } from '#libs/kernel';
import type { ListingState } from './product-listing.entity.js';

const SAYINGS: Readonly<Record<ListingState, Message>> = {
  DRAFT: { zh: '商品尚未提交审核', en: 'This listing has not been handed in.' },
  SUBMITTED: {
    zh: '商品正在审核，请等待结果；如需另报，请先撤回',
    en: 'This listing is being reviewed: wait for the answer, or withdraw it and begin another one.',
  },
  RETURNED: { zh: '商品已退回修改', en: 'This listing was sent back to be mended.' },
  APPROVED: { zh: '商品已审核通过', en: 'This listing has been approved.' },
  WITHDRAWN: { zh: '商品申请已撤回', en: 'This listing was withdrawn.' },
};

/** What was asked does not fit what has become of the listing. */
export class ListingStateError extends DomainError {
  readonly code = 'LISTING_STATE';
  readonly message: Message;

  constructor(readonly listingState: ListingState) {
    super();
    this.message = SAYINGS[listingState];
  }
}

/** Somebody has saved another version meanwhile: on another phone, or after it was sent back. */
export class ListingChangedError extends DomainError {
  readonly code = 'LISTING_CHANGED';
  readonly message = {
    zh: '该商品已在别处修改，请刷新后再试',
    en: 'This listing was changed elsewhere; load it again.',
  };

  /** `revision`: what is there now. */
  constructor(readonly revision: number) {
    super();
  }
}

/** Of one product there is one change at a time: whoever wants another one goes on with that. */
export class ListingOpenError extends DomainError {
  readonly code = 'LISTING_OPEN';
  readonly message = {
    zh: '该商品已有一份未办结的修改，请继续填写或先撤回',
    en: 'A change of this product is open already; go on with it, or withdraw it.',
  };

  /** `listingId`: that change; null where it was decided this moment. */
  constructor(readonly listingId: string | null) {
    super();
  }
}

/** Whoever has typed or handed it in, or works for whoever sells it, does not decide. */
export class OwnListingError extends DomainError {
  readonly code = 'OWN_LISTING';
  readonly message = {
    zh: '不得审核本人填报或本单位的商品，请由其他人员办理',
    en: 'Nobody decides on what they typed themselves or sell themselves; somebody else has to.',
  };
}
