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

  /** Of what was announced last first. Facts are found by their seller: few have more than one entry that was revoked. */
  async page(
    scope: readonly string[] | 'ALL',
    { first, after }: PageRequest,
  ): Promise<Page<RevokedVolumeRow>> {
    const { sql, values } = withinScope('f.origin_county_code', scope);
    const of = `FROM volume_fact v WHERE v.merchant_id = f.merchant_id AND v.certification_id = f.certification_id AND v.origin_day >= f.since_on`;
    const rows = await this.database.query<Source>(
      `SELECT f.certification_id AS certificationId, f.product_id AS productId, f.merchant_id AS merchantId, f.origin_county_code AS originCountyCode,
         f.since_on AS sinceOn, f.flagged_at AS flaggedAt, (SELECT SUM(v.recognised_fen) ${of}) AS certifiedFen, (SELECT COUNT(*) ${of}) AS factCount
       FROM volume_certificate_flag f WHERE ${sql}${after ? ' AND f.certification_id < ?' : ''} ORDER BY f.certification_id DESC LIMIT ?`,
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
