import { createHash } from 'node:crypto';
import { type Fen, fen, sumFen } from '#libs/kernel';
import type { PayoutBreakCode } from './payout-batch.entity.js';

/** One line of the file for the bank. */
export interface BankFileLine {
  readonly lineNo: number;
  readonly payoutId: string;
  readonly accountName: string;
  readonly bankName: string;
  readonly bankCode: string | null;
  readonly accountNumber: string;
  readonly amountFen: Fen;
}

export interface BankFile {
  readonly batchNo: number;
  readonly day: string;
  readonly lines: readonly BankFileLine[];
}

/** What the bank says of one line. */
export const BANK_RESULTS = ['PAID', 'REJECTED', 'RETURNED'] as const;
export type BankResult = (typeof BANK_RESULTS)[number];

export interface BankResultLine {
  readonly payoutId: string;
  readonly amountFen: Fen;
  readonly result: BankResult;
  readonly bankRef: string | null;
  readonly code: string | null;
  readonly note: string | null;
}

export interface BankResultFile {
  readonly batchNo: number;
  readonly lines: readonly BankResultLine[];
}

/** Why a file cannot be believed. */
export interface FileBreak {
  readonly breakCode: PayoutBreakCode;
  readonly note: string;
}

const FORMAT = 'TAOYUAN-PAYOUT';
const RESULT_FORMAT = 'TAOYUAN-PAYOUT-RESULT';
const VERSION = '1';
/** What the payee reads on the statement. */
const PURPOSE = '桃源货款';
const LINE_END = '\r\n';
const NEW_LINE = 0x0a;

export function yuan(amountFen: Fen): string {
  return `${amountFen / 100n}.${String(amountFen % 100n).padStart(2, '0')}`;
}

function fenOf(text: string): Fen | null {
  const match = /^(\d{1,15})\.(\d{2})$/.exec(text);
  return match ? fen(`${match[1]}${match[2]}`) : null;
}

function record(...fields: readonly (string | number)[]): string {
  const cells = fields.map((field) => {
    const text = String(field);
    return /[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  });
  return cells.join(',') + LINE_END;
}

/** Header and lines. The trailer follows once it is known what bytes these are. */
export function bankFileBody({ batchNo, day, lines }: BankFile): string {
  const total = sumFen(lines.map(({ amountFen }) => amountFen));
  return [
    record('H', FORMAT, VERSION, batchNo, day, lines.length, yuan(total), 'CNY'),
    ...lines.map((line) =>
      record(
        'D',
        line.lineNo,
        line.payoutId,
        line.accountName,
        line.bankName,
        line.bankCode ?? '',
        line.accountNumber,
        yuan(line.amountFen),
        PURPOSE,
      ),
    ),
  ].join('');
}

/** Count, sum, and the SHA-256 of every byte before it. */
export function bankFileTrailer({ lines }: BankFile, body: Buffer): string {
  const total = sumFen(lines.map(({ amountFen }) => amountFen));
  return record('T', lines.length, yuan(total), sha256(body));
}

export function sha256(bytes: Buffer | string): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** The fields of one line; null where quotes do not close. */
export function fieldsOf(line: string): string[] | null {
  const fields: string[] = [];
  let rest = line;
  for (;;) {
    const quoted = /^"((?:[^"]|"")*)"(,|$)/.exec(rest);
    const plain = quoted ? null : /^([^",]*)(,|$)/.exec(rest);
    const match = quoted ?? plain;
    if (!match) return null;
    fields.push((match[1] ?? '').replaceAll('""', '"'));
    rest = rest.slice(match[0].length);
    if (match[2] === '') return fields;
  }
}

function unreadable(note: string): FileBreak {
  return { breakCode: 'UNREADABLE', note };
}

function resultLineOf(fields: readonly string[]): BankResultLine | null {
  const [, , payoutId = '', amount = '', word = '', bankRef = '', code = '', note = ''] = fields;
  const amountFen = fenOf(amount);
  const result = BANK_RESULTS.find((known) => known === word);
  if (fields.length < 5 || fields.length > 8 || amountFen === null || !result) return null;
  // What goes into columns of ASCII must be it.
  if (![payoutId, bankRef, code].every((text) => /^[\x21-\x7e]{0,60}$/.test(text))) return null;
  return {
    payoutId,
    amountFen,
    result,
    bankRef: bankRef || null,
    code: code || null,
    note: note.slice(0, 200) || null,
  };
}

/** Splits before the last line, where the trailer begins: what its hash is about are bytes, not letters. */
export function splitTrailer(bytes: Buffer): { readonly body: Buffer; readonly hasTrailer: boolean } {
  const end = bytes.at(-1) === NEW_LINE ? bytes.length - 2 : bytes.length - 1;
  const at = bytes.lastIndexOf(NEW_LINE, end);
  return { body: bytes.subarray(0, at + 1), hasTrailer: at >= 0 };
}

/** Reads what the bank has sent: `text` is what the bytes say, `bodyHash` the SHA-256 of the bytes before the trailer. */
export function readResultFile(text: string, bodyHash: string): BankResultFile | FileBreak {
  const rows = text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .filter((line) => line !== '')
    .map(fieldsOf);
  const [header, trailer] = [rows[0], rows.at(-1)];
  if (!header || !trailer || rows.length < 2) return unreadable('no header and trailer');
  const [kind, format, version, batchNo = ''] = header;
  if (kind !== 'H' || format !== RESULT_FORMAT || version !== VERSION || !/^\d{1,9}$/.test(batchNo))
    return unreadable(`the header is not that of ${RESULT_FORMAT},${VERSION}`);
  const lines: BankResultLine[] = [];
  for (const [index, fields] of rows.slice(1, -1).entries()) {
    const line = fields?.[0] === 'D' ? resultLineOf(fields) : null;
    if (!line) return unreadable(`line ${index + 2} cannot be read`);
    lines.push(line);
  }
  const broken = refuseTotals(lines, trailer, bodyHash);
  return broken ?? { batchNo: Number(batchNo), lines };
}

export function resultTotals(lines: readonly BankResultLine[]): {
  readonly paidFen: Fen;
  readonly unpaidFen: Fen;
} {
  const of = (isPaid: boolean) =>
    sumFen(lines.filter(({ result }) => (result === 'PAID') === isPaid).map(({ amountFen }) => amountFen));
  return { paidFen: of(true), unpaidFen: of(false) };
}

function refuseTotals(
  lines: readonly BankResultLine[],
  [kind, count, paid, unpaid, hash = '']: readonly string[],
  bodyHash: string,
): FileBreak | null {
  if (kind !== 'T') return unreadable('the last line is no trailer');
  const { paidFen, unpaidFen } = resultTotals(lines);
  const fits = count === String(lines.length) && paid === yuan(paidFen) && unpaid === yuan(unpaidFen);
  if (!fits) {
    const note = `lines make ${lines.length} / ${yuan(paidFen)} / ${yuan(unpaidFen)}, the trailer says ${count} / ${paid} / ${unpaid}`;
    return { breakCode: 'CONTROL_TOTALS', note: note.slice(0, 200) };
  }
  // Not every bank hashes; one that does is held to it.
  if (hash !== '' && hash.toLowerCase() !== bodyHash)
    return { breakCode: 'CONTROL_TOTALS', note: 'the SHA-256 of the trailer is not that of the lines' };
  return null;
}
