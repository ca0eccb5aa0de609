import { Injectable } from '@nestjs/common';
import { withinScope } from '#libs/division';
import { type Fen, type Page, type PageRequest, fen, pageOf } from '#libs/kernel';
import { Database } from '#platform/database';

/** Columns in a page's sort key, for `pageRequest`. */
export const REVOKED_VOLUME_KEY_PARTS = 1;

export interface RevokedVolumeRow {
  readonly certificationId: string;
  readonly productId: string;
  readonly merchantId: string;
  readonly originCountyCode: string;
  readonly sinceOn: string;
  readonly flaggedAt: Date;
  readonly certifiedFen: Fen;
  readonly factCount: number;
}

type Source = Omit<RevokedVolumeRow, 'certifiedFen' | 'factCount'> & {
  readonly certifiedFen: string | null;
  readonly factCount: string;
};

/** A sale stays what it was when it was paid; this says what to think of it since. */
@Injectable()
export class RevokedVolumeReader {
  constructor(private readonly database: Database) {}

  /** Of what was announced last first. Facts are found by their seller, and read once for each entry: few have more than one that was revoked. */
  async page(
    scope: readonly string[] | 'ALL',
    { first, after }: PageRequest,
  ): Promise<Page<RevokedVolumeRow>> {
    const { sql, values } = withinScope('origin_county_code', scope);
    const rows = await this.database.query<Source>(
      `SELECT f.*, SUM(v.recognised_fen) AS certifiedFen, COUNT(v.id) AS factCount
       FROM (SELECT certification_id AS certificationId, product_id AS productId, merchant_id AS merchantId, origin_county_code AS originCountyCode,
           since_on AS sinceOn, flagged_at AS flaggedAt FROM volume_certificate_flag
         WHERE ${sql}${after ? ' AND certification_id < ?' : ''} ORDER BY certification_id DESC LIMIT ?) f
       LEFT JOIN volume_fact v ON v.merchant_id = f.merchantId AND v.certification_id = f.certificationId AND v.origin_day >= f.sinceOn
       GROUP BY f.certificationId ORDER BY f.certificationId DESC`,
      [...values, ...(after ? [after[0] ?? ''] : []), first + 1],
    );
    return pageOf(
      rows.map((row) => ({
        ...row,
        certifiedFen: fen(row.certifiedFen ?? 0),
        factCount: Number(row.factCount),
      })),
      first,
      ({ certificationId }) => [certificationId],
    );
  }
}
