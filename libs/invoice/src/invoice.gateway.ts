import type { AnswerRow, InvoiceRequest } from './invoice-file.rules.js';

/** Whoever issues invoices: the tax system, through whatever somebody can carry to it. It never says that something is issued which is not. */
export abstract class InvoiceProvider {
  /** What is handed over, as a file. */
  abstract requests(requests: readonly InvoiceRequest[]): Buffer;
  /** What came back; null where it is no answer at all. */
  abstract answers(bytes: Buffer): AnswerRow[] | null;
}
