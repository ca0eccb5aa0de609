import { DIGITS_LOST, type Fen, type Message, fen } from '#libs/kernel';
import type { SheetCells, SheetFault, SheetRow } from './sheet-kind.rules.js';

const say = (zh: string, en: string): Message => ({ zh, en });

/** As spreadsheets show formulas that have failed. */
const FORMULA_FAILED = /^#(NULL!|DIV\/0!|VALUE!|REF!|NAME\?|NUM!|N\/A|SPILL!|CALC!|GETTING_DATA)$/;

const REQUIRED = say('必填', 'is missing; fill it in.');

/** Collects what is wrong with rows, and reads their cells: what is blank says nothing, and is null. */
export class CellReading {
  readonly faults: SheetFault[] = [];

  /** The same of one cell is said once. */
  refuse({ rowNo }: Pick<SheetRow, 'rowNo'>, column: string, code: string, zh: string, en: string): null {
    const isSaid = this.faults.some(
      (fault) => fault.rowNo === rowNo && fault.column === column && fault.code === code,
    );
    if (isSaid) return null;
    this.faults.push({ rowNo, column, code, message: say(zh, en) });
    return null;
  }

  require(row: SheetRow, ...columns: readonly string[]): void {
    for (const column of columns)
      if (textIn(row.cells, column) === null) this.refuse(row, column, 'REQUIRED', REQUIRED.zh, REQUIRED.en);
  }

  text(row: SheetRow, column: string): string | null {
    const text = textIn(row.cells, column);
    if (text === null || !FORMULA_FAILED.test(text)) return text;
    return this.refuse(
      row,
      column,
      'FORMULA_FAILED',
      '是出错的公式，请改成要填的内容',
      'is a formula that has failed; write what it was to be.',
    );
  }

  /** A code, an id or a number: what is written in full width is the same. A spreadsheet keeps fifteen digits of a number, and what it has lost nobody finds again. */
  code(row: SheetRow, column: string): string | null {
    const text = this.text(row, column)?.normalize('NFKC').replaceAll(/\s/g, '') ?? null;
    if (text === null || !DIGITS_LOST.test(text)) return text;
    return this.refuse(
      row,
      column,
      'DIGITS_LOST',
      '被表格当作数字，位数已丢失；请把该列设为文本格式，再填一遍',
      'was taken for a number by the spreadsheet and has lost digits; make the column text and write it again.',
    );
  }

  whole(row: SheetRow, column: string, min: number, max: number): number | null {
    const text = this.code(row, column)?.replaceAll(',', '') ?? null;
    if (text === null) return null;
    const number = /^\d{1,9}(\.0+)?$/.test(text) ? Number(text) : Number.NaN;
    if (number >= min && number <= max) return number;
    return this.refuse(
      row,
      column,
      'NUMBER',
      `请填写 ${min} 到 ${max} 的整数`,
      `is a whole number from ${min} to ${max}.`,
    );
  }

  /** Yuan, to the fen. */
  money(row: SheetRow, column: string): Fen | null {
    const text = this.code(row, column)?.replaceAll(/[,¥￥元]/g, '') ?? null;
    if (text === null) return null;
    const [, yuan, part = ''] = /^(\d{1,10})(?:\.(\d{1,2})0*)?$/.exec(text) ?? [];
    if (yuan !== undefined) return fen(`${yuan}${part.padEnd(2, '0')}`);
    return this.refuse(
      row,
      column,
      'MONEY',
      '请填写以元为单位的金额，至多两位小数，如 88.00',
      'is a sum in yuan with at most two decimals, such as 88.00.',
    );
  }

  /** To the gram, in grams. */
  kilograms(row: SheetRow, column: string): number | null {
    const text = this.code(row, column)?.replace(/,|公斤|千克|kg$/gi, '') ?? null;
    if (text === null) return null;
    const [, whole, part = ''] = /^(\d{1,9})(?:\.(\d{1,3})0*)?$/.exec(text) ?? [];
    if (whole !== undefined) return Number(`${whole}${part.padEnd(3, '0')}`);
    return this.refuse(
      row,
      column,
      'WEIGHT',
      '请填写公斤数，至多三位小数，如 300',
      'is a number of kilograms with at most three decimals, such as 300.',
    );
  }

  /** A day, however it is parted. */
  day(row: SheetRow, column: string): string | null {
    const text = this.code(row, column);
    if (text === null) return null;
    const [, year = '', month = '', day = ''] =
      /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(text) ?? [];
    const found = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
    const at = new Date(`${found}T00:00:00Z`);
    if (!Number.isNaN(at.getTime()) && at.toISOString().startsWith(found)) return found;
    return this.refuse(row, column, 'DAY', '请填写日期，如 2026-10-01', 'is a day, such as 2026-10-01.');
  }

  /** One of some words, by its code or what it is called in either language. */
  choice<Word extends string>(
    row: SheetRow,
    column: string,
    words: Readonly<Record<Word, readonly string[]>>,
  ): Word | null {
    const text = this.code(row, column)?.toLowerCase() ?? null;
    if (text === null) return null;
    const codes = Object.keys(words) as Word[];
    const found = codes.find(
      (code) => code.toLowerCase() === text || words[code].some((name) => plainWord(name) === text),
    );
    if (found !== undefined) return found;
    const names = codes.map((code) => words[code][0] ?? code);
    const english = codes.map((code) => words[code][1] ?? code);
    return this.refuse(
      row,
      column,
      'CHOICE',
      `请填写其中之一：${names.join('、')}`,
      `is one of: ${english.join(', ')}.`,
    );
  }

  /** What rows of one entry say together: the first that says something counts, and the others say the same or nothing. */
  together<T>(rows: readonly SheetRow[], column: string, read: (row: SheetRow) => T | null): T | null {
    let found: { readonly value: T; readonly rowNo: number } | null = null;
    for (const row of rows) {
      const value = read(row);
      if (value === null) continue;
      if (found === null) found = { value, rowNo: row.rowNo };
      else if (found.value !== value)
        this.refuse(
          row,
          column,
          'DIFFERS',
          `与第 ${found.rowNo} 行不一致：这几行须填写一致，或留空`,
          `is not what row ${found.rowNo} says of the same; write the same, or nothing.`,
        );
    }
    return found?.value ?? null;
  }
}

/** As words are compared: in small letters, without blanks. */
export function plainWord(text: string): string {
  return text.normalize('NFKC').replaceAll(/\s/g, '').toLowerCase();
}

export const YES_NO = { YES: ['是', 'yes', 'y', 'true', '1'], NO: ['否', 'no', 'n', 'false', '0'] } as const;

function textIn(cells: SheetCells, column: string): string | null {
  const text = cells[column] ?? '';
  return text === '' ? null : text;
}

/** In yuan, as it is read again. */
export function yuanCell(amount: Fen): string {
  const text = amount.toString().padStart(3, '0');
  return `${text.slice(0, -2)}.${text.slice(-2)}`;
}
