import { Readable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { parse } from 'csv-parse';
import { zipSync } from 'fflate';
import { type Entry, type ZipFile, fromBufferPromise } from 'yauzl';
import { type SheetRows, sheetText } from '#libs/kernel';
import { numberText, withShownText } from './shown-text.js';

/** Some thousands of rows with addresses; whoever has more cuts the list. */
export const SHEET_BYTES_MAX = 2 * 1024 * 1024;
/** Parts of a workbook; one with forty sheets has a hundred. */
const PARTS_MAX = 300;
/** A cell that lies further out would make a table as large as that. */
const COLUMNS_MAX = 100;
/** Of one cell; whatever a column takes is less. */
export const CELL_LENGTH_MAX = 1_000;

/** How large a table somebody reads. */
export interface SheetLimits {
  readonly bytesMax: number;
  /** Of a workbook, unpacked: of so small a file more than this is a bomb. */
  readonly unpackedBytesMax: number;
  readonly cellLengthMax: number;
}

const SHEET_LIMITS: SheetLimits = {
  bytesMax: SHEET_BYTES_MAX,
  unpackedBytesMax: 16 * 1024 * 1024,
  cellLengthMax: CELL_LENGTH_MAX,
};

export type SheetFault =
  | 'EMPTY'
  | 'TOO_LARGE'
  | 'TOO_MANY_ROWS'
  | 'OLD_EXCEL'
  | 'UNREADABLE'
  | 'UNKNOWN_ENCODING';

/** Reads CSV (UTF-8, UTF-16 with its mark, or GB18030; by comma, semicolon or tab) and the first sheet of a workbook. */
export async function readSheetRows(
  bytes: Buffer,
  rowsMax: number,
  { bytesMax, unpackedBytesMax, cellLengthMax }: SheetLimits = SHEET_LIMITS,
): Promise<SheetRows | SheetFault> {
  if (bytes.length === 0) return 'EMPTY';
  if (bytes.length > bytesMax) return 'TOO_LARGE';
  if (bytes.subarray(0, 4).equals(Buffer.from('d0cf11e0', 'hex'))) return 'OLD_EXCEL';
  const isWorkbook = bytes.subarray(0, 4).equals(Buffer.from('504b0304', 'hex'));
  const rows = isWorkbook
    ? await workbookRows(bytes, rowsMax, unpackedBytesMax)
    : await csvRows(bytes, rowsMax);
  if (typeof rows === 'string') return rows;
  if (rows.length > rowsMax) return 'TOO_MANY_ROWS';
  if (rows.some((row) => row.some((cell) => cell.length > cellLengthMax))) return 'TOO_LARGE';
  return rows.every((row) => row.every((cell) => cell === '')) ? 'EMPTY' : rows;
}

/** Whoever saves in a Chinese Excel gets GB18030; it never fails to decode where UTF-8 does, so UTF-8 is tried first. */
function textOf(bytes: Buffer): string | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  for (const encoding of ['utf-8', 'gb18030']) {
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(bytes);
    } catch {
      // Not in this encoding; the next one is tried.
    }
  }
  return null;
}

/** So much is read at a stretch: whoever else asks this process waits for no more of eight megabytes. */
const STRETCH = 64 * 1024;

async function* stretches(text: string): AsyncGenerator<Buffer> {
  // Of bytes, so that no character is cut in two that is more than one.
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += STRETCH) {
    yield bytes.subarray(at, at + STRETCH);
    await setImmediate();
  }
}

async function csvRows(bytes: Buffer, rowsMax: number): Promise<SheetRows | SheetFault> {
  const text = textOf(bytes)?.replace(/^\uFEFF/, '');
  if (text === undefined) return 'UNKNOWN_ENCODING';
  if (text.includes('\0')) return 'UNREADABLE';
  const [head = ''] = text.split(/\r?\n/, 1);
  const delimiter = head.includes('\t') ? '\t' : head.includes(';') && !head.includes(',') ? ';' : ',';
  const parser = parse({
    delimiter,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: false,
  });
  const rows: string[][] = [];
  try {
    for await (const row of Readable.from(stretches(text)).pipe(parser)) {
      rows.push((row as string[]).slice(0, COLUMNS_MAX).map(sheetText));
      // One more than may be, so that a caller sees that there are too many.
      if (rows.length > rowsMax) break;
    }
    return rows;
  } catch {
    // A quotation mark that is never closed, or a record without end: no table.
    return 'UNREADABLE';
  }
}

/** What the reader needs of a workbook: pictures, macros and links are left in it. */
const PARTS =
  /^(\[Content_Types\]\.xml|_rels\/\.rels|xl\/(workbook|styles|sharedStrings)\.xml|xl\/_rels\/workbook\.xml\.rels|xl\/worksheets\/[\w-]+\.xml)$/i;

async function workbookRows(
  bytes: Buffer,
  rowsMax: number,
  unpackedBytesMax: number,
): Promise<SheetRows | SheetFault> {
  const parts = await unpacked(bytes, unpackedBytesMax);
  if (typeof parts === 'string') return parts;
  const fault = Object.entries(parts).reduce<SheetFault | null>(
    (found, [name, content]) => found ?? faultOfPart(name, content, rowsMax),
    null,
  );
  if (fault) return fault;
  // Loaded with the first workbook that is read: most processes never do.
  const { readSheet } = await import('read-excel-file/node');
  try {
    // Packed anew without packing, from what has been counted: no other reading of the same bytes is possible.
    const rows = await readSheet(Buffer.from(zipSync(withShownText(parts), { level: 0 })));
    return rows.map((row) => row.map((cell) => sheetText(cellText(cell))));
  } catch {
    // A zip, but no workbook.
    return 'UNREADABLE';
  }
}

/** Every part is counted while it is unpacked, whatever the file says of its size. */
async function unpacked(
  bytes: Buffer,
  unpackedBytesMax: number,
): Promise<Record<string, Uint8Array> | SheetFault> {
  const parts: Record<string, Uint8Array> = {};
  let zip: ZipFile | null = null;
  try {
    zip = await fromBufferPromise(bytes);
    if (zip.entryCount > PARTS_MAX) return 'TOO_LARGE';
    let left = unpackedBytesMax;
    for await (const entry of zip.eachEntry()) {
      if (!PARTS.test(entry.fileName)) continue;
      const content = await contentOf(zip, entry, left);
      if (content === null) return 'TOO_LARGE';
      left -= content.length;
      parts[entry.fileName] = content;
    }
    return parts;
  } catch {
    // Cut off, encrypted, or of sizes that are not those it names.
    return 'UNREADABLE';
  } finally {
    zip?.close();
  }
}

/** Null once it is more than is left. */
async function contentOf(zip: ZipFile, entry: Entry, left: number): Promise<Buffer | null> {
  if (entry.uncompressedSize > left) return null;
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of await zip.openReadStreamPromise(entry)) {
    size += (chunk as Buffer).length;
    if (size > left) return null;
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks);
}

/** Entities could grow without end, and one cell far out makes a table as large as that: neither is in an honest list. */
function faultOfPart(name: string, content: Uint8Array, rowsMax: number): SheetFault | null {
  const xml = Buffer.from(content).toString('utf8');
  if (/<!DOCTYPE|<!ENTITY/i.test(xml)) return 'UNREADABLE';
  if (!name.startsWith('xl/worksheets/')) return null;
  for (const [, column = '', row = ''] of xml.matchAll(/\br\s*=\s*["']([A-Z]*)(\d+)["']/gi)) {
    // What follows the list may be formatted and empty; that far nobody formats by hand.
    if (Number(row) > rowsMax + 10_000) return 'TOO_MANY_ROWS';
    if (column.length > 2 || columnNo(column) > COLUMNS_MAX) return 'TOO_LARGE';
  }
  return null;
}

function columnNo(letters: string): number {
  let number = 0;
  for (const letter of letters.toUpperCase()) number = number * 26 + letter.charCodeAt(0) - 64;
  return number;
}

function cellText(cell: unknown): string {
  if (cell instanceof Date) return cell.toISOString().slice(0, 10);
  if (typeof cell === 'number') return numberText(cell);
  return typeof cell === 'string' || typeof cell === 'boolean' ? String(cell) : '';
}
