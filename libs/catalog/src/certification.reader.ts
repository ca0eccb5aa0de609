import { Injectable } from '@nestjs/common';
import type { FenText } from '#libs/kernel';
import { Database, type Tx } from '#platform/database';
import type { CertificationId } from './certification.entity.js';
import type { ProductId } from './product.entity.js';

export interface CertificationRow {
  readonly id: CertificationId;
  readonly productId: ProductId;
  readonly scheme: string;
  readonly catalogueNo: string;
  readonly batchNo: number;
  readonly linkedPersonCount: number;
  readonly commodityValueFen: FenText;
  readonly validFrom: Date;
  readonly validTo: Date;
}

/** From when to when a certificate counts. */
export interface CertificationSpan {
  readonly id: CertificationId;
  readonly productId: ProductId;
  readonly validFrom: Date;
  readonly validTo: Date;
  readonly revokedAt: Date | null;
}

@Injectable()
export class CertificationReader {
  constructor(private readonly database: Database) {}

  /**
   * The certificates that count at this instant, by product. A product may stand in several catalogues; the one that began last
   * is named, so that the answer is the same whoever asks. A caller with an open transaction hands it on: waiting for a second
   * connection while holding one could be for ever.
   */
  async validAt(
    productIds: readonly string[],
    at: Date,
    on: Pick<Tx, 'query'> = this.database,
  ): Promise<ReadonlyMap<string, CertificationRow>> {
    if (productIds.length === 0) return new Map();
    const rows = await on.query<CertificationRow>(
      `SELECT id, product_id AS productId, scheme, catalogue_no AS catalogueNo, batch_no AS batchNo,
         linked_person_count AS linkedPersonCount, commodity_value_fen AS commodityValueFen,
         valid_from AS validFrom, valid_to AS validTo
       FROM certification
       WHERE product_id IN (?) AND valid_from <= ? AND valid_to > ? AND (revoked_at IS NULL OR revoked_at > ?)
       ORDER BY valid_from, id`,
      [productIds, at, at, at],
    );
    return new Map(rows.map((row) => [row.productId, row]));
  }

  /** Every certificate these products have or had, for those who ask about many instants at once. */
  async spansOf(productIds: readonly string[]): Promise<CertificationSpan[]> {
    if (productIds.length === 0) return [];
    return this.database.query<CertificationSpan>(
      `SELECT id, product_id AS productId, valid_from AS validFrom, valid_to AS validTo, revoked_at AS revokedAt
       FROM certification WHERE product_id IN (?)`,
      [productIds],
    );
  }
}
