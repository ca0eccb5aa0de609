import { Injectable } from '@nestjs/common';
import { Clock, type FenText } from '#libs/kernel';
import { Database, Gathered, type Tx } from '#platform/database';
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
  /** Null while it stands; who looks back at a day on which it counted is told that it was taken back since. */
  readonly revokedAt: Date | null;
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
  private readonly valid = new Gathered<CertificationRow>(
    this.database,
    (productIds) => this.read(productIds, this.clock.now(), this.database),
    ({ productId }) => productId,
  );

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** The certificates that count now, for whoever looks at products. */
  async validNow(productIds: readonly string[]): Promise<ReadonlyMap<string, CertificationRow>> {
    return lastOf(await this.valid.of(productIds));
  }

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
    return productIds.length === 0 ? new Map() : lastOf(await this.read(productIds, at, on));
  }

  private read(productIds: readonly string[], at: Date, on: Pick<Tx, 'query'>): Promise<CertificationRow[]> {
    return on.query<CertificationRow>(
      `SELECT id, product_id AS productId, scheme, catalogue_no AS catalogueNo, batch_no AS batchNo,
         linked_person_count AS linkedPersonCount, commodity_value_fen AS commodityValueFen,
         valid_from AS validFrom, valid_to AS validTo, revoked_at AS revokedAt
       FROM certification
       WHERE product_id IN (?) AND valid_from <= ? AND valid_to > ? AND (revoked_at IS NULL OR revoked_at > ?)
       ORDER BY valid_from, id`,
      [productIds, at, at, at],
    );
  }

  /** Whether it has one that is neither over nor revoked, also where it begins to count later. */
  async isHeldBy(productId: string, at: Date, on: Pick<Tx, 'query'>): Promise<boolean> {
    const rows = await on.query<{ id: string }>(
      'SELECT id FROM certification WHERE product_id = ? AND valid_to > ? AND (revoked_at IS NULL OR revoked_at > ?) LIMIT 1',
      [productId, at, at],
    );
    return rows.length > 0;
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

/** Of each product, the one that began last. */
function lastOf(rows: readonly CertificationRow[]): ReadonlyMap<string, CertificationRow> {
  return new Map(rows.map((row) => [row.productId, row]));
}
