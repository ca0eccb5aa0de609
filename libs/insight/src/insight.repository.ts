import { Injectable } from '@nestjs/common';
import type { Tx } from '#platform/database';

/** What the server says of a row that was there already, and of one that was not. */
const NEW = 1;

@Injectable()
export class InsightRepository {
  /** Whether it is their first order there. */
  async noteBuyer(tx: Tx, merchantId: string, buyerId: string): Promise<boolean> {
    const rows = await tx.write(
      `INSERT INTO insight_buyer (merchant_id, buyer_id, order_count) VALUES (?, ?, 1) ON DUPLICATE KEY UPDATE order_count = order_count + 1`,
      [merchantId, buyerId],
    );
    return rows === NEW;
  }

  async noteCounty(
    tx: Tx,
    merchantId: string,
    year: number,
    countyCode: string,
    buyerId: string,
  ): Promise<void> {
    const isNew = await tx.write(
      'INSERT IGNORE INTO insight_county_buyer (merchant_id, year, county_code, buyer_id) VALUES (?, ?, ?, ?)',
      [merchantId, year, countyCode, buyerId],
    );
    if (isNew === 0) return;
    await tx.write(
      `INSERT INTO insight_county_year (merchant_id, year, county_code, buyer_count) VALUES (?, ?, ?, 1)
       ON DUPLICATE KEY UPDATE buyer_count = buyer_count + 1`,
      [merchantId, year, countyCode],
    );
  }

  /** Last, because it is the row that all orders of a merchant meet at. */
  async noteMonth(tx: Tx, merchantId: string, month: string, again: 0 | 1): Promise<void> {
    await tx.write(
      `INSERT INTO insight_month (merchant_id, month, order_count, again_count) VALUES (?, ?, 1, ?)
       ON DUPLICATE KEY UPDATE order_count = order_count + 1, again_count = again_count + VALUES(again_count)`,
      [merchantId, month, again],
    );
  }
}
