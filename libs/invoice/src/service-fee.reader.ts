import { Injectable } from '@nestjs/common';
import { type FenText, type Page, type PageRequest, fen, pageOf } from '#libs/kernel';
import { Database, type SqlValue } from '#platform/database';
import type { ServiceFeeBill } from './service-fee.entity.js';

export type ServiceFeeBillRow = Pick<ServiceFeeBill, keyof ServiceFeeBill>;

export interface ServiceFeeBillFilter {
  readonly merchantId?: string | null;
  readonly month?: string | null;
}

type Raw = Omit<ServiceFeeBillRow, 'feeFen' | 'blueFen' | 'redFen'> & {
  readonly fee: FenText;
  readonly blue: FenText;
  readonly red: FenText;
};

/** Every column of the order, for `pageRequest`. */
export const SERVICE_FEE_BILL_KEY_PARTS = 2;

@Injectable()
export class ServiceFeeReader {
  constructor(private readonly database: Database) {}

  /** The latest month first, and of each by merchant. */
  async page(
    { merchantId, month }: ServiceFeeBillFilter,
    { first, after }: PageRequest,
  ): Promise<Page<ServiceFeeBillRow>> {
    const wanted: (readonly [string, readonly SqlValue[]])[] = [];
    if (merchantId) wanted.push(['merchant_id = ?', [merchantId]]);
    if (month) wanted.push(['month = ?', [month]]);
    if (after) {
      const [atMonth = '', atMerchant = ''] = after;
      wanted.push(['(month < ? OR (month = ? AND merchant_id > ?))', [atMonth, atMonth, atMerchant]]);
    }
    const where = wanted.length > 0 ? `WHERE ${wanted.map(([condition]) => condition).join(' AND ')}` : '';
    const rows = await this.database.query<Raw>(
      `SELECT statement_id AS statementId, merchant_id AS merchantId, month, fee_fen AS fee, blue_fen AS blue, red_fen AS red,
              billed_at AS billedAt
       FROM service_fee_bill ${where} ORDER BY month DESC, merchant_id LIMIT ?`,
      [...wanted.flatMap(([, values]) => values), first + 1],
    );
    const bills = rows.map(({ fee, blue, red, ...rest }) => ({
      ...rest,
      feeFen: fen(fee),
      blueFen: fen(blue),
      redFen: fen(red),
    }));
    return pageOf(bills, first, (bill) => [bill.month, bill.merchantId]);
  }
}
