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
        ? {
            zh: '该规格已售罄，请移除或改选其他规格',
            en: 'This variant is sold out; leave it out or choose another one.',
          }
        : {
            zh: `该规格仅剩 ${available} 件，请减少数量`,
            en: `Only ${available} of this variant are left; order fewer.`,
          };
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

/** Less lies in a place than should leave it; what is promised to orders stays. */
export class StockPlaceShortError extends DomainError {
  readonly code = 'STOCK_PLACE_SHORT';
  readonly message;

  /** `free`: what nobody is promised. */
  constructor(
    readonly variantId: string,
    readonly batchId: string,
    readonly free: number,
  ) {
    super();
    this.message = {
      zh: `该批次在此处可动用的只有 ${free} 件（已被订单占用的不能动），请减少数量或先盘点`,
      en: `Only ${free} of this batch are free here (what is promised to orders stays); take fewer, or count first.`,
    };
  }
}

const kilograms = (grams: number): string => String(Math.round(grams / 100) / 10);

/** More would come in than was harvested, or than has been looked at so far. */
export class BatchReceivableExceededError extends DomainError {
  readonly code = 'BATCH_RECEIVABLE_EXCEEDED';
  readonly message;

  constructor(
    readonly receivableG: number,
    readonly receivedG: number,
  ) {
    super();
    const [may, has] = [kilograms(receivableG), kilograms(receivedG)];
    this.message = {
      zh: `这一批可入库 ${may} 公斤，已入库 ${has} 公斤，再收就超了；请先在批次里改登记重量（超出村里产能的部分等县里审核），或换一个批次`,
      en: `Of this batch ${may} kg may be received and ${has} kg have been. Correct the weight of the batch first (what is beyond its village's capacity waits for the county), or choose another batch.`,
    };
  }
}
