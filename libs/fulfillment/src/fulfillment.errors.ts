import { DomainError } from '#libs/kernel';

/** More units than have not left yet. */
export class ParcelExceedsRestError extends DomainError {
  readonly code = 'PARCEL_EXCEEDS_REST';
  readonly message;

  constructor(
    readonly orderLineId: string,
    /** What has not left yet. */
    readonly left: number,
  ) {
    super();
    this.message = {
      zh: `该商品只剩 ${left} 件未发出`,
      en: `Only ${left} units of it have not been shipped yet.`,
    };
  }
}

/** A parcel of the merchant order has this number already, with other contents. */
export class ParcelExistsError extends DomainError {
  readonly code = 'PARCEL_EXISTS';
  readonly message = {
    zh: '该运单号已用于本单的另一个包裹',
    en: 'Another parcel of this order has this tracking number already.',
  };

  constructor(readonly fulfillmentId: string) {
    super();
  }
}

/** Nothing of a batch that was recalled, or has failed a test, leaves. */
export class BatchStoppedError extends DomainError {
  readonly code = 'BATCH_STOPPED';
  readonly message = {
    zh: '里面有已召回或检测不合格的批次，不能发出；请只发其余的货，并请买家申请退款',
    en: 'Some of it is of a batch that was recalled or has failed a test and does not leave. Ship the rest, and ask the buyer to have the money back.',
  };

  constructor(
    /** The lines that stay. */
    readonly orderLineIds: readonly string[],
  ) {
    super();
  }
}

export class ParcelReceivedError extends DomainError {
  readonly code = 'PARCEL_RECEIVED';
  readonly message = { zh: '该包裹已确认收货', en: 'Receipt of this parcel has been confirmed already.' };

  constructor(readonly receivedAt: Date) {
    super();
  }
}
