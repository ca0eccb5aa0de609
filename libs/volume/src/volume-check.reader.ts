import { Injectable } from '@nestjs/common';
import { withinScope } from '#libs/division';
import { type Fen, type FenText, fen } from '#libs/kernel';
import { Database } from '#platform/database';

/** What a rollup says more than the facts, of one day, county and product. */
export interface VolumeDifferenceRow {
  readonly day: string;
  readonly originCountyCode: string;
  readonly productId: string;
  readonly orderedFen: Fen;
  readonly paidFen: Fen;
  readonly refundedFen: Fen;
  readonly deliveredFen: Fen;
  readonly recognisedFen: Fen;
  readonly foundAt: Date;
}

const DIFFERENCES_MAX = 500;

type Raw = {
  readonly [K in keyof VolumeDifferenceRow]: VolumeDifferenceRow[K] extends Fen
    ? FenText
    : VolumeDifferenceRow[K];
};

@Injectable()
export class VolumeCheckReader {
  constructor(private readonly database: Database) {}

  /** Whether the rollup has been compared with its facts on that business day. */
  async isDone(checkedOn: string): Promise<boolean> {
    const rows = await this.database.query(
      'SELECT 1 FROM volume_check WHERE checked_on = ? AND finished_at IS NOT NULL',
      [checkedOn],
    );
    return rows.length === 1;
  }

  /** Of counties within the scope, the latest days first. */
  async differences(scope: readonly string[] | 'ALL'): Promise<VolumeDifferenceRow[]> {
    const { sql, values } = withinScope('origin_county_code', scope);
    const rows = await this.database.query<Raw>(
      `SELECT day, origin_county_code AS originCountyCode, product_id AS productId, ordered_fen AS orderedFen, paid_fen AS paidFen,
        refunded_fen AS refundedFen, delivered_fen AS deliveredFen, recognised_fen AS recognisedFen, found_at AS foundAt
       FROM volume_difference WHERE ${sql}
       ORDER BY day DESC, origin_county_code, product_id LIMIT ?`,
      [...values, DIFFERENCES_MAX],
    );
    return rows.map((row) => ({
      ...row,
      orderedFen: fen(row.orderedFen),
      paidFen: fen(row.paidFen),
      refundedFen: fen(row.refundedFen),
      deliveredFen: fen(row.deliveredFen),
      recognisedFen: fen(row.recognisedFen),
    }));
  }
}
