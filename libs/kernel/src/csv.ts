/** With what a spreadsheet takes a cell for a formula; an East Asian one also the full-width signs. */
const FORMULA = /^[=+\-@|%＝＋－＠\t\r\n]/;

/** A cell that people have had a hand in: what a spreadsheet would take for a formula is text. */
export function guardedCell(text: string): string {
  return FORMULA.test(text) ? `'${text}` : text;
}

/** As it was before it was guarded. */
export function unguardedCell(text: string): string {
  return text.startsWith("'") && FORMULA.test(text.slice(1)) ? text.slice(1) : text;
}

/** One record without its end, as RFC 4180 writes it. Whoever puts it together guards what people have written. */
export function csvRecord(cells: readonly string[]): string {
  return cells.map((cell) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(',');
}
