import type { Row } from 'write-excel-file/node';
import { csvRecord, guardedCell } from '#libs/kernel';

/** With a byte order mark, or spreadsheets would not read Chinese. */
export function csvFile(rows: readonly (readonly string[])[]): Buffer {
  const lines = rows.map((row) => csvRecord(row.map(guardedCell)));
  return Buffer.from(`\uFEFF${lines.join('\r\n')}\r\n`);
}

/** All cells are text, so that no code or phone loses a digit; the first row is the head. */
export async function xlsxFile(
  rows: readonly (readonly string[])[],
  widths: readonly number[],
): Promise<Buffer> {
  // Loaded with the first file that is asked for: most processes never make one.
  const { default: writeXlsxFile } = await import('write-excel-file/node');
  const cells = rows.map((row, index): Row =>
    row.map((text) => ({
      value: guardedCell(text),
      type: String,
      ...(index === 0 ? { fontWeight: 'bold' as const } : {}),
    })),
  );
  return writeXlsxFile(cells, { columns: widths.map((width) => ({ width })), stickyRowsCount: 1 }).toBuffer();
}
