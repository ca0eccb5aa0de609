import { DomainError, type Message } from '#libs/kernel';
import type { RangeOfferState } from './range-offer.entity.js';

const SAYINGS: Readonly<Record<RangeOfferState, Message>> = {
  PROPOSED: { zh: '该产品正在等待商户答复', en: 'This product waits for its merchant.' },
  AGREED: { zh: '该产品已进场', en: 'This product is in the range.' },
  DECLINED: { zh: '商户没有同意该产品进场', en: 'The merchant has declined.' },
  WITHDRAWN: { zh: '该申请已撤回', en: 'This was taken back.' },
  ENDED: { zh: '该产品已退场', en: 'This product has left the range.' },
};

/** What was asked does not fit what has become of it. */
export class RangeOfferStateError extends DomainError {
  readonly code = 'RANGE_OFFER_STATE';
  readonly message: Message;

  constructor(readonly offerState: RangeOfferState) {
    super();
    this.message = SAYINGS[offerState];
  }
}

/** At least half of what a pavilion or a zone carries is certified. */
export class RangeNotCertifiedError extends DomainError {
  readonly code = 'RANGE_NOT_CERTIFIED';
  readonly message = {
    zh: '专馆、专区以认定产品为主：先引入认定产品，再引入未认定产品（认定产品不少于一半）',
    en: 'Pavilions and zones mainly sell certified goods: at least half of the range. Bring certified ones first.',
  };
}
