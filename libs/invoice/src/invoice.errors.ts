import { DomainError } from '#libs/kernel';

/** Nothing of the order has been paid or signed for, or nothing of it is left. */
export class NothingToInvoiceError extends DomainError {
  readonly code = 'NOTHING_TO_INVOICE';
  readonly message = {
    zh: '该订单没有可开票的金额',
    en: 'Nothing of this order can be invoiced: it is neither paid nor signed for, or all of it has gone back.',
  };
}

/** Asked for before, with another title. */
export class InvoiceTitleTakenError extends DomainError {
  readonly code = 'INVOICE_TITLE_TAKEN';
  readonly message;

  constructor(readonly title: string) {
    super();
    this.message = {
      zh: `该订单已按抬头「${title}」申请开票`,
      en: `Invoices of this order have been asked for already, to ${title}.`,
    };
  }
}

/** Only what has failed is asked for anew, and goods by their buyer. */
export class InvoiceNotFailedError extends DomainError {
  readonly code = 'INVOICE_NOT_FAILED';
  readonly message = {
    zh: '只有开票失败、且未重新申请的服务费发票和红字发票可由财务重新申请；商品发票由买家申请',
    en: 'Finance asks anew for service fees and red invoices that have failed, and once; for goods their buyer asks.',
  };
}

/** No request waits. */
export class NoInvoiceRequestsError extends DomainError {
  readonly code = 'NO_INVOICE_REQUESTS';
  readonly message = { zh: '没有待导出的开票申请', en: 'No request for an invoice is waiting.' };
}

/** The file is no answer of the tax system. */
export class NotAnInvoiceAnswerError extends DomainError {
  readonly code = 'NOT_AN_INVOICE_ANSWER';
  readonly message = {
    zh: '文件不是开票结果：首行须为 invoice_id,result,number,issued_on,total,note',
    en: 'This is no answer: its first line is invoice_id,result,number,issued_on,total,note.',
  };
}
