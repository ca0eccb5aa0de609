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

export class ParcelReceivedError extends DomainError {
  readonly code = 'PARCEL_RECEIVED';
  readonly message = { zh: '该包裹已确认收货', en: 'Receipt of this parcel has been confirmed already.' };

  constructor(readonly receivedAt: Date) {
    super();
  }
}
