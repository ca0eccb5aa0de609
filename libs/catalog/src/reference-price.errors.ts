import { DomainError } from '#libs/kernel';

/** The key has recorded another price: one that is to be recorded besides needs a key of its own. */
export class ReferencePriceKeyUsedError extends DomainError {
  readonly code = 'REFERENCE_PRICE_KEY_USED';
  readonly message = {
    zh: '该编号已用于另一条参考价，请刷新后再试',
    en: 'This key has recorded another reference price; load the page again.',
  };
}
