import { type Fen, csvRecord, fen, guardedCell } from '#libs/kernel';
import type { InvoiceKind } from './invoice.entity.js';
import type { BilledPart, InvoiceAnswer } from './invoice.rules.js';
import type { ItemTax } from './tax-treatment.rules.js';

/** What the tax system has to know to issue one. */
export interface InvoiceRequest {
  readonly id: string;
  readonly kind: InvoiceKind;
  /** Of the blue one; '' for a blue one. */
  readonly originalNumber: string;
  readonly sellerCreditCode: string;
  readonly sellerName: string;
  readonly title: string;
  readonly taxNumber: string;
  /** '' for service fees. */
  readonly orderId: string;
  readonly totalFen: Fen;
  readonly items: readonly (BilledPart & ItemTax)[];
}

/** One row of an answer's file. */
export interface AnswerRow {
  /** From 1, the heading included. */
  readonly line: number;
  readonly invoiceId: string;
  /** Null for what cannot be read. */
  readonly answer: InvoiceAnswer | null;
}

const HEAD =
  'invoice_id,kind,original_number,seller_credit_code,seller_name,title,tax_number,order_id,total,line,item,quantity,amount,tax_treatment,tax_rate_percent';
const ANSWER_HEAD = 'invoice_id,result,number,issued_on,total,note';
const END = '\r\n';

function yuan(amount: Fen): string {
  const digits = amount.toString().padStart(3, '0');
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** 1234 hundredths of a per cent are 12.34; '' where there is none. */
function percent(rateBps: number | null): string {
  return rateBps === null ? '' : yuan(fen(rateBps));
}

function fenOf(text: string): Fen | null {
  return /^\d{1,15}\.\d\d$/.test(text) ? fen(text.replace('.', '')) : null;
}

function row(cells: readonly string[]): string {
  return `${csvRecord(cells.map(guardedCell))}${END}`;
}

/** A row per item. Nothing of when: the same requests make the same bytes. */
export function requestsCsv(requests: readonly InvoiceRequest[]): string {
  const rows = requests.flatMap((request) =>
    request.items.map((item, index) =>
      row([
        request.id,
        request.kind,
        request.originalNumber,
        request.sellerCreditCode,
        request.sellerName,
        request.title,
        request.taxNumber,
        request.orderId,
        yuan(request.totalFen),
        String(index + 1),
        item.name,
        String(item.quantity),
        yuan(item.amountFen),
        item.taxTreatment,
        percent(item.taxRateBps),
      ]),
    ),
  );
  return `\uFEFF${HEAD}${END}${rows.join('')}`;
}

/** Null for an odd number of quotation marks. */
function fieldsOf(line: string): string[] | null {
  const fields: string[] = [];
  const pattern = /(?:^|,)(?:"((?:[^"]|"")*)"|([^",]*))/gy;
  for (let end = 0; end < line.length || fields.length === 0; end = pattern.lastIndex) {
    const found = pattern.exec(line);
    if (!found) return null;
    fields.push(found[1] === undefined ? (found[2] ?? '') : found[1].replaceAll('""', '"'));
    if (pattern.lastIndex === line.length) return fields;
  }
  return fields;
}

function answerOf([
  ,
  result,
  number = '',
  issuedOn = '',
  total = '',
  note = '',
]: readonly string[]): InvoiceAnswer | null {
  if (result === 'FAILED') return note.length > 0 && note.length <= 200 ? { kind: 'FAILED', note } : null;
  const totalFen = fenOf(total);
  const isDay = /^\d{4}-\d\d-\d\d$/.test(issuedOn) && !Number.isNaN(Date.parse(issuedOn));
  if (result !== 'ISSUED' || totalFen === null || !isDay || !/^[0-9A-Za-z-]{6,40}$/.test(number)) return null;
  return { kind: 'ISSUED', number, issuedOn, totalFen };
}

/** UTF-8 with or without a mark. Null where it is no such file at all. */
export function answersFrom(bytes: Buffer): AnswerRow[] | null {
  const [head = '', ...lines] = bytes
    .toString('utf8')
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/);
  if (head.trim() !== ANSWER_HEAD) return null;
  return lines.flatMap((line, index) => {
    if (line.trim() === '') return [];
    const fields = fieldsOf(line);
    return [
      {
        line: index + 2,
        invoiceId: fields?.[0] ?? '',
        answer: fields?.length === 6 ? answerOf(fields) : null,
      },
    ];
  });
}
