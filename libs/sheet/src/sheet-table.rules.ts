import { createHash } from 'node:crypto';
import {
  type Locale,
  type Message,
  type SheetRows,
  type TableRow,
  inLocale,
  listsBy,
  tableIn,
  unguardedCell,
} from '#libs/kernel';
import type { SheetFault as FileFault, SheetLimits } from '#platform/sheets';
import type {
  LookedEntry,
  SheetCells,
  SheetColumn,
  SheetDesk,
  SheetEffect,
  SheetEntry,
  SheetFault,
  SheetKind,
  SheetRow,
} from './sheet-kind.rules.js';

/** What a shop that moves here brings at once; whoever has more cuts the table. */
export const SHEET_ROWS_MAX = 10_000;

/** Ten thousand rows with a description each; unpacked as much as one process can hold beside its work. */
export const LIMITS: SheetLimits = {
  bytesMax: 8 * 1024 * 1024,
  unpackedBytesMax: 48 * 1024 * 1024,
  cellLengthMax: 2_500,
};

const plain = (head: string) =>
  head
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[\s*:_()]/g, '');

function headsOf(columns: readonly SheetColumn[]): Record<string, readonly string[]> {
  return Object.fromEntries(
    columns
      .filter(({ isTold }) => !isTold)
      .map(({ key, name, heads }) => [key, [plain(name.zh), plain(name.en), plain(key), ...heads]]),
  );
}

/** As a template marks what is no row. */
export const EXAMPLE: Message = { zh: '示例', en: 'Example' };
const IS_EXAMPLE = /^(示例|example)[：:]/i;

export type TableFault = FileFault | 'COLUMNS_MISSING' | 'NO_ROWS' | 'TOO_MANY_OPEN';

export interface UnreadTable {
  readonly fault: TableFault;
  readonly missing: readonly SheetColumn[];
}

/** The rows that say anything, examples left out. */
export function rowsIn(sheet: SheetRows, columns: readonly SheetColumn[]): readonly SheetRow[] | UnreadTable {
  const needed = columns.filter(({ isNeeded }) => isNeeded);
  const table = tableIn(
    sheet,
    headsOf(columns),
    needed.map(({ key }) => key),
  );
  if ('missing' in table)
    return { fault: 'COLUMNS_MISSING', missing: columns.filter(({ key }) => table.missing.includes(key)) };
  const rows = table.rows.map(cleaned).filter(({ cells }) => isSaid(cells));
  if (rows.length === 0) return { fault: 'NO_ROWS', missing: [] };
  return rows.length > SHEET_ROWS_MAX ? { fault: 'TOO_MANY_ROWS', missing: [] } : rows;
}

function cleaned({ rowNo, cells }: TableRow<string>): SheetRow {
  const said = Object.entries(cells).filter(([, text]) => text !== '');
  return { rowNo, cells: Object.fromEntries(said.map(([column, text]) => [column, unguardedCell(text)])) };
}

function isSaid(cells: SheetCells): boolean {
  const texts = Object.values(cells);
  return texts.length > 0 && !texts.some((text) => IS_EXAMPLE.test(text));
}

/** The same table is the same, in whatever kind of file and in whatever order of columns. */
export function tableHash(kind: SheetKind, rows: readonly SheetRow[]): Buffer {
  const content = rows.map(({ cells }) => Object.entries(cells).toSorted(([a], [b]) => (a < b ? -1 : 1)));
  return createHash('sha256')
    .update(JSON.stringify([kind, content]))
    .digest();
}

/** The key under which something is done once, whichever file brings it: by what it is about. */
export function doneOnceKey(...parts: readonly string[]): string {
  return `sheet:${createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 40)}`;
}

/** Rows of one key together, in the order in which the table names them first. */
export function entriesOf(rows: readonly SheetRow[], { keyOf }: Pick<SheetDesk, 'keyOf'>): SheetEntry[] {
  // What has no key stands for itself.
  const groups = listsBy(rows, ({ cells, rowNo }) => keyOf(cells) || `row:${rowNo}`);
  return [...groups.values()].map((group, index) => ({ entryNo: index + 1, rows: group }));
}

export interface CheckedRow extends SheetRow {
  readonly entryNo: number;
  readonly effect: SheetEffect;
  readonly faults: readonly SheetFault[];
}

/** What an entry is about is done as a whole: beside a faulty row the others wait for it to be mended. */
export function checkedRows(entries: readonly SheetEntry[], looked: readonly LookedEntry[]): CheckedRow[] {
  const found = new Map(looked.map((look) => [look.entryNo, look]));
  return entries.flatMap(({ entryNo, rows }) => {
    const { faults = [], effect = 'NOTHING' } = found.get(entryNo) ?? {};
    const [first] = faults;
    return rows.map((row) => {
      const own = faults.filter(({ rowNo }) => rowNo === row.rowNo);
      const beside = first && own.length === 0 ? [besideFault(row, first.rowNo)] : own;
      return { ...row, entryNo, effect, faults: beside };
    });
  });
}

function besideFault({ rowNo }: SheetRow, faulty: number): SheetFault {
  return {
    rowNo,
    column: '',
    code: 'BESIDE_FAULT',
    message: {
      zh: `与第 ${faulty} 行一起处理，请先改正那一行`,
      en: `is done together with row ${faulty}; mend that one first.`,
    },
  };
}

const FILE_FAULTS: Readonly<Record<TableFault, Message>> = {
  EMPTY: { zh: '文件为空', en: 'The file is empty.' },
  TOO_LARGE: {
    zh: '文件过大：不得超过 8 MB，单元格不得超过 2500 字',
    en: 'The file is too large: at most 8 MB, and 2,500 characters in a cell.',
  },
  TOO_MANY_ROWS: {
    zh: `至多 ${SHEET_ROWS_MAX} 行，请分成几个文件`,
    en: `At most ${SHEET_ROWS_MAX} rows; cut the table.`,
  },
  OLD_EXCEL: { zh: '请另存为 .xlsx 或 CSV 后再上传', en: 'Save it as .xlsx or CSV and try again.' },
  UNREADABLE: { zh: '无法读取，请用模板填写', en: 'It cannot be read; use the template.' },
  UNKNOWN_ENCODING: {
    zh: 'CSV 须为 UTF-8 或 GB18030（GBK）编码',
    en: 'A CSV is in UTF-8 or GB18030 (GBK).',
  },
  COLUMNS_MISSING: { zh: '缺少列', en: 'Columns are missing' },
  NO_ROWS: { zh: '表头下没有数据', en: 'There is nothing below the head.' },
  TOO_MANY_OPEN: {
    zh: '有过多未确认的导入，请先确认或放弃',
    en: 'Too many imports wait; confirm or discard some.',
  },
};

/** What a route answers where a file was refused, in both languages. */
export function tableFault({ fault, missing }: UnreadTable): {
  readonly code: string;
  readonly message: Message;
} {
  const { zh, en } = FILE_FAULTS[fault];
  const names = missing.map(({ name }) => name);
  const message =
    names.length === 0
      ? { zh, en }
      : {
          zh: `${zh}：${names.map((name) => name.zh).join('、')}`,
          en: `${en}: ${names.map((name) => name.en).join(', ')}.`,
        };
  return { code: `SHEET_${fault}`, message };
}

/** A row of a file, column by column. */
export function lineOf(columns: readonly SheetColumn[], cells: SheetCells): string[] {
  return columns.map(({ key }) => cells[key] ?? '');
}

export function headLine(columns: readonly SheetColumn[], locale: Locale): string[] {
  return columns.map(({ name }) => inLocale(name, locale));
}

/** The head, and rows that show how it is filled in. */
export function templateLines(
  { columns, examples }: Pick<SheetDesk, 'columns' | 'examples'>,
  locale: Locale,
): string[][] {
  const own = columns.filter(({ isTold }) => !isTold);
  const lines = examples.map((cells) => {
    const [first = '', ...rest] = lineOf(own, cells);
    return [`${inLocale(EXAMPLE, locale)}：${first}`, ...rest];
  });
  return [headLine(own, locale), ...lines];
}

export function widthsOf(columns: readonly SheetColumn[]): number[] {
  return columns.map(({ width }) => width);
}
