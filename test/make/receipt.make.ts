import { FulfillmentService, ReceiptService } from '#libs/fulfillment';
import { refused } from '#libs/kernel';
import { type MadeOrder, partsOf } from './order.make.js';
import type { Ground } from './product.make.js';

/** Everything of a paid order that has not left yet is shipped now, or put ready. */
export async function shipOrder(ground: Ground, { orderId }: Pick<MadeOrder, 'orderId'>): Promise<void> {
  const fulfillments = ground.get(FulfillmentService);
  for (const { id, merchantId, handover } of await partsOf(ground, orderId)) {
    const parcel = { merchantOrderId: id, carrier: '顺丰', trackingNo: 'SF0000000001' };
    const shipped =
      handover === 'PICK_UP'
        ? await fulfillments.ready([merchantId], id)
        : await fulfillments.ship([merchantId], parcel);
    if (refused(shipped)) throw new Error(shipped.message.en);
  }
}

/** Everything of a paid order is shipped and signed for now. */
export async function receiveOrder(ground: Ground, order: MadeOrder): Promise<void> {
  await shipOrder(ground, order);
  for (const { id } of await partsOf(ground, order.orderId)) {
    const received = await ground.get(ReceiptService).receive(order.buyerId, id);
    if (refused(received)) throw new Error(received.message.en);
  }
}
