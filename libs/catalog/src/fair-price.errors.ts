import { DomainError, type Fen, yuanText } from '#libs/kernel';

/** So far above what such goods cost that a reviewer has to say why; until then the price stays what it is. */
export class PriceHeldError extends DomainError {
  readonly code = 'PRICE_HELD';
  readonly message;

  /** `unheldMaxFen`: what may be asked at once for a box of this weight. */
  constructor(
    readonly variantName: string,
    readonly unheldMaxFen: Fen,
  ) {
    super();
    const most = yuanText(unheldMaxFen);
    this.message = {
      zh: `“${variantName}”超过参考价 30%，须经审核说明理由；直接生效的价格至多 ${most}`,
      en: `"${variantName}" is more than 30 percent above the reference price: a reviewer has to say why. At most ${most} holds at once.`,
    };
  }
}
