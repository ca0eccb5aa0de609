import { Injectable } from '@nestjs/common';
import { present } from '#libs/kernel';
import { MerchantOrderReader } from '#libs/ordering';
import { RefundReader } from '#libs/payment';
import { ReceivableService } from '#libs/receivable';
import type { RefundReserved } from '#libs/settlement';
import type { Tx } from '#platform/database';
import type { Consumer } from '#platform/outbox';

/** What goes back of an order on account is owed no longer, or stands to the unit's credit; no provider is asked. */
@Injectable()
export class CreditReceivableOnRefundReserved implements Consumer<RefundReserved> {
  readonly queue = 'money';

  constructor(
    private readonly receivables: ReceivableService,
    private readonly refunds: RefundReader,
    private readonly merchantOrders: MerchantOrderReader,
  ) {}

  async apply(tx: Tx, { id, payload, occurredAt }: RefundReserved): Promise<void> {
    const refund = present(await this.refunds.byId(payload.refundId, tx), payload.refundId);
    if (refund.channel !== 'ON_ACCOUNT') return;
    const { id: refundId, orderId, amountFen } = refund;
    const parts = await this.merchantOrders.ofOrders([orderId], tx);
    const merchantOf = new Map<string, string>(parts.map((part) => [part.id, part.merchantId]));
    const lines = await this.refunds.linesOf(refundId, tx);
    const byMerchant = lines.flatMap(({ merchantOrderId, goodsFen, freightFen }) => {
      const merchantId = merchantOf.get(merchantOrderId);
      return merchantId ? [{ merchantId, amountFen: goodsFen + freightFen }] : [];
    });
    const credited = { refundId, orderId, amountFen, byMerchant };
    await this.receivables.credit(tx, credited, { eventId: id, at: occurredAt });
  }
}
