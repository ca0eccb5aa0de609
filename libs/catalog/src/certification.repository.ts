import { Injectable } from '@nestjs/common';
import { withinScope } from '#libs/division';
import type { IdOf } from '#libs/kernel';
import type { Tx } from '#platform/database';
import { Certification, type CertificationId } from './certification.entity.js';
import type { ProductId } from './product.entity.js';

export interface LockedCertification {
  readonly id: CertificationId;
  readonly productId: ProductId;
  readonly scheme: string;
  readonly validFrom: Date;
  readonly validTo: Date;
  readonly termEndsAt: Date | null;
  readonly revokedAt: Date | null;
  readonly merchantId: IdOf<'mer'>;
  readonly countyCode: string;
}

/** What stands in the catalogue of recognised products; `certification` decides what comes into it and goes. */
@Injectable()
export class CertificationRepository {
  async insert(tx: Tx, certifications: readonly Certification[]): Promise<void> {
    await tx.manager.insert(Certification, [...certifications]);
  }

  /** Null for what comes from outside of the divisions. */
  async lockWithin(
    tx: Tx,
    id: string,
    scope: readonly string[] | 'ALL',
  ): Promise<LockedCertification | null> {
    const { sql, values } = withinScope('p.origin_county_code', scope);
    const [row] = await tx.query<LockedCertification>(
      `SELECT c.id, c.product_id AS productId, c.scheme, c.valid_from AS validFrom, c.valid_to AS validTo, c.term_ends_at AS termEndsAt,
         c.revoked_at AS revokedAt, p.merchant_id AS merchantId, p.origin_county_code AS countyCode
       FROM certification c JOIN product p ON p.id = c.product_id WHERE c.id = ? AND ${sql} FOR UPDATE`,
      [id, ...values],
    );
    return row ?? null;
  }

  /** The highest that any list of the scheme has had, also those that were there before us. */
  async lastBatchNo(tx: Tx, scheme: string): Promise<number> {
    const [row] = await tx.query<{ n: number | null }>(
      'SELECT MAX(batch_no) AS n FROM certification WHERE scheme = ?',
      [scheme],
    );
    return row?.n ?? 0;
  }

  /** Whoever was reminded of the end before is reminded of this one anew. */
  async carry(tx: Tx, id: CertificationId, validTo: Date): Promise<void> {
    await tx.write('UPDATE certification SET valid_to = ?, reminded_days = NULL WHERE id = ?', [validTo, id]);
  }

  /** What counts and ends before one of these moments, of which nobody was told yet; not where the product stands in the same catalogue for longer. */
  lockToRemind(
    tx: Tx,
    now: Date,
    days: readonly { readonly before: number; readonly until: Date }[],
    limit: number,
  ): Promise<Pick<LockedCertification, 'id' | 'productId' | 'merchantId' | 'validTo'>[]> {
    const due = days.map(() => '(c.valid_to <= ? AND (c.reminded_days IS NULL OR c.reminded_days > ?))');
    return tx.query(
      `SELECT c.id, c.product_id AS productId, p.merchant_id AS merchantId, c.valid_to AS validTo
       FROM certification c JOIN product p ON p.id = c.product_id
       WHERE c.valid_to > ? AND c.revoked_at IS NULL AND (${due.join(' OR ')})
         AND NOT EXISTS (SELECT 1 FROM certification n WHERE n.product_id = c.product_id AND n.scheme = c.scheme AND n.valid_to > c.valid_to
           AND n.revoked_at IS NULL)
       ORDER BY c.valid_to, c.id LIMIT ? FOR UPDATE SKIP LOCKED`,
      [now, ...days.flatMap(({ before, until }) => [until, before]), limit],
    );
  }

  async setReminded(tx: Tx, ids: readonly CertificationId[], days: number): Promise<void> {
    if (ids.length === 0) return;
    await tx.write('UPDATE certification SET reminded_days = ? WHERE id IN (?)', [days, ids]);
  }

  async revoke(tx: Tx, id: CertificationId, at: Date): Promise<void> {
    await tx.write('UPDATE certification SET revoked_at = ? WHERE id = ?', [at, id]);
  }
}
