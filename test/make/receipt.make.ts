import { newId, refused } from '#libs/kernel';
import { MerchantOrderService } from '#libs/ordering';
import { type MadeOrder, partsOf } from './order.make.js';
import type { Ground } from './product.make.js';

/** Everything of a paid order is shipped and signed for now. */
export async function receiveOrder(ground: Ground, { orderId, buyerId }: MadeOrder): Promise<void> {
  const parts = await partsOf(ground, orderId);
  const orders = ground.get(MerchantOrderService);
  const at = ground.clock.now();
  await ground.database.transaction(async (tx) => {
    for (const { id, merchantId, handover } of parts) {
      const shipment = { merchantIds: [merchantId], fulfillmentId: newId('ful'), handover, at };
      const shipped = await orders.markShipped(tx, id, shipment);
      if (refused(shipped)) throw new Error(shipped.message.en);
      const received = await orders.markReceived(tx, id, { buyerId }, at);
      if (refused(received)) throw new Error(received.message.en);
    }
  });
}
