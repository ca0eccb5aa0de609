/** A cell that people have had a hand in: what a spreadsheet would take for a formula is text. */
export function guardedCell(text: string): string {
  return /^[=+\-@\t\r\n|%]/.test(text) ? `'${text}` : text;
}

/** One record without its end, as RFC 4180 writes it. Whoever puts it together guards what people have written. */
export function csvRecord(cells: readonly string[]): string {
  return cells.map((cell) => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(',');
}
