import { Injectable } from '@nestjs/common';
import { MerchantReader } from '#libs/merchant';
import type { Tx } from '#platform/database';
import { SellerSuspendedError } from './order.errors.js';

interface SoldLine {
  readonly orderId: string;
  readonly orderLineId: string;
  readonly productName: string;
  readonly merchantId: string;
}

/** Whether what was ordered may still be bought. What is paid or signed for stays bought, whatever becomes of its seller. */
@Injectable()
export class OrderSellerReader {
  constructor(private readonly merchants: MerchantReader) {}

  /** By order, why it cannot be paid or signed for. What was taken out of an open cabinet is owed to whoever sold it. */
  async refusalsOf(tx: Tx, orderIds: readonly string[]): Promise<ReadonlyMap<string, SellerSuspendedError>> {
    if (orderIds.length === 0) return new Map();
    // First, because there is hardly ever one.
    const stopped = await this.merchants.stopped(tx);
    if (stopped.length === 0) return new Map();
    const nameOf = new Map<string, string>(stopped.map(({ id, name }) => [id, name]));
    const lines = await tx.query<SoldLine>(
      `SELECT l.order_id AS orderId, l.id AS orderLineId, l.product_name AS productName, l.merchant_id AS merchantId
       FROM order_line l JOIN merchant_order m ON m.id = l.merchant_order_id
       WHERE l.order_id IN (?) AND m.handover <> 'TAKEN' ORDER BY l.id`,
      [orderIds],
    );
    return new Map(
      orderIds.flatMap((id) => {
        const gone = lines.flatMap(({ orderId, orderLineId, productName, merchantId }) => {
          const merchantName = nameOf.get(merchantId);
          return orderId === id && merchantName !== undefined
            ? [{ orderLineId, productName, merchantName }]
            : [];
        });
        return gone.length > 0 ? [[id, new SellerSuspendedError(gone)] as const] : [];
      }),
    );
  }
}
