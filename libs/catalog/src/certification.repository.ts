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

  async carry(tx: Tx, id: CertificationId, validTo: Date): Promise<void> {
    await tx.write('UPDATE certification SET valid_to = ? WHERE id = ?', [validTo, id]);
  }

  async revoke(tx: Tx, id: CertificationId, at: Date): Promise<void> {
    await tx.write('UPDATE certification SET revoked_at = ? WHERE id = ?', [at, id]);
  }
}
