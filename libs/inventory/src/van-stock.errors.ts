import { DomainError } from '#libs/kernel';

/** What was taken from the van is not on it, by the book. */
export class VanShortError extends DomainError {
  readonly code = 'VAN_SHORT';
  readonly message;

  constructor(
    readonly variantId: string,
    readonly batchId: string,
    readonly onVan: number,
    /** So many units too few. */
    readonly missing: number,
  ) {
    super();
    this.message = {
      zh: `车上该批次只有 ${onVan} 件，请核对装车与补货数量`,
      en: `Only ${onVan} of this batch are on the van; look again at what was loaded and filled.`,
    };
  }
}
