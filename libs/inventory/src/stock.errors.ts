import { DomainError } from '#libs/kernel';

/** Somebody else was faster, or there never was so much. */
export class InsufficientStockError extends DomainError {
  readonly code = 'INSUFFICIENT_STOCK';
  readonly message;

  /** `available`: what could still be had when we looked; it may be gone as well by now. */
  constructor(
    readonly variantId: string,
    readonly available: number,
  ) {
    super();
    this.message =
      available === 0
        ? { zh: '该规格已售罄', en: 'This variant is sold out.' }
        : { zh: `该规格仅剩 ${available} 件`, en: `Only ${available} of this variant are left.` };
  }
}

/** The same cause has moved this level already, by another quantity. */
export class StockCauseReusedError extends DomainError {
  readonly code = 'STOCK_CAUSE_REUSED';
  readonly message;

  constructor(readonly quantity: number) {
    super();
    this.message = {
      zh: `该单号已登记入库 ${quantity} 件，不能再以其他数量登记`,
      en: `This receipt was already recorded with a quantity of ${quantity}.`,
    };
  }
}
