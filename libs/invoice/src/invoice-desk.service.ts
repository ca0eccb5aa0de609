import { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import { AuditService } from '#libs/identity';
import { Clock, type IdOf, NotFound, newId, present } from '#libs/kernel';
import { MerchantReader } from '#libs/merchant';
import { Database, RetryTransaction, type Tx } from '#platform/database';
import { StoredFileService } from '#platform/files';
import { Config } from '#platform/config';
import type { AnswerRow, InvoiceRequest } from './invoice-file.rules.js';
import { INVOICE_SUBJECTS, type InvoiceExportId, type InvoiceSubject } from './invoice.entity.js';
import { NoInvoiceRequestsError, NotAnInvoiceAnswerError } from './invoice.errors.js';
import { InvoiceProvider } from './invoice.gateway.js';
import { type InvoiceExportRow, InvoiceReader, type InvoiceRow } from './invoice.reader.js';
import { InvoiceRepository } from './invoice.repository.js';
import { type AnswerFault, faultOf, stateAfterRed } from './invoice.rules.js';

/** Invoices of one file: what somebody carries, and what one request can bring back. */
const INVOICES_PER_FILE = 500;

export interface AnswerFaultRow {
  readonly line: number;
  readonly invoiceId: string;
  readonly fault: AnswerFault;
}

export interface InvoiceImport {
  readonly applied: number;
  /** Said before, and the same. */
  readonly repeated: number;
  readonly faults: readonly AnswerFaultRow[];
}

/** Finance between the queue and the tax system. */
@Injectable()
export class InvoiceDeskService {
  constructor(
    private readonly database: Database,
    private readonly invoices: InvoiceRepository,
    private readonly reader: InvoiceReader,
    private readonly merchants: MerchantReader,
    private readonly provider: InvoiceProvider,
    private readonly files: StoredFileService,
    private readonly audit: AuditService,
    private readonly config: Config,
    private readonly clock: Clock,
  ) {}

  /** All that waits, as one file; the bytes first, then the word that they are handed over. */
  async export(userId: IdOf<'usr'>): Promise<InvoiceExportRow | NoInvoiceRequestsError> {
    const ids = await this.database.transaction((tx) =>
      this.invoices.lockWaiting(tx, this.subjects(), INVOICES_PER_FILE),
    );
    if (ids.length === 0) return new NoInvoiceRequestsError();
    const bytes = this.provider.requests(await this.requestsOf(ids));
    const kept = await this.files.keepOwn(Readable.from([bytes]));
    const id: InvoiceExportId = newId('ivx');
    const made = { id, ...kept, invoiceCount: ids.length, madeBy: userId, madeAt: this.clock.now() };
    return this.database.transaction(async (tx) => {
      // Somebody else has exported some of them meanwhile: theirs is the file, and this one is nobody's.
      if ((await this.invoices.markExported(tx, ids, id)) !== ids.length) return new NoInvoiceRequestsError();
      await this.invoices.insertExport(tx, made);
      await this.audit.record(tx, {
        actorId: userId,
        act: 'invoice.exported',
        subject: id,
        detail: { invoices: ids.length, sha256: kept.sha256 },
      });
      return made;
    });
  }

  /** The same bytes each time, and each time is written down. */
  async open(
    userId: IdOf<'usr'>,
    exportId: string,
  ): Promise<{ readonly file: InvoiceExportRow; readonly bytes: Readable }> {
    const file = await this.reader.exportById(exportId);
    if (!file) throw new NotFound('InvoiceExport', exportId);
    const bytes = present(await this.files.open(file), `the bytes of ${exportId}`);
    await this.database.transaction((tx) =>
      this.audit.record(tx, {
        actorId: userId,
        act: 'invoice.downloaded',
        subject: exportId,
        detail: { sha256: file.sha256 },
      }),
    );
    return { file, bytes };
  }

  /** What is right is applied; what is not is named, line by line, and changes nothing. Applied again it changes nothing. */
  async import(userId: IdOf<'usr'>, bytes: Buffer): Promise<InvoiceImport | NotAnInvoiceAnswerError> {
    const rows = this.provider.answers(bytes);
    if (!rows) return new NotAnInvoiceAnswerError();
    return this.database.transaction(async (tx) => {
      const done = await this.apply(tx, rows);
      await this.audit.record(tx, {
        actorId: userId,
        act: 'invoice.imported',
        subject: newId('ivi'),
        detail: { applied: done.applied, repeated: done.repeated, faults: done.faults.length },
      });
      return done;
    });
  }

  private async apply(tx: Tx, rows: readonly AnswerRow[]): Promise<InvoiceImport> {
    const ids = [...new Set(rows.map(({ invoiceId }) => invoiceId))];
    if (ids.length > 0) await this.invoices.lock(tx, ids);
    const faults: AnswerFaultRow[] = [];
    let [applied, repeated] = [0, 0];
    for (const { line, invoiceId, answer } of rows) {
      // Read row by row: an earlier one of the same file may have said it already.
      const [invoice] = await this.reader.byIds([invoiceId], tx);
      const isTaken = answer?.kind === 'ISSUED' && (await this.invoices.isNumberTaken(tx, answer.number));
      const isReplaced = invoice?.state === 'FAILED' && (await this.invoices.isReplaced(tx, invoice));
      const fault = answer ? faultOf(invoice ?? null, answer, isTaken, isReplaced) : 'MALFORMED';
      if (fault === 'AGAIN') repeated += 1;
      else if (fault) faults.push({ line, invoiceId, fault });
      else if (answer && invoice) {
        await this.invoices.answer(tx, invoiceId, answer);
        await this.followRed(tx, invoice);
        applied += 1;
      }
    }
    return { applied, repeated, faults };
  }

  /** Without a name the platform bills nobody: what it is to bill waits until one is set. */
  private subjects(): readonly InvoiceSubject[] {
    return this.config.platformSeller === null ? ['GOODS'] : INVOICE_SUBJECTS;
  }

  private async followRed(tx: Tx, { originalId }: InvoiceRow): Promise<void> {
    if (originalId === null) return;
    await this.invoices.lock(tx, [originalId]);
    const [original] = await this.reader.byIds([originalId], tx);
    if (!original) throw new RetryTransaction();
    const redFen = await this.invoices.redFen(tx, originalId);
    await this.invoices.setState(tx, originalId, stateAfterRed(original.totalFen, redFen));
  }

  private async requestsOf(ids: readonly string[]): Promise<InvoiceRequest[]> {
    const invoices = await this.reader.byIds(ids);
    const [items, originals] = await Promise.all([
      this.reader.itemsOf(ids),
      this.reader.byIds(invoices.flatMap(({ originalId }) => originalId ?? [])),
    ]);
    const sold = invoices.filter(({ subject }) => subject === 'GOODS');
    const sellers = [...new Set(sold.map(({ merchantId }) => merchantId))];
    const [merchants, codes] = await Promise.all([
      this.merchants.byIds(sellers),
      this.merchants.creditCodesOf(sellers),
    ]);
    const names = new Map<string, string>(merchants.map(({ id, name }) => [id, name]));
    const numbers = new Map<string, string>(originals.map(({ id, number }) => [id, number ?? '']));
    const platform = this.config.platformSeller;
    const sellerOf = ({ subject, merchantId }: InvoiceRow) =>
      subject === 'GOODS'
        ? { sellerCreditCode: codes.get(merchantId) ?? '', sellerName: names.get(merchantId) ?? '' }
        : { sellerCreditCode: platform?.creditCode ?? '', sellerName: platform?.name ?? '' };
    return invoices.map((invoice) => ({
      ...invoice,
      originalNumber: (invoice.originalId && numbers.get(invoice.originalId)) ?? '',
      ...sellerOf(invoice),
      orderId: invoice.orderId ?? '',
      items: items.filter(({ invoiceId }) => invoiceId === invoice.id),
    }));
  }
}
