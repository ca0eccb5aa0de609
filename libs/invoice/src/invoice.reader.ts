import { Injectable } from '@nestjs/common';
import { type Fen, type FenText, type Page, type PageRequest, fen, pageOf } from '#libs/kernel';
import { Database, type SqlValue, type Tx } from '#platform/database';
import type {
  Invoice,
  InvoiceExport,
  InvoiceItem,
  InvoiceKind,
  InvoiceState,
  InvoiceSubject,
} from './invoice.entity.js';

export type InvoiceRow = Pick<Invoice, keyof Invoice>;
export type InvoiceItemRow = Pick<InvoiceItem, keyof InvoiceItem>;
export type InvoiceExportRow = Pick<InvoiceExport, keyof InvoiceExport>;

export interface InvoiceFilter {
  readonly state?: InvoiceState | null;
  readonly kind?: InvoiceKind | null;
  readonly orderId?: string | null;
  readonly merchantId?: string | null;
  readonly subject?: InvoiceSubject | null;
  readonly period?: string | null;
}

type Raw = Omit<InvoiceRow, 'totalFen'> & { readonly total: FenText };

const SELECT = `SELECT id, subject, period, order_id AS orderId, merchant_order_id AS merchantOrderId, merchant_id AS merchantId, buyer_id AS buyerId, kind,
  refund_id AS refundId, attempt, original_id AS originalId, title, tax_number AS taxNumber, total_fen AS total, state,
  export_id AS exportId, number, issued_on AS issuedOn, failure_note AS failureNote, requested_at AS requestedAt FROM invoice`;

/** Of one merchant: a blue one per month and attempt, and red ones of earlier months; a hundred years of them. */
const FEES_MAX = 5_000;

/** As many as orders are told of; one of each. */
const OF_BUYER_MAX = 2_000;

/** Of one order: a blue one per supplier and attempt, a red one per refund. */
const OF_ORDER_MAX = 1_000;

const COLUMN_OF: Readonly<Record<keyof InvoiceFilter, string>> = {
  state: 'state',
  kind: 'kind',
  orderId: 'order_id',
  merchantId: 'merchant_id',
  subject: 'subject',
  period: 'period',
};

@Injectable()
export class InvoiceReader {
  constructor(private readonly database: Database) {}

  /** In the order in which they were asked for. */
  ofOrder(orderId: string, on: Pick<Tx, 'query'> = this.database): Promise<InvoiceRow[]> {
    return this.read('WHERE order_id = ? ORDER BY id LIMIT ?', [orderId, OF_ORDER_MAX], on);
  }

  /** Of these orders, what is out: of blue ones, less what red ones took back. In any order; those without are left out. */
  async issuedOf(
    orderIds: readonly string[],
  ): Promise<{ readonly orderId: string; readonly issuedFen: Fen }[]> {
    if (orderIds.length === 0) return [];
    const rows = await this.database.query<{ orderId: string; issued: FenText }>(
      `SELECT order_id AS orderId, SUM(CASE WHEN kind = 'BLUE' THEN total_fen ELSE 0 - total_fen END) AS issued
       FROM invoice WHERE order_id IN (?) AND number IS NOT NULL GROUP BY order_id`,
      [orderIds],
    );
    return rows.map(({ orderId, issued }) => ({ orderId, issuedFen: fen(issued) }));
  }

  /** Everything that somebody has asked for, the latest first. */
  ofBuyer(buyerId: string): Promise<InvoiceRow[]> {
    return this.read('WHERE buyer_id = ? ORDER BY id DESC LIMIT ?', [buyerId, OF_BUYER_MAX]);
  }

  /** What a merchant was billed for service, in the order in which it was asked for. */
  feesOf(on: Pick<Tx, 'query'>, merchantId: string): Promise<InvoiceRow[]> {
    return this.read(
      'WHERE merchant_id = ? AND period IS NOT NULL ORDER BY attempt, id LIMIT ?',
      [merchantId, FEES_MAX],
      on,
    );
  }

  /** Newest first. */
  async page(filter: InvoiceFilter, { first, after }: PageRequest): Promise<Page<InvoiceRow>> {
    const wanted = (Object.keys(COLUMN_OF) as (keyof InvoiceFilter)[]).flatMap((name) => {
      const value = filter[name];
      return value === null || value === undefined ? [] : [[`${COLUMN_OF[name]} = ?`, value] as const];
    });
    const where = ['id < ?', ...wanted.map(([condition]) => condition)];
    const values: SqlValue[] = [after?.[0] ?? '~', ...wanted.map(([, value]) => value), first + 1];
    const rows = await this.read(`WHERE ${where.join(' AND ')} ORDER BY id DESC LIMIT ?`, values);
    return pageOf(rows, first, ({ id }) => [id]);
  }

  /** Of these invoices, in their order and that of lines. */
  async itemsOf(ids: readonly string[], on: Pick<Tx, 'query'> = this.database): Promise<InvoiceItemRow[]> {
    if (ids.length === 0) return [];
    const rows = await on.query<Omit<InvoiceItemRow, 'amountFen'> & { readonly amount: FenText }>(
      `SELECT invoice_id AS invoiceId, line_no AS lineNo, order_line_id AS orderLineId, name, quantity, amount_fen AS amount,
         tax_treatment AS taxTreatment, tax_rate_bps AS taxRateBps
       FROM invoice_item WHERE invoice_id IN (?) ORDER BY invoice_id, line_no`,
      [ids],
    );
    return rows.map(({ amount, ...rest }) => ({ ...rest, amountFen: fen(amount) }));
  }

  async exportById(id: string): Promise<InvoiceExportRow | null> {
    const [row] = await this.readExports('WHERE id = ?', [id]);
    return row ?? null;
  }

  /** Newest first. */
  async exports({ first, after }: PageRequest): Promise<Page<InvoiceExportRow>> {
    const rows = await this.readExports('WHERE id < ? ORDER BY id DESC LIMIT ?', [
      after?.[0] ?? '~',
      first + 1,
    ]);
    return pageOf(rows, first, ({ id }) => [id]);
  }

  async byIds(ids: readonly string[], on: Pick<Tx, 'query'> = this.database): Promise<InvoiceRow[]> {
    return ids.length === 0 ? [] : this.read('WHERE id IN (?) ORDER BY id', [ids], on);
  }

  private readExports(where: string, values: readonly SqlValue[]): Promise<InvoiceExportRow[]> {
    return this.database.query<InvoiceExportRow>(
      `SELECT id, sha256, size_bytes AS sizeBytes, invoice_count AS invoiceCount, made_by AS madeBy, made_at AS madeAt
       FROM invoice_export ${where}`,
      values,
    );
  }

  private async read(
    where: string,
    values: readonly SqlValue[],
    on: Pick<Tx, 'query'> = this.database,
  ): Promise<InvoiceRow[]> {
    const rows = await on.query<Raw>(`${SELECT} ${where}`, values);
    return rows.map(({ total, ...rest }) => ({ ...rest, totalFen: fen(total) }));
  }
}
