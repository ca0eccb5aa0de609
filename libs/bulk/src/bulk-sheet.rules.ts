import { createHash } from 'node:crypto';
import { type Message, type SheetHeads, type SheetRows, tableIn } from '#libs/kernel';
import type { SheetFault } from '#platform/sheets';

/** A gift for each of two thousand people, with a few kinds of goods. */
export const BULK_ROWS_MAX = 5_000;

export const BULK_COLUMNS = ['RECIPIENT', 'PHONE', 'COUNTY', 'ADDRESS', 'GOODS', 'QUANTITY'] as const;
export type BulkColumn = (typeof BULK_COLUMNS)[number];

/** What a column is called at its head; the first of each language is what the template says. */
const HEADS: SheetHeads<BulkColumn> = {
  RECIPIENT: ['收货人', 'recipient', '收件人', '姓名', 'name'],
  PHONE: ['手机号', 'phone', '手机', '手机号码', '电话', '联系电话', '收货电话', 'mobile'],
  COUNTY: ['县市区', 'county', '区县', '收货地区', '所在地区', '省市区', '行政区划', 'countycode'],
  ADDRESS: ['详细地址', 'address', '地址', '收货地址'],
  GOODS: ['货号', 'goodscode', '商品编码', '规格编码', '商品货号', 'sku', 'variantid'],
  QUANTITY: ['数量', 'quantity', '件数', '份数', 'qty'],
};

export const COLUMN_NAMES: Readonly<Record<BulkColumn, Message>> = {
  RECIPIENT: { zh: '收货人', en: 'Recipient' },
  PHONE: { zh: '手机号', en: 'Phone' },
  COUNTY: { zh: '县市区', en: 'County' },
  ADDRESS: { zh: '详细地址', en: 'Address' },
  GOODS: { zh: '货号', en: 'Goods code' },
  QUANTITY: { zh: '数量', en: 'Quantity' },
};

export type BulkCells = Readonly<Record<BulkColumn, string>>;

/** A row of the list, by the number that the spreadsheet shows. */
export interface SheetRow {
  readonly rowNo: number;
  readonly cells: BulkCells;
}

/** As many as are kept of each cell; what is longer is a fault, and shown cut. */
export const CELL_KEPT: Readonly<Record<BulkColumn, number>> = {
  RECIPIENT: 100,
  PHONE: 40,
  COUNTY: 100,
  ADDRESS: 250,
  GOODS: 100,
  QUANTITY: 40,
};

/** The rows below the head that say anything; or which columns are missing. Columns of other names are left alone. */
export function listIn(sheet: SheetRows): readonly SheetRow[] | { readonly missing: readonly BulkColumn[] } {
  const table = tableIn(sheet, HEADS, BULK_COLUMNS);
  if ('missing' in table) return table;
  return table.rows.flatMap(({ rowNo, cells: said }): SheetRow[] => {
    const textOf = (column: BulkColumn) => said[column].slice(0, CELL_KEPT[column]);
    // Codes and numbers in full width are the same codes and numbers; names and addresses stay as they are written.
    const plainOf = (column: BulkColumn) => textOf(column).normalize('NFKC').slice(0, CELL_KEPT[column]);
    const cells: BulkCells = {
      RECIPIENT: textOf('RECIPIENT'),
      PHONE: plainOf('PHONE').replaceAll(/\s/g, ''),
      COUNTY: plainOf('COUNTY'),
      ADDRESS: textOf('ADDRESS'),
      GOODS: plainOf('GOODS'),
      QUANTITY: plainOf('QUANTITY'),
    };
    const isBlank = Object.values(cells).every((cell) => cell === '');
    return isBlank ? [] : [{ rowNo, cells }];
  });
}

/** The same list is the same, in whatever kind of file and with whatever beside it. */
export function listHash(rows: readonly SheetRow[]): Buffer {
  const content = rows.map(({ cells }) => BULK_COLUMNS.map((column) => cells[column]));
  return createHash('sha256').update(JSON.stringify(content)).digest();
}

export type BulkFileFault = SheetFault | 'COLUMNS_MISSING' | 'NO_ROWS' | 'TOO_MANY_PARCELS' | 'TOO_MANY_OPEN';

const FILE_FAULTS: Readonly<Record<BulkFileFault, Message>> = {
  EMPTY: { zh: '文件为空', en: 'The file is empty.' },
  TOO_LARGE: {
    zh: '文件过大：不得超过 2 MB，单元格不得超过 1000 字',
    en: 'The file is too large: at most 2 MB, and 1,000 characters in a cell.',
  },
  TOO_MANY_ROWS: {
    zh: `至多 ${BULK_ROWS_MAX} 行，请分成几个文件`,
    en: `At most ${BULK_ROWS_MAX} rows; cut the list.`,
  },
  OLD_EXCEL: {
    zh: '请另存为 .xlsx 或 CSV 后再上传',
    en: 'Save it as .xlsx or CSV and try again.',
  },
  UNREADABLE: { zh: '无法读取，请用模板填写', en: 'It cannot be read; use the template.' },
  UNKNOWN_ENCODING: {
    zh: 'CSV 须为 UTF-8 或 GB18030（GBK）编码',
    en: 'A CSV is in UTF-8 or GB18030 (GBK).',
  },
  COLUMNS_MISSING: { zh: '缺少列', en: 'Columns are missing' },
  NO_ROWS: { zh: '表头下没有数据', en: 'There is nothing below the head.' },
  TOO_MANY_PARCELS: {
    zh: '至多 2000 个收货人，请分成几个文件',
    en: 'At most 2,000 recipients; cut the list.',
  },
  TOO_MANY_OPEN: {
    zh: '本单位有过多未确认的清单，请先确认或放弃',
    en: 'Too many lists of this unit wait; confirm or discard some.',
  },
};

/** What a route answers where a file was refused, in both languages. */
export function bulkFileFault(
  fault: BulkFileFault,
  missing: readonly BulkColumn[] = [],
): { readonly code: string; readonly message: Message } {
  const { zh, en } = FILE_FAULTS[fault];
  const names = missing.map((column) => COLUMN_NAMES[column]);
  const message =
    names.length === 0
      ? { zh, en }
      : {
          zh: `${zh}：${names.map((name) => name.zh).join('、')}`,
          en: `${en}: ${names.map((name) => name.en).join(', ')}.`,
        };
  return { code: `BULK_${fault}`, message };
}
