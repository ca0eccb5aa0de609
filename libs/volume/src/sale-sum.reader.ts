import { Injectable } from '@nestjs/common';
import { type Fen, type FenText, fen } from '#libs/kernel';
import { Database } from '#platform/database';

/** What the register has of one of our own orders. */
export interface SaleSum {
  readonly orderId: string;
  /** What was paid for its goods, by the buyer and by who helped. */
  readonly paidFen: Fen;
  /** What of it went back. */
  readonly refundedFen: Fen;
}

interface Raw {
  readonly orderId: string;
  readonly paid: FenText;
  readonly refunded: FenText;
}

/** What of a coupon went back with a refund is a negative subsidy, and no part of what was paid. */
const SUMS = `SELECT source_order_no AS orderId, SUM(paid_fen + GREATEST(subsidy_fen, 0)) AS paid, SUM(refunded_fen) AS refunded
  FROM volume_fact`;

/** The register by order: for whoever compares it with the books. */
@Injectable()
export class SaleSumReader {
  constructor(private readonly database: Database) {}

  /** All that is known of orders; those of which nothing is are left out. */
  async ofOrders(orderIds: readonly string[]): Promise<SaleSum[]> {
    if (orderIds.length === 0) return [];
    return this.read("WHERE source_order_no IN (?) AND source = 'PLATFORM' GROUP BY source_order_no", [
      orderIds,
    ]);
  }

  /** What of our own orders counts as bought by now: received, less what went back. */
  async recognisedOf(
    orderIds: readonly string[],
  ): Promise<{ readonly orderId: string; readonly recognisedFen: Fen }[]> {
    if (orderIds.length === 0) return [];
    const rows = await this.database.query<{ orderId: string; recognised: FenText }>(
      `SELECT source_order_no AS orderId, SUM(recognised_fen) AS recognised FROM volume_fact
       WHERE source_order_no IN (?) AND source = 'PLATFORM' GROUP BY source_order_no`,
      [orderIds],
    );
    return rows.map(({ orderId, recognised }) => ({ orderId, recognisedFen: fen(recognised) }));
  }

  /** Orders of which something was paid or went back on a day, in the order of their ids; the sums are of that day. */
  async ofDay(day: string, after: string, limit: number): Promise<SaleSum[]> {
    return this.read(
      `WHERE event_day = ? AND source = 'PLATFORM' AND source_order_no > ? AND (paid_fen <> 0 OR subsidy_fen <> 0 OR refunded_fen <> 0)
       GROUP BY source_order_no ORDER BY source_order_no LIMIT ?`,
      [day, after, limit],
    );
  }

  /** The next day on which something of ours was paid or went back. */
  async dayAfter(day: string): Promise<string | null> {
    const [row] = await this.database.query<{ day: string | null }>(
      "SELECT event_day AS day FROM volume_fact WHERE event_day > ? AND source = 'PLATFORM' ORDER BY event_day LIMIT 1",
      [day],
    );
    return row?.day ?? null;
  }

  private async read(
    where: string,
    values: readonly (string | number | readonly string[])[],
  ): Promise<SaleSum[]> {
    const rows = await this.database.query<Raw>(`${SUMS} ${where}`, values);
    return rows.map(({ orderId, paid, refunded }) => ({
      orderId,
      paidFen: fen(paid),
      refundedFen: fen(refunded),
    }));
  }
}
