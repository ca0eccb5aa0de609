import { Injectable } from '@nestjs/common';
import { PRESALE_DAYS_MAX } from '#libs/inventory';
import { Database } from '#platform/database';

/** How the lines of one county of origin were sent on their way. */
export interface DispatchRow {
  readonly originCountyCode: string;
  readonly due: bigint;
  readonly onTime: bigint;
}

/** Lines that their buyers have signed for. */
export interface SigningRow {
  /** Null for the whole, which is not the sum of its counties. */
  readonly originCountyCode: string | null;
  readonly signed: bigint;
  /** The two in the middle together, or the one in the middle twice: half of it is the median, exactly. */
  readonly twiceMedianMicros: bigint;
}

export interface SigningQuestion {
  /** Paid from then on, and before. */
  readonly paidFrom: Date;
  readonly paidBefore: Date;
  /** What the codes of the counties of origin begin with; none finds nothing. */
  readonly countyPrefixes: readonly string[];
  /** Only these; null for all. */
  readonly counties: readonly string[] | null;
}

export interface DispatchQuestion {
  /** Paid from then on, and before. */
  readonly paidFrom: Date;
  readonly paidBefore: Date;
  readonly promiseHours: number;
  /** What was presold: promised, when it was ordered, for a day from then on, and before. */
  readonly promisedFrom: string;
  readonly promisedBefore: string;
  /** What the codes of the counties of origin begin with; none finds nothing. */
  readonly countyPrefixes: readonly string[];
}

/** Of the day that was promised when it was ordered, in Shanghai. */
const DAY_BEGIN = 'DATE_SUB(CAST(l.promised_on AS DATETIME(6)), INTERVAL 8 HOUR)';
const DAY_END = 'DATE_ADD(CAST(l.promised_on AS DATETIME(6)), INTERVAL 16 HOUR)';

/** An adopted tree is paid for once and sent in instalments over seasons; when the last of it arrived says nothing of how punctual it was. */
const NOT_ADOPTED = 'NOT EXISTS (SELECT 1 FROM adoption a WHERE a.order_id = m.order_id)';

@Injectable()
export class DispatchReader {
  constructor(private readonly database: Database) {}

  /**
   * Paid lines that were due within a period and are not cancelled, and those shipped in time: what is in stock within the promise after payment; what
   * was presold by the end of the day that was promised when it was ordered, whatever has been announced since. Costs what the period holds.
   */
  async byCounty({
    paidFrom,
    paidBefore,
    promiseHours,
    promisedFrom,
    promisedBefore,
    countyPrefixes,
  }: DispatchQuestion): Promise<DispatchRow[]> {
    if (countyPrefixes.length === 0) return [];
    const isWithin = countyPrefixes.map(() => 'l.origin_county_code LIKE ?').join(' OR ');
    const prefixes = countyPrefixes.map((prefix) => `${prefix}%`);
    const rows = await this.database.query<{ originCountyCode: string; due: string; onTime: string }>(
      `SELECT d.county AS originCountyCode, COUNT(*) AS due, SUM(d.is_on_time) AS onTime FROM (
         SELECT l.origin_county_code AS county,
           m.shipped_at IS NOT NULL AND m.shipped_at <= DATE_ADD(m.paid_at, INTERVAL ? HOUR) AS is_on_time
         FROM merchant_order m JOIN order_line l ON l.merchant_order_id = m.id
         WHERE m.paid_at >= ? AND m.paid_at < ? AND m.state <> 'CANCELLED' AND (${isWithin})
           AND NOT EXISTS (SELECT 1 FROM presale_order p WHERE p.order_id = m.order_id)
           AND ${NOT_ADOPTED}
         UNION ALL
         SELECT l.origin_county_code, m.shipped_at IS NOT NULL AND m.shipped_at < ${DAY_END}
         FROM presale s JOIN presale_order p ON p.presale_id = s.id
         JOIN order_line l ON l.order_id = p.order_id JOIN merchant_order m ON m.id = l.merchant_order_id
         WHERE s.first_on < ? AND s.last_on >= DATE_SUB(?, INTERVAL ? DAY)
           AND l.promised_on >= ? AND l.promised_on < ?
           AND m.paid_at IS NOT NULL AND m.state <> 'CANCELLED' AND (${isWithin})
       ) d GROUP BY d.county ORDER BY d.county`,
      [
        promiseHours,
        paidFrom,
        paidBefore,
        ...prefixes,
        promisedBefore,
        promisedFrom,
        PRESALE_DAYS_MAX,
        promisedFrom,
        promisedBefore,
        ...prefixes,
      ],
    );
    return rows.map(({ originCountyCode, due, onTime }) => ({
      originCountyCode,
      due: BigInt(due),
      onTime: BigInt(onTime),
    }));
  }

  /**
   * How long it took from payment until the buyer signed, of lines paid within a period: by county, or of all of them. What was presold nobody waits for
   * before the day it was promised for begins. What lapsed into being received was signed for by nobody. Costs what the period holds. MariaDB has no MEDIAN that MySQL and TiDB share, so rows are numbered.
   */
  async signing(
    { paidFrom, paidBefore, countyPrefixes, counties }: SigningQuestion,
    by: 'COUNTY' | 'WHOLE',
  ): Promise<SigningRow[]> {
    if (countyPrefixes.length === 0 || counties?.length === 0) return [];
    const isByCounty = by === 'COUNTY';
    const took = `TIMESTAMPDIFF(MICROSECOND, IF(p.order_id IS NULL, m.paid_at,
      LEAST(m.received_at, GREATEST(m.paid_at, ${DAY_BEGIN}))), m.received_at)`;
    const partition = isByCounty ? 'PARTITION BY l.origin_county_code' : '';
    const rows = await this.database.query<{ county: string | null; signedCount: string; twice: string }>(
      `SELECT s.county, MAX(s.n) AS signedCount, SUM(s.took) * IF(COUNT(*) = 1, 2, 1) AS twice
       FROM (
         SELECT ${isByCounty ? 'l.origin_county_code' : 'NULL'} AS county, ${took} AS took,
           ROW_NUMBER() OVER (${partition} ORDER BY ${took}, l.id) AS r, COUNT(*) OVER (${partition}) AS n
         FROM merchant_order m JOIN order_line l ON l.merchant_order_id = m.id
         LEFT JOIN presale_order p ON p.order_id = m.order_id
         WHERE m.paid_at >= ? AND m.paid_at < ? AND m.received_at IS NOT NULL AND m.received_by = 'BUYER'
           AND ${NOT_ADOPTED}
           AND (${countyPrefixes.map(() => 'l.origin_county_code LIKE ?').join(' OR ')})
           ${counties === null ? '' : 'AND l.origin_county_code IN (?)'}
       ) s
       WHERE s.r IN ((s.n + 1) DIV 2, s.n DIV 2 + 1) GROUP BY s.county ORDER BY s.county`,
      [
        paidFrom,
        paidBefore,
        ...countyPrefixes.map((prefix) => `${prefix}%`),
        ...(counties === null ? [] : [counties]),
      ],
    );
    return rows.map(({ county, signedCount, twice }) => ({
      originCountyCode: county,
      signed: BigInt(signedCount),
      twiceMedianMicros: BigInt(twice),
    }));
  }
}
