import type { HarvestBatchRow } from '#libs/harvest';
import type { CellReading } from './sheet-cell.rules.js';
import type { SheetCells, SheetColumn, SheetRow } from './sheet-kind.rules.js';

const column = (
  key: string,
  [zh, en]: readonly [string, string],
  [hintZh, hintEn]: readonly [string, string],
  width: number,
  heads: readonly string[] = [],
): SheetColumn => ({ key, name: { zh, en }, heads, hint: { zh: hintZh, en: hintEn }, width });

export const BATCH_COLUMNS: readonly SheetColumn[] = [
  column(
    'BATCH',
    ['追溯码', 'Trace code'],
    ['改已有批次时照导出的填；新批次留空', 'As exported, for batches there are; blank for new ones.'],
    18,
    ['批次', '批次号', 'batch'],
  ),
  {
    ...column(
      'PRODUCT_ID',
      ['商品编号', 'Product'],
      ['照商品表导出的填', 'As the table of goods has it.'],
      32,
      ['productid'],
    ),
    isNeeded: true,
  },
  column('VILLAGE_CODE', ['村代码', 'Village'], ['十二位代码', 'Its code of twelve digits.'], 16, [
    'villagecode',
  ]),
  column('HARVEST_FROM', ['采收起', 'Harvest from'], ['如 2026-10-01', 'Such as 2026-10-01.'], 12, [
    '采收开始日',
  ]),
  column('HARVEST_UNTIL', ['采收止', 'Harvest until'], ['这一天也算', 'That day included.'], 12, [
    '采收结束日',
  ]),
  column('DAILY_KG', ['每天公斤', 'Kilograms a day'], ['和总公斤填一个', 'This or the whole.'], 12, [
    '每天能收公斤',
  ]),
  column('WEIGHT_KG', ['总公斤', 'Kilograms in all'], ['和每天公斤填一个', 'This or by the day.'], 12, [
    '总重量公斤',
  ]),
  column('BEST_BEFORE', ['最晚售卖日', 'Best before'], ['鲜货必填', 'Needed for fresh goods.'], 12, [
    '到期日',
  ]),
  column('AGREEMENT_ID', ['协议编号', 'Agreement'], ['没有就留空', 'Blank where there is none.'], 32, [
    'agreementid',
  ]),
  { ...column('PRODUCT', ['商品', 'Goods'], ['', ''], 24), isTold: true },
  { ...column('VILLAGE', ['村', 'Village name'], ['', ''], 18), isTold: true },
];

export const BATCH_EXAMPLES: readonly SheetCells[] = [
  {
    PRODUCT_ID: 'prd_01…',
    VILLAGE_CODE: '430225209201',
    HARVEST_FROM: '2026-10-01',
    HARVEST_UNTIL: '2026-10-20',
    DAILY_KG: '300',
    BEST_BEFORE: '2026-11-20',
  },
];

/** A batch there is stands in one row; each new row is a batch of its own. */
export function batchKey({ BATCH = '' }: SheetCells): string {
  return BATCH;
}

/** What a row says; what is blank is null. */
export interface SaidBatch {
  readonly productId: string | null;
  readonly villageCode: string | null;
  readonly harvestedFrom: string | null;
  readonly harvestedUntil: string | null;
  readonly dailyG: number | null;
  readonly weightG: number | null;
  readonly bestBeforeOn: string | null;
  readonly linkageAgreementId: string | null;
}

export function readBatch(reading: CellReading, row: SheetRow): SaidBatch {
  return {
    productId: reading.code(row, 'PRODUCT_ID'),
    villageCode: reading.code(row, 'VILLAGE_CODE'),
    harvestedFrom: reading.day(row, 'HARVEST_FROM'),
    harvestedUntil: reading.day(row, 'HARVEST_UNTIL'),
    dailyG: reading.kilograms(row, 'DAILY_KG'),
    weightG: reading.kilograms(row, 'WEIGHT_KG'),
    bestBeforeOn: reading.day(row, 'BEST_BEFORE'),
    linkageAgreementId: reading.code(row, 'AGREEMENT_ID'),
  };
}

/** What may be said anew of a batch there is: until when, and how much; one of the two amounts takes the place of the other. */
export function amountSaid(said: SaidBatch, live: HarvestBatchRow) {
  const isAmount = said.dailyG !== null || said.weightG !== null;
  return {
    harvestedUntil: said.harvestedUntil ?? live.harvestedUntil ?? live.harvestedFrom,
    dailyG: isAmount ? said.dailyG : live.dailyG,
    // What comes of so much a day is written down with it, and is not said twice.
    weightG: isAmount ? said.weightG : live.dailyG === null ? live.weightG : null,
  };
}

const WRITTEN_ONCE = {
  productId: 'PRODUCT_ID',
  villageCode: 'VILLAGE_CODE',
  harvestedFrom: 'HARVEST_FROM',
  bestBeforeOn: 'BEST_BEFORE',
  linkageAgreementId: 'AGREEMENT_ID',
} as const;

/** Columns that say otherwise of what is written once. */
export function changedOnce(said: SaidBatch, live: HarvestBatchRow): string[] {
  const fields = Object.keys(WRITTEN_ONCE) as (keyof typeof WRITTEN_ONCE)[];
  return fields
    .filter((field) => said[field] !== null && said[field] !== live[field])
    .map((field) => WRITTEN_ONCE[field]);
}

const COLUMN_OF: Readonly<Record<string, string>> = {
  ...WRITTEN_ONCE,
  harvestedUntil: 'HARVEST_UNTIL',
  dailyG: 'DAILY_KG',
  weightG: 'WEIGHT_KG',
};

export function batchColumn(path: string): string {
  return COLUMN_OF[path] ?? '';
}

const kilograms = (grams: number | null) => (grams === null ? '' : String(grams / 1_000));

export function batchCells(row: HarvestBatchRow): SheetCells {
  return {
    BATCH: row.traceCode,
    PRODUCT_ID: row.productId,
    VILLAGE_CODE: row.villageCode ?? '',
    HARVEST_FROM: row.harvestedFrom,
    HARVEST_UNTIL: row.harvestedUntil ?? '',
    DAILY_KG: kilograms(row.dailyG),
    WEIGHT_KG: row.dailyG === null ? kilograms(row.weightG) : '',
    BEST_BEFORE: row.bestBeforeOn ?? '',
    AGREEMENT_ID: row.linkageAgreementId ?? '',
    PRODUCT: row.productName,
    VILLAGE: row.villageName ?? '',
  };
}
