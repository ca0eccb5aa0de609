import { BatchRecallService } from '#libs/harvest';
import { newId, refused } from '#libs/kernel';
import type { World } from '../harness/world.js';
import { makeProduct } from '../make/product.make.js';

/** A recall that is over: looked at by whoever may, and changed by nobody. */
export async function recalled(
  world: World,
  { merchantId, county }: { readonly merchantId: `mer_${string}`; readonly county: string },
): Promise<{ recallId: string; recalledBatchId: string }> {
  const { batchIds } = await makeProduct(world, { merchantId, originCountyCode: county });
  const recalls = world.get(BatchRecallService);
  const everywhere = { userId: newId('usr'), divisions: 'ALL' } as const;
  const wish = { batchId: batchIds[0] ?? '', reason: '抽检待复核', advice: 'DO_NOT_EAT' } as const;
  const recallId = await recalls.propose(wish, everywhere);
  if (refused(recallId)) throw new Error(recallId.message.en);
  await recalls.drop(recallId, '复核没有问题', everywhere);
  return { recallId, recalledBatchId: wish.batchId };
}
