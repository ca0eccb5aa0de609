import { Injectable } from '@nestjs/common';
import type { Tx } from '#platform/database';
import type { ServiceFeeBillRow } from './service-fee.reader.js';

@Injectable()
export class ServiceFeeRepository {
  /** '' where nothing has been billed yet. */
  async lastMonth(tx: Tx, merchantId: string): Promise<string> {
    const [row] = await tx.query<{ month: string | null }>(
      'SELECT MAX(month) AS month FROM service_fee_bill WHERE merchant_id = ?',
      [merchantId],
    );
    return row?.month ?? '';
  }

  async insert(tx: Tx, bill: ServiceFeeBillRow): Promise<void> {
    await tx.insert('service_fee_bill', [{ ...bill }]);
  }
}
