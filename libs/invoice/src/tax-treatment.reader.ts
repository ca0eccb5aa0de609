import { Injectable } from '@nestjs/common';
import { type Page, type PageRequest, pageOf } from '#libs/kernel';
import { Database, type SqlValue, type Tx } from '#platform/database';
import type { TaxTreatmentRow } from './tax-treatment.rules.js';

export const SELECT_TAX_TREATMENT = `SELECT id, merchant_id AS merchantId, subject, category_code AS categoryCode, effective_on AS effectiveOn,
  revision, treatment, rate_bps AS rateBps, reason, set_by AS setBy, set_at AS setAt FROM tax_treatment`;

@Injectable()
export class TaxTreatmentReader {
  constructor(private readonly database: Database) {}

  /** All that has been set, newest first, what was set over included. */
  page(merchantId: string | null, { first, after }: PageRequest): Promise<Page<TaxTreatmentRow>> {
    const values: SqlValue[] = [after?.[0] ?? '~', ...(merchantId === null ? [] : [merchantId]), first + 1];
    return this.database
      .query<TaxTreatmentRow>(
        `${SELECT_TAX_TREATMENT} WHERE id < ? ${merchantId === null ? '' : 'AND merchant_id = ?'} ORDER BY id DESC LIMIT ?`,
        values,
      )
      .then((rows) => pageOf(rows, first, ({ id }) => [id]));
  }

  /** Of these sellers: a person has set each, so they are few. In any order. */
  async ofMerchants(merchantIds: readonly string[], on: Pick<Tx, 'query'>): Promise<TaxTreatmentRow[]> {
    if (merchantIds.length === 0) return [];
    return on.query<TaxTreatmentRow>(`${SELECT_TAX_TREATMENT} WHERE merchant_id IN (?)`, [merchantIds]);
  }
}
