import { createHash } from 'node:crypto';
import type { PlaceOnDays } from '#libs/channel';
import { DIGITS_LOST, type Fen, type Message, type SheetRows, listsBy } from '#libs/kernel';
import type { SheetFault, SheetLimits } from '#platform/sheets';

/** A chain with three hundred shops and thirty kinds of goods. */
export const SELL_THROUGH_ROWS_MAX = 10_000;

/** Tills write out two dozen columns of which we want six. */
export const SELL_THROUGH_LIMITS: SheetLimits = {
  bytesMax: 8 * 1024 * 1024,
  unpackedBytesMax: 48 * 1024 * 1024,
  cellLengthMax: 1_000,
};

const UNITS_MAX = 1_000_000;
const AMOUNT_FEN_MAX = 10_000_000_000n;
const KEY_LENGTH_MAX = 64;
/** What is older the register takes no more. */
const MONTHS_BACK_MAX = 11;

export const SELL_THROUGH_COLUMNS = ['KEY', 'PLACE', 'GOODS', 'DAY', 'QUANTITY', 'AMOUNT'] as const;
export type SellThroughColumn = (typeof SELL_THROUGH_COLUMNS)[number];

/** What a column is called at its head; the first of each language is what the template says. */
const HEADS: Readonly<Record<SellThroughColumn, readonly string[]>> = {
  KEY: ['行号', 'rowkey', '流水号', '单据号', '序号', 'key', 'no'],
  PLACE: ['专区', 'place', '门店', '门店名称', '专馆', '渠道点', 'shop', 'store'],
  GOODS: ['货号', 'goodscode', '商品编码', '规格编码', '商品货号', 'sku', 'variantid'],
  DAY: ['销售日期', 'day', '日期', '销售日', 'date'],
  QUANTITY: ['数量', 'quantity', '销售数量', '件数', 'qty'],
  AMOUNT: ['金额', 'amount', '销售金额', '实收金额', '销售额'],
};

export const COLUMN_NAMES: Readonly<Record<SellThroughColumn, Message>> = {
  KEY: { zh: '行号', en: 'Row key' },
  PLACE: { zh: '专区', en: 'Place' },
  GOODS: { zh: '货号', en: 'Goods code' },
  DAY: { zh: '销售日期', en: 'Day' },
  QUANTITY: { zh: '数量', en: 'Quantity' },
  AMOUNT: { zh: '金额', en: 'Amount' },
};

/** A sheet that says only the month has no days. */
const NEEDED = SELL_THROUGH_COLUMNS.filter((column) => column !== 'DAY');

export type SellThroughCells = Readonly<Record<SellThroughColumn, string>>;

export interface SheetLine {
  /** As the spreadsheet shows it. */
  readonly rowNo: number;
  readonly cells: SellThroughCells;
}

const CELL_KEPT = 120;
/** Above the list there may be a title or two. */
const HEAD_ROWS_MAX = 5;

function columnsIn(row: readonly string[]): Map<SellThroughColumn, number> {
  const heads = row.map((cell) =>
    cell
      .normalize('NFKC')
      .toLowerCase()
      .replaceAll(/\(.*\)|[\s*:_]/g, ''),
  );
  const found = new Map<SellThroughColumn, number>();
  for (const column of SELL_THROUGH_COLUMNS) {
    const at = heads.findIndex((head) => HEADS[column].includes(head));
    if (at >= 0) found.set(column, at);
  }
  return found;
}

/** The rows below the head that say anything; or which columns are missing. Columns of other names are left alone. */
export function linesIn(
  sheet: SheetRows,
): readonly SheetLine[] | { readonly missing: readonly SellThroughColumn[] } {
  const heads = sheet.slice(0, HEAD_ROWS_MAX).map(columnsIn);
  const at = heads.reduce((best, head, index) => (head.size > (heads[best]?.size ?? 0) ? index : best), 0);
  const columns = heads[at] ?? new Map<SellThroughColumn, number>();
  const missing = NEEDED.filter((column) => !columns.has(column));
  if (missing.length > 0) return { missing };
  return sheet.slice(at + 1).flatMap((row, index): SheetLine[] => {
    const textOf = (column: SellThroughColumn) =>
      (row[columns.get(column) ?? -1] ?? '').normalize('NFKC').slice(0, CELL_KEPT);
    const cells: SellThroughCells = {
      KEY: textOf('KEY'),
      PLACE: textOf('PLACE'),
      GOODS: textOf('GOODS'),
      DAY: textOf('DAY'),
      QUANTITY: textOf('QUANTITY'),
      AMOUNT: textOf('AMOUNT'),
    };
    const isBlank = Object.values(cells).every((cell) => cell === '');
    return isBlank ? [] : [{ rowNo: at + index + 2, cells }];
  });
}

/** The same list is the same, in whatever kind of file and with whatever beside it. */
export function linesHash(lines: readonly SheetLine[]): Buffer {
  const content = lines.map(({ cells }) => SELL_THROUGH_COLUMNS.map((column) => cells[column]));
  return createHash('sha256').update(JSON.stringify(content)).digest();
}

export const SELL_THROUGH_FAULTS = [
  'REQUIRED',
  'TOO_LONG',
  'DIGITS_LOST',
  'TWICE',
  'NOT_FOUND',
  'AMBIGUOUS',
  'NOT_OPEN',
  'NO_CONTRACT',
  'NOT_A_DAY',
  'OTHER_MONTH',
  'IN_FUTURE',
  'NOT_A_NUMBER',
  'OUT_OF_RANGE',
  'CONTRADICTS',
] as const;

export interface SellThroughFault {
  readonly column: SellThroughColumn;
  readonly code: (typeof SELL_THROUGH_FAULTS)[number];
}

const FAULT_SAYINGS: Readonly<Record<SellThroughFault['code'], Message>> = {
  REQUIRED: { zh: '必填', en: 'is needed' },
  TOO_LONG: { zh: '过长', en: 'is too long' },
  DIGITS_LOST: {
    zh: '被表格当作数字，位数已丢失；请把该列设为文本格式，再填一遍',
    en: 'was taken for a number by the spreadsheet and has lost digits; make the column text and write it again',
  },
  TWICE: { zh: '在文件中重复', en: 'stands in the file twice' },
  NOT_FOUND: { zh: '查无此项', en: 'is not known' },
  AMBIGUOUS: { zh: '有重名，请填写编号', en: 'is the name of several; write its id' },
  NOT_OPEN: { zh: '当日未营业', en: 'was not open on that day' },
  NO_CONTRACT: { zh: '当日不在合同期内', en: 'stood under no contract on that day' },
  NOT_A_DAY: { zh: '不是日期（如 2026-11-05）', en: 'is no day, such as 2026-11-05' },
  OTHER_MONTH: { zh: '不在申报月份内', en: 'lies in another month' },
  IN_FUTURE: { zh: '尚未到来', en: 'lies ahead' },
  NOT_A_NUMBER: { zh: '不是数字', en: 'is no number' },
  OUT_OF_RANGE: { zh: '超出范围', en: 'is out of range' },
  CONTRADICTS: {
    zh: '数量与金额须同时为零或同时大于零',
    en: 'quantity and amount are both nothing, or neither is',
  },
};

export function faultMessage({ column, code }: SellThroughFault): Message {
  const [name, said] = [COLUMN_NAMES[column], FAULT_SAYINGS[code]];
  return { zh: `${name.zh}${said.zh}`, en: `${name.en} ${said.en}.` };
}

export interface SellThroughKnowledge {
  /** First day of the month. */
  readonly month: string;
  readonly today: string;
  /** By the id or the name. */
  readonly placesOf: ReadonlyMap<string, readonly PlaceOnDays[]>;
  /** By the seller's code or the id. */
  readonly variantOf: ReadonlyMap<string, string>;
}

/** Each once by what people may write of it: a chain has thousands of shops, and a file thousands of rows. */
export function placesByWord(places: readonly PlaceOnDays[]): Map<string, PlaceOnDays[]> {
  const words = places.flatMap((place) =>
    [...new Set([place.id, place.name.normalize('NFKC')])].map((word) => ({ word, place })),
  );
  return new Map(
    [...listsBy(words, ({ word }) => word)].map(([word, own]) => [word, own.map(({ place }) => place)]),
  );
}

export interface ReadLine {
  readonly rowKey: string;
  readonly channelPointId: string;
  readonly variantId: string;
  readonly soldOn: string;
  readonly quantity: number;
  readonly amountFen: Fen;
}

/** Sold there at any time of that day. */
function stoodOpenOn({ steps }: PlaceOnDays, day: string): boolean {
  const before = steps.filter(({ effectiveOn }) => effectiveOn <= day);
  // Closed or suspended in the course of that day, it sold in the morning.
  return (
    before.at(-1)?.state === 'OPEN' ||
    before.some(({ effectiveOn, state }, index) => {
      const until = before[index + 1]?.effectiveOn;
      return state === 'OPEN' && (until === day || effectiveOn === day);
    })
  );
}

/** As people write them: 2026-11-05, 2026/11/5, 2026.11.5, 20261105. */
function dayOf(text: string): string | null {
  const found = /^(\d{4})[-/.年]?(\d{1,2})[-/.月]?(\d{1,2})日?$/.exec(text.replaceAll(' ', ''));
  if (!found) return null;
  const [, year = '', month = '', date = ''] = found;
  const day = `${year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`;
  const parsed = new Date(`${day}T00:00:00Z`);
  return Number.isNaN(parsed.getTime()) || parsed.toISOString().slice(0, 10) !== day ? null : day;
}

export function lastDayOfMonth(month: string): string {
  const [year = 0, number = 0] = month.split('-').map(Number);
  return new Date(Date.UTC(year, number, 0)).toISOString().slice(0, 10);
}

/** Yuan with at most two places, thousands parted or not; null for anything else. */
function fenOf(text: string): Fen | null {
  const plain = text.replaceAll(/[,¥\s元]/g, '');
  const found = /^(\d{1,12})(?:\.(\d{1,2})0*)?$/.exec(plain);
  return found ? BigInt(found[1] ?? '') * 100n + BigInt((found[2] ?? '').padEnd(2, '0') || '0') : null;
}

function countOf(text: string): number | null {
  const plain = text.replaceAll(/[,\s]/g, '');
  return /^\d{1,9}(\.0+)?$/.test(plain) ? Number(plain) : null;
}

/** One row, with everything that is wrong with it, column by column. */
export function readLine(
  cells: SellThroughCells,
  known: SellThroughKnowledge,
  isTwice: boolean,
): ReadLine | readonly SellThroughFault[] {
  const faults: SellThroughFault[] = [];
  const refuse = (column: SellThroughColumn, code: SellThroughFault['code']) => faults.push({ column, code });
  const rowKey = cells.KEY;
  if (rowKey === '') refuse('KEY', 'REQUIRED');
  else if (rowKey.length > KEY_LENGTH_MAX) refuse('KEY', 'TOO_LONG');
  else if (DIGITS_LOST.test(rowKey)) refuse('KEY', 'DIGITS_LOST');
  else if (isTwice) refuse('KEY', 'TWICE');
  const lastDay = lastDayOfMonth(known.month);
  const soldOn = cells.DAY === '' ? (lastDay < known.today ? lastDay : known.today) : dayOf(cells.DAY);
  if (soldOn === null) refuse('DAY', 'NOT_A_DAY');
  else if (soldOn.slice(0, 7) !== known.month.slice(0, 7)) refuse('DAY', 'OTHER_MONTH');
  else if (soldOn > known.today) refuse('DAY', 'IN_FUTURE');
  const place = placeOf(cells.PLACE, known, soldOn, refuse);
  const variantId = known.variantOf.get(cells.GOODS);
  if (cells.GOODS === '') refuse('GOODS', 'REQUIRED');
  else if (DIGITS_LOST.test(cells.GOODS)) refuse('GOODS', 'DIGITS_LOST');
  else if (variantId === undefined) refuse('GOODS', 'NOT_FOUND');
  const quantity = countOf(cells.QUANTITY);
  if (quantity === null) refuse('QUANTITY', cells.QUANTITY === '' ? 'REQUIRED' : 'NOT_A_NUMBER');
  else if (quantity > UNITS_MAX) refuse('QUANTITY', 'OUT_OF_RANGE');
  const amountFen = fenOf(cells.AMOUNT);
  if (amountFen === null) refuse('AMOUNT', cells.AMOUNT === '' ? 'REQUIRED' : 'NOT_A_NUMBER');
  else if (amountFen > AMOUNT_FEN_MAX) refuse('AMOUNT', 'OUT_OF_RANGE');
  else if (quantity !== null && (quantity === 0) !== (amountFen === 0n)) refuse('AMOUNT', 'CONTRADICTS');
  if (faults.length > 0 || !place || !variantId || soldOn === null || quantity === null || amountFen === null)
    return faults;
  return { rowKey, channelPointId: place.id, variantId, soldOn, quantity, amountFen };
}

function placeOf(
  text: string,
  { placesOf }: SellThroughKnowledge,
  soldOn: string | null,
  refuse: (column: SellThroughColumn, code: SellThroughFault['code']) => unknown,
): PlaceOnDays | undefined {
  const found = placesOf.get(text) ?? [];
  const [place] = found;
  if (text === '') refuse('PLACE', 'REQUIRED');
  else if (!place) refuse('PLACE', 'NOT_FOUND');
  else if (found.length > 1) refuse('PLACE', 'AMBIGUOUS');
  else if (soldOn !== null && !stoodOpenOn(place, soldOn)) refuse('PLACE', 'NOT_OPEN');
  else if (
    soldOn !== null &&
    place.contracted !== null &&
    !place.contracted.some(({ from, to }) => from <= soldOn && to >= soldOn)
  )
    refuse('PLACE', 'NO_CONTRACT');
  return found.length === 1 ? place : undefined;
}

/** A month that is running or over, and not so long ago that the register takes it no more. */
export function isMonthOpenFor(month: string, today: string): boolean {
  if (!/^\d{4}-(0[1-9]|1[0-2])-01$/.test(month)) return false;
  const [year = 0, number = 0] = today.split('-').map(Number);
  const oldest = new Date(Date.UTC(year, number - 1 - MONTHS_BACK_MAX, 1)).toISOString().slice(0, 10);
  return month >= oldest && month <= today;
}

export type SellThroughFileFault = SheetFault | 'COLUMNS_MISSING' | 'NO_ROWS' | 'BEING_TAKEN';

const FILE_FAULTS: Readonly<Record<SellThroughFileFault, Message>> = {
  EMPTY: { zh: '文件为空', en: 'The file is empty.' },
  TOO_LARGE: {
    zh: '文件过大：不得超过 8 MB，单元格不得超过 1000 字',
    en: 'The file is too large: at most 8 MB, and 1,000 characters in a cell.',
  },
  TOO_MANY_ROWS: {
    zh: `至多 ${SELL_THROUGH_ROWS_MAX} 行，请分成几个文件`,
    en: `At most ${SELL_THROUGH_ROWS_MAX} rows; cut the list.`,
  },
  OLD_EXCEL: { zh: '请另存为 .xlsx 或 CSV 后再上传', en: 'Save it as .xlsx or CSV and try again.' },
  UNREADABLE: { zh: '无法读取，请用模板填写', en: 'It cannot be read; use the template.' },
  UNKNOWN_ENCODING: {
    zh: 'CSV 须为 UTF-8 或 GB18030（GBK）编码',
    en: 'A CSV is in UTF-8 or GB18030 (GBK).',
  },
  COLUMNS_MISSING: { zh: '缺少列', en: 'Columns are missing' },
  NO_ROWS: { zh: '表头下没有数据', en: 'There is nothing below the head.' },
  BEING_TAKEN: {
    zh: '该月的上一个文件正在计入，请稍候再传',
    en: 'The file before it of this month is being taken; wait a moment.',
  },
};

/** What a route answers where a file was refused, in both languages. */
export function fileFault(
  fault: SellThroughFileFault,
  missing: readonly SellThroughColumn[] = [],
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
  return { code: `SELL_THROUGH_${fault}`, message };
}
