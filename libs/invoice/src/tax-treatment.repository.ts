import { Injectable } from '@nestjs/common';
import { type Tx, unlessTaken } from '#platform/database';
import { SELECT_TAX_TREATMENT } from './tax-treatment.reader.js';
import type { TaxTreatmentRow, TaxWish } from './tax-treatment.rules.js';

@Injectable()
export class TaxTreatmentRepository {
  /** What stands for that very day; null where nothing does. */
  async latest(
    tx: Tx,
    {
      merchantId,
      subject,
      categoryCode,
      effectiveOn,
    }: Pick<TaxWish, 'merchantId' | 'subject' | 'categoryCode' | 'effectiveOn'>,
  ): Promise<TaxTreatmentRow | null> {
    const [row] = await tx.query<TaxTreatmentRow>(
      `${SELECT_TAX_TREATMENT} WHERE merchant_id = ? AND subject = ? AND category_code = ? AND effective_on = ?
       ORDER BY revision DESC LIMIT 1`,
      [merchantId, subject, categoryCode, effectiveOn],
    );
    return row ?? null;
  }

  /** Two at once: the key lets one through, and the other looks again at what stands by then. */
  async insert(tx: Tx, row: TaxTreatmentRow): Promise<void> {
    await unlessTaken('somebody else has set it first', () => tx.insert('tax_treatment', [{ ...row }]));
  }
}
