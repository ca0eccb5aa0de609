import type { SheetCells, SheetColumn } from './sheet-kind.rules.js';

const column = (
  key: string,
  [zh, en]: readonly [string, string],
  [hintZh, hintEn]: readonly [string, string],
  width: number,
  heads: readonly string[] = [],
): SheetColumn => ({ key, name: { zh, en }, heads, hint: { zh: hintZh, en: hintEn }, width });

export const STOCK_COLUMNS: readonly SheetColumn[] = [
  {
    ...column('VARIANT_ID', ['规格编号', 'Variant'], ['照导出的填', 'As exported.'], 32, ['variantid']),
    isNeeded: true,
  },
  {
    ...column('BATCH', ['追溯码', 'Trace code'], ['照导出的填', 'As exported.'], 20, ['批次', 'batch']),
    isNeeded: true,
  },
  {
    ...column(
      'COUNTED',
      ['实盘数量', 'Counted'],
      ['仓库里数出来的件数；没数的留空', 'Units that were counted in the warehouse; blank where nobody has.'],
      12,
      ['盘点数量', '数量'],
    ),
    isNeeded: true,
  },
  { ...column('PRODUCT', ['商品', 'Goods'], ['', ''], 30), isTold: true },
];

export const STOCK_EXAMPLES: readonly SheetCells[] = [
  { VARIANT_ID: 'var_01…', BATCH: 'H01…', COUNTED: '120' },
];

/** A batch of a size is counted once. */
export function stockKey({ VARIANT_ID = '', BATCH = '' }: SheetCells): string {
  return VARIANT_ID === '' || BATCH === '' ? '' : `${VARIANT_ID}/${BATCH}`;
}
