import type { UserId } from '#libs/identity';
import { newId, present } from '#libs/kernel';
import { OrderReader } from '#libs/ordering';
import type { SqlValue } from '#platform/database';
import type { World } from '../harness/world.js';
import { makePhoto } from '../make/photo.make.js';

/** A case about a line that was received, with a photo. Nothing here was paid through a provider, so it is written as it would stand. */
export async function afterSale(
  world: World,
  buyerId: UserId,
  orderId: string,
  standing: Readonly<Record<string, SqlValue>> = {},
): Promise<{ afterSaleId: string; photoId: string; orderLineId: string }> {
  const [line] = await world.get(OrderReader).linesOfOrder(orderId);
  const {
    id: orderLineId,
    merchantOrderId,
    merchantId,
    productId,
    variantId,
    ...of
  } = present(line, 'a line');
  const [afterSaleId, photoId] = [newId('afs'), await makePhoto(world, buyerId)];
  const at = world.clock.now();
  await world.database.transaction(async (tx) => {
    await tx.insert('after_sale', [
      {
        id: afterSaleId,
        buyerId,
        idempotencyKey: newId('req'),
        requestHash: Buffer.alloc(32),
        orderId,
        merchantOrderId,
        orderLineId,
        merchantId,
        productId,
        variantId,
        productName: of.productName,
        variantName: of.variantName,
        countyCode: of.sellerCountyCode,
        openLineId: orderLineId,
        kind: 'FRESH_CLAIM',
        reason: 'SPOILED',
        state: 'REQUESTED',
        quantity: 1,
        badWeightG: 750,
        badShareBps: 3_000,
        askedFen: 3_000n,
        isWhole: false,
        openedAt: at,
        ...standing,
      },
    ]);
    const band = '0f0f';
    await tx.insert('after_sale_photo', [
      {
        afterSaleId,
        photoId,
        side: 'BUYER',
        subject: 'SCALE',
        orderId,
        fingerprint: band.repeat(4),
        bandA: band,
        bandB: band,
        bandC: band,
        bandD: band,
        addedAt: at,
      },
    ]);
  });
  return { afterSaleId, photoId, orderLineId };
}
