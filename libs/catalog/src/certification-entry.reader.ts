import { Injectable } from '@nestjs/common';
import { withinScope } from '#libs/division';
import { type FenText, type IdOf, type Page, type PageRequest, pageOf } from '#libs/kernel';
import { Database, type SqlValue } from '#platform/database';
import type { CertificationId } from './certification.entity.js';
import type { ProductId } from './product.entity.js';

/** Columns in a page's sort key, for `pageRequest`. */
export const CERTIFICATION_ENTRY_KEY_PARTS = 1;

/** An entry as those see it who answer for it, whether it counts or not. */
export interface CertificationEntryRow {
  readonly id: CertificationId;
  readonly productId: ProductId;
  readonly productName: string;
  readonly merchantId: IdOf<'mer'>;
  readonly countyCode: string;
  readonly scheme: string;
  readonly catalogueNo: string;
  readonly batchNo: number;
  readonly linkedPersonCount: number;
  readonly commodityValueFen: FenText;
  readonly validFrom: Date;
  readonly validTo: Date;
  readonly termEndsAt: Date | null;
  readonly revokedAt: Date | null;
}

export type CertificationEntryScope =
  | { readonly merchantIds: readonly string[] }
  | { readonly divisions: readonly string[] | 'ALL' };

const SELECT = `SELECT c.id, c.product_id AS productId, p.name AS productName, p.merchant_id AS merchantId, p.origin_county_code AS countyCode, c.scheme,
  c.catalogue_no AS catalogueNo, c.batch_no AS batchNo, c.linked_person_count AS linkedPersonCount, c.commodity_value_fen AS commodityValueFen,
  c.valid_from AS validFrom, c.valid_to AS validTo, c.term_ends_at AS termEndsAt, c.revoked_at AS revokedAt
  FROM certification c JOIN product p ON p.id = c.product_id`;

function within(scope: CertificationEntryScope): { sql: string; values: SqlValue[] } {
  if ('divisions' in scope) return withinScope('p.origin_county_code', scope.divisions);
  return scope.merchantIds.length === 0
    ? { sql: 'FALSE', values: [] }
    : { sql: 'p.merchant_id IN (?)', values: [scope.merchantIds] };
}

@Injectable()
export class CertificationEntryReader {
  constructor(private readonly database: Database) {}

  /** Newest first; of those that count and end before a moment, if one is named, and of one batch of a scheme. */
  async page(
    scope: CertificationEntryScope,
    {
      endingBefore,
      now,
      batch = null,
    }: {
      readonly endingBefore: Date | null;
      readonly now: Date;
      readonly batch?: { readonly schemeCode: string; readonly batchNo: number } | null;
    },
    { first, after }: PageRequest,
  ): Promise<Page<CertificationEntryRow>> {
    const { sql, values } = within(scope);
    const where = [sql];
    if (endingBefore !== null) {
      where.push('c.valid_to > ? AND c.valid_to <= ? AND (c.revoked_at IS NULL OR c.revoked_at > ?)');
      values.push(now, endingBefore, now);
    }
    if (batch !== null) {
      where.push('c.scheme = ? AND c.batch_no = ?');
      values.push(batch.schemeCode, batch.batchNo);
    }
    if (after) {
      where.push('c.id < ?');
      values.push(after[0] ?? '');
    }
    const rows = await this.database.query<CertificationEntryRow>(
      `${SELECT} WHERE ${where.join(' AND ')} ORDER BY c.id DESC LIMIT ?`,
      [...values, first + 1],
    );
    return pageOf(rows, first, ({ id }) => [id]);
  }

  /** Null outside the scope. */
  async byId(id: string, scope: CertificationEntryScope): Promise<CertificationEntryRow | null> {
    const { sql, values } = within(scope);
    const [row] = await this.database.query<CertificationEntryRow>(`${SELECT} WHERE c.id = ? AND ${sql}`, [
      id,
      ...values,
    ]);
    return row ?? null;
  }
}
