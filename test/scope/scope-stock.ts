import { newId, refused } from '#libs/kernel';
import { StockCountService, StockTransferService, StockWriteOffService } from '#libs/stockkeeping';
import type { World } from '../harness/world.js';
import { makePavilion } from '../make/channel-point.make.js';
import type { MadeProduct } from '../make/product.make.js';
import { makeUser } from '../make/user.make.js';

/** Goods of a merchant that wait for a second person to write them off, some that are to go to a pavilion, and a count that goes on. */
export async function stockRows(
  world: World,
  { merchantId, variantId, batchIds }: Pick<MadeProduct, 'merchantId' | 'variantId' | 'batchIds'>,
): Promise<Record<string, string>> {
  const grant = { role: 'MERCHANT_CLERK', scopeKind: 'MERCHANT', scopeId: merchantId } as const;
  await makeUser(world, { grants: [grant] });
  const keeper = { userId: newId('usr'), merchantIds: [merchantId] };
  const lines = [{ variantId, batchId: batchIds[0] ?? '', quantity: 6 }];
  const place = { merchantId, channelPointId: null, transferId: null };
  const wish = { ...place, why: 'SPOILED', note: '', lines, causeKey: newId('req') } as const;
  const stockWriteOffId = await world.get(StockWriteOffService).request(wish, keeper);
  if (refused(stockWriteOffId)) throw new Error(stockWriteOffId.message.en);
  const { id: toPointId } = await makePavilion(world);
  const transfer = { merchantId, fromPointId: null, toPointId, note: '', lines, causeKey: newId('req') };
  const stockTransferId = await world.get(StockTransferService).draft(transfer, keeper);
  if (refused(stockTransferId)) throw new Error(stockTransferId.message.en);
  const stockCountId = await world.get(StockCountService).open(merchantId, null, keeper);
  return { stockWriteOffId, stockTransferId, stockCountId };
}
