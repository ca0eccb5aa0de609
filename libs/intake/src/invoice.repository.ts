import { Injectable } from '@nestjs/common';
import { type SqlValue, type Tx, RetryTransaction, isDuplicate } from '#platform/database';
import type { SubjectKind } from './invoice.entity.js';

export interface InvoiceClaim {
  readonly invoiceNo: string;
  readonly subjectId: string;
}

const PER_STATEMENT = 1_000;

@Injectable()
export class InvoiceRepository {
  /** Which of these are in use; locked, so that they stay in use until we are done. */
  async used(tx: Tx, invoiceNos: readonly string[]): Promise<Set<string>> {
    const used = new Set<string>();
    const sorted = [...new Set(invoiceNos)].toSorted();
    for (let start = 0; start < sorted.length; start += PER_STATEMENT) {
      const rows = await tx.query<{ invoiceNo: string }>(
        'SELECT invoice_no AS invoiceNo FROM invoice_use WHERE invoice_no IN (?) ORDER BY invoice_no FOR UPDATE',
        [sorted.slice(start, start + PER_STATEMENT)],
      );
      for (const { invoiceNo } of rows) used.add(invoiceNo);
    }
    return used;
  }

  /** Who was faster is not seen by `used`, only by the unique key: then everything begins again, and sees them. */
  async take(tx: Tx, kind: SubjectKind, claims: readonly InvoiceClaim[], at: Date): Promise<void> {
    const rows = claims
      .toSorted((a, b) => (a.invoiceNo < b.invoiceNo ? -1 : 1))
      .map(({ invoiceNo, subjectId }): Record<string, SqlValue> => ({
        invoiceNo,
        subjectKind: kind,
        subjectId,
        usedAt: at,
      }));
    try {
      for (let start = 0; start < rows.length; start += PER_STATEMENT)
        await tx.insert('invoice_use', rows.slice(start, start + PER_STATEMENT));
    } catch (error) {
      if (isDuplicate(error)) throw new RetryTransaction('an invoice was used meanwhile');
      throw error;
    }
  }

  async giveBack(tx: Tx, subjectId: string): Promise<void> {
    await tx.write('DELETE FROM invoice_use WHERE subject_id = ?', [subjectId]);
  }
}
