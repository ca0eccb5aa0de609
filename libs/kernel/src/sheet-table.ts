/** Rows as a spreadsheet shows them, the first one first, all cells as text; empty rows keep their place. */
export type SheetRows = readonly (readonly string[])[];

/** What each column may be called at its head: small letters without blanks. */
export type SheetHeads<Column extends string> = Readonly<Record<Column, readonly string[]>>;

/** A row below the head, by the number that the spreadsheet shows; '' where there is no such column. */
export interface TableRow<Column extends string> {
  readonly rowNo: number;
  readonly cells: Readonly<Record<Column, string>>;
}

export interface SheetTable<Column extends string> {
  readonly columns: ReadonlySet<Column>;
  readonly rows: readonly TableRow<Column>[];
}

/** Above the list there may be a title or two. */
const HEAD_ROWS_MAX = 5;

function columnsIn<Column extends string>(
  row: readonly string[],
  heads: SheetHeads<Column>,
): Map<Column, number> {
  const said = row.map((cell) =>
    cell
      .normalize('NFKC')
      .toLowerCase()
      .replaceAll(/[\s*＊:_()]/g, ''),
  );
  const found = new Map<Column, number>();
  for (const column of Object.keys(heads) as Column[]) {
    const at = said.findIndex((head) => heads[column].includes(head));
    if (at >= 0) found.set(column, at);
  }
  return found;
}

/** The rows below the head; or which of the needed columns are missing. Columns of other names are left alone. */
export function tableIn<Column extends string>(
  sheet: SheetRows,
  heads: SheetHeads<Column>,
  needed: readonly Column[],
): SheetTable<Column> | { readonly missing: readonly Column[] } {
  const found = sheet.slice(0, HEAD_ROWS_MAX).map((row) => columnsIn(row, heads));
  const at = found.reduce((best, head, index) => (head.size > (found[best]?.size ?? 0) ? index : best), 0);
  const columns = found[at] ?? new Map<Column, number>();
  const missing = needed.filter((column) => !columns.has(column));
  if (missing.length > 0) return { missing };
  const all = Object.keys(heads) as Column[];
  const rows = sheet.slice(at + 1).map((row, index) => ({
    rowNo: at + index + 2,
    cells: Object.fromEntries(all.map((column) => [column, row[columns.get(column) ?? -1] ?? ''])) as Record<
      Column,
      string
    >,
  }));
  return { columns: new Set(columns.keys()), rows };
}

/** As spreadsheets write numbers of which they keep no more than fifteen digits: what they have lost nobody finds again. */
export const DIGITS_LOST = /^\d(\.\d+)?E\+\d+$/i;

/** As a cell is read and kept: no blanks around it, and nothing that cannot be seen. */
export function sheetText(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ').trim();
}
