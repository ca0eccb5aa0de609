import { DomainError } from '#libs/kernel';

/** The bank's number stands on another receipt already. */
export class ReceiptReferenceUsedError extends DomainError {
  readonly code = 'RECEIPT_REFERENCE_USED';
  readonly message;

  constructor(readonly reference: string) {
    super();
    this.message = {
      zh: `流水号 ${reference} 已用于内容不同的收款`,
      en: `The reference ${reference} stands on another receipt already.`,
    };
  }
}
