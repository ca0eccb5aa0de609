import type { IdOf } from '#libs/kernel';
import { type SheetImportId, SheetImportService } from '#libs/sheet';
import { csvFile } from '#platform/sheets';
import type { World } from '../harness/world.js';

/** A table of one new product that is read and waits for somebody to say yes. */
export async function makeSheetImport(
  world: Pick<World, 'get'>,
  { merchantId, userId }: { readonly merchantId: IdOf<'mer'>; readonly userId: IdOf<'usr'> },
  name: string,
): Promise<SheetImportId> {
  const bytes = csvFile([
    ['商品名称', '规格', '净重克', '价格元'],
    [name, '5 斤装', '2500', '58'],
  ]);
  const reach = {
    PRODUCTS: [merchantId],
    SHIPMENTS: [merchantId],
    HOUSEHOLDS: [merchantId],
    BATCHES: [merchantId],
    STOCK: [merchantId],
  };
  const upload = { merchantId, kind: 'PRODUCTS' as const, reference: '', fileName: 'goods.csv', bytes };
  const read = await world.get(SheetImportService).read({ userId, reach }, upload);
  if (typeof read !== 'string') throw new Error(read.fault);
  return read;
}
