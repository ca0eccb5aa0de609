import { answersFrom, requestsCsv } from './invoice-file.rules.js';
import type { AnswerRow, InvoiceRequest } from './invoice-file.rules.js';
import { InvoiceProvider } from './invoice.gateway.js';

/** Files that a person carries to the tax system's desk and back. */
export class FileInvoiceProvider extends InvoiceProvider {
  requests(requests: readonly InvoiceRequest[]): Buffer {
    return Buffer.from(requestsCsv(requests));
  }

  answers(bytes: Buffer): AnswerRow[] | null {
    return answersFrom(bytes);
  }
}
