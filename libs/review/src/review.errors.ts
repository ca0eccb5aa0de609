import { DomainError } from '#libs/kernel';
import type { ReviewState } from './review.entity.js';

/** It has not been received, or too long ago. */
export class NotReviewableError extends DomainError {
  readonly code = 'NOT_REVIEWABLE';
  readonly message;

  /** Until when it was possible; null where it is not yet. */
  constructor(readonly endedAt: Date | null) {
    super();
    this.message =
      endedAt === null
        ? { zh: '确认收货后才能评价', en: 'What has not been received cannot be reviewed yet.' }
        : { zh: '已超过评价期限', en: 'The time to review this is over.' };
  }
}

/** It has been said already. */
export class AlreadyReviewedError extends DomainError {
  readonly code = 'ALREADY_REVIEWED';
  readonly message = { zh: '该商品已评价', en: 'This has been reviewed already.' };

  constructor(readonly reviewId: string) {
    super();
  }
}

/** It has been answered already. */
export class AlreadyRepliedError extends DomainError {
  readonly code = 'ALREADY_REPLIED';
  readonly message = { zh: '该评价已回复', en: 'This review has been answered already.' };
}

/** It stands so already, or is shown to nobody who could answer. */
export class ReviewStateError extends DomainError {
  readonly code = 'REVIEW_STATE';
  readonly message;

  constructor(readonly state: ReviewState) {
    super();
    this.message = {
      SHOWN: { zh: '该评价已公开', en: 'This review is shown.' },
      HELD: { zh: '该评价待审核', en: 'This review waits for somebody who looks.' },
      HIDDEN: { zh: '该评价未公开', en: 'This review is not shown.' },
    }[state];
  }
}
