import { Injectable } from '@nestjs/common';
import { Database } from '#platform/database';

/** How the lines of one county of origin were sent on their way. */
export interface DispatchRow {
  readonly originCountyCode: string;
  readonly due: bigint;
  readonly onTime: bigint;
}

export interface DispatchQuestion {
  /** Paid from then on, and before. */
  readonly paidFrom: Date;
  readonly paidBefore: Date;
  readonly promiseHours: number;
  /** What the codes of the counties of origin begin with; none finds nothing. */
  readonly countyPrefixes: readonly string[];
}

@Injectable()
export class DispatchReader {
  constructor(private readonly database: Database) {}

  /** Lines paid within a period and not cancelled, and those shipped within the promise. Costs what the period holds. */
  async byCounty({
    paidFrom,
    paidBefore,
    promiseHours,
    countyPrefixes,
  }: DispatchQuestion): Promise<DispatchRow[]> {
    if (countyPrefixes.length === 0) return [];
    const rows = await this.database.query<{ originCountyCode: string; due: string; onTime: string }>(
      `SELECT l.origin_county_code AS originCountyCode, COUNT(*) AS due,
         SUM(m.shipped_at IS NOT NULL AND m.shipped_at <= DATE_ADD(m.paid_at, INTERVAL ? HOUR)) AS onTime
       FROM merchant_order m JOIN order_line l ON l.merchant_order_id = m.id
       WHERE m.paid_at >= ? AND m.paid_at < ? AND m.state <> 'CANCELLED'
         AND (${countyPrefixes.map(() => 'l.origin_county_code LIKE ?').join(' OR ')})
       GROUP BY l.origin_county_code ORDER BY l.origin_county_code`,
      [promiseHours, paidFrom, paidBefore, ...countyPrefixes.map((prefix) => `${prefix}%`)],
    );
    return rows.map(({ originCountyCode, due, onTime }) => ({
      originCountyCode,
      due: BigInt(due),
      onTime: BigInt(onTime),
    }));
  }
}
