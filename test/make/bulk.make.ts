import { type BulkOrderId, BulkOrderService } from '#libs/bulk';
import type { IdOf } from '#libs/kernel';
import { csvFile } from '#platform/sheets';
import type { World } from '../harness/world.js';

/** A list of one row that is read and waits for somebody to say yes. */
export async function makeBulkOrder(
  world: Pick<World, 'get'>,
  { unitId, buyerId }: { readonly unitId: string; readonly buyerId: IdOf<'usr'> },
  variantId: string,
  countyCode = '430225',
): Promise<BulkOrderId> {
  const head = ['收货人', '手机号', '县市区', '详细地址', '货号', '数量'];
  const row = ['职工', '13900001234', countyCode, '泰山路 1 号', variantId, '1'];
  const file = { unitId, reference: '', fileName: 'list.csv', bytes: csvFile([head, row]) };
  const read = await world.get(BulkOrderService).read(buyerId, file);
  if (typeof read !== 'string') throw new Error(read.fault);
  return read;
}
