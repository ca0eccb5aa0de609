import { Injectable } from '@nestjs/common';
import { type Fen, type FenText, fen } from '#libs/kernel';
import type { Tx } from '#platform/database';
import type { InvoiceExportId, InvoiceRefund, InvoiceState, InvoiceSubject } from './invoice.entity.js';
import type { InvoiceExportRow, InvoiceItemRow, InvoiceRow } from './invoice.reader.js';
import type { InvoiceAnswer } from './invoice.rules.js';

@Injectable()
export class InvoiceRepository {
  /** Whoever asks for invoices and whoever takes back of them come one after the other: neither overlooks what the other is writing. */
  async lockGate(tx: Tx, orderOrMerchantId: string): Promise<void> {
    // Writes nothing new where the row is there already, and locks it.
    await tx.write(
      'INSERT INTO invoice_gate (order_id) VALUES (?) ON DUPLICATE KEY UPDATE order_id = order_id',
      [orderOrMerchantId],
    );
  }

  /** An answer that mends what failed, and whoever asks for it anew, come one after the other. */
  async lockOfOrder(tx: Tx, orderId: string): Promise<void> {
    await tx.query('SELECT id FROM invoice WHERE order_id = ? ORDER BY id FOR UPDATE', [orderId]);
  }

  async insert(tx: Tx, invoices: readonly InvoiceRow[], items: readonly InvoiceItemRow[]): Promise<void> {
    await tx.insert(
      'invoice',
      invoices.map((invoice) => ({ ...invoice })),
    );
    await tx.insert(
      'invoice_item',
      items.map((item) => ({ ...item })),
    );
  }

  /** What an invoice is less by. */
  async leaveOut(tx: Tx, rows: readonly Pick<InvoiceRefund, 'invoiceId' | 'refundId'>[]): Promise<void> {
    if (rows.length > 0)
      await tx.insert(
        'invoice_refund',
        rows.map((row) => ({ ...row })),
      );
  }

  /** Those of these invoices that are less by a refund from the beginning. */
  async withoutRefund(tx: Tx, ids: readonly string[], refundId: string): Promise<ReadonlySet<string>> {
    if (ids.length === 0) return new Set();
    const rows = await tx.query<{ id: string }>(
      'SELECT invoice_id AS id FROM invoice_refund WHERE refund_id = ? AND invoice_id IN (?)',
      [refundId, ids],
    );
    return new Set(rows.map(({ id }) => id));
  }

  /** Waiting, and of red ones those whose blue one is out. In the order of ids, which is also the order of locks. */
  async lockWaiting(tx: Tx, subjects: readonly InvoiceSubject[], limit: number): Promise<string[]> {
    const rows = await tx.query<{ id: string }>(
      `SELECT i.id FROM invoice i LEFT JOIN invoice o ON o.id = i.original_id
       WHERE i.state = 'REQUESTED' AND i.export_id IS NULL AND i.subject IN (?) AND (i.kind = 'BLUE' OR o.number IS NOT NULL)
       ORDER BY i.id LIMIT ? FOR UPDATE`,
      [subjects, limit],
    );
    return rows.map(({ id }) => id);
  }

  async insertExport(tx: Tx, made: InvoiceExportRow): Promise<void> {
    await tx.insert('invoice_export', [{ ...made }]);
  }

  async markExported(tx: Tx, ids: readonly string[], exportId: InvoiceExportId): Promise<number> {
    return tx.write(
      "UPDATE invoice SET export_id = ? WHERE id IN (?) AND export_id IS NULL AND state = 'REQUESTED'",
      [exportId, ids],
    );
  }

  async lock(tx: Tx, ids: readonly string[]): Promise<void> {
    await tx.query('SELECT id FROM invoice WHERE id IN (?) ORDER BY id FOR UPDATE', [ids]);
  }

  async isNumberTaken(tx: Tx, number: string): Promise<boolean> {
    return (await tx.query('SELECT 1 FROM invoice WHERE number = ?', [number])).length > 0;
  }

  async answer(tx: Tx, id: string, answer: InvoiceAnswer): Promise<void> {
    if (answer.kind === 'FAILED')
      await tx.write("UPDATE invoice SET state = 'FAILED', failure_note = ? WHERE id = ?", [answer.note, id]);
    else
      await tx.write(
        "UPDATE invoice SET state = 'ISSUED', number = ?, issued_on = ?, failure_note = NULL WHERE id = ?",
        [answer.number, answer.issuedOn, id],
      );
  }

  /** Asked for anew since it failed. */
  async isReplaced(
    tx: Tx,
    { merchantOrderId, merchantId, period, kind, refundId, attempt }: InvoiceRow,
  ): Promise<boolean> {
    const [of, values] =
      merchantOrderId === null
        ? ['merchant_id = ? AND period = ?', [merchantId, period]]
        : ['merchant_order_id = ?', [merchantOrderId]];
    const sql = `SELECT 1 FROM invoice WHERE ${of} AND kind = ? AND refund_id = ? AND attempt > ? LIMIT 1`;
    return (await tx.query(sql, [...values, kind, refundId, attempt])).length > 0;
  }

  /** Red ones of one that was asked for anew are of the new one. */
  async follow(tx: Tx, { from, to }: { readonly from: string; readonly to: string }): Promise<void> {
    await tx.write('UPDATE invoice SET original_id = ? WHERE original_id = ?', [to, from]);
  }

  async setState(tx: Tx, id: string, state: InvoiceState): Promise<void> {
    await tx.write('UPDATE invoice SET state = ? WHERE id = ?', [state, id]);
  }

  /** Of red ones that are out. */
  async redFen(tx: Tx, originalId: string): Promise<Fen> {
    const [row] = await tx.query<{ sum: FenText }>(
      'SELECT COALESCE(SUM(total_fen), 0) AS sum FROM invoice WHERE original_id = ? AND number IS NOT NULL',
      [originalId],
    );
    return fen(row?.sum ?? '0');
  }
}
