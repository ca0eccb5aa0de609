import { DAY_MS, type Fen, fen } from '#libs/kernel';
import { VOLUME_CHANNELS } from '#libs/volume';
import { type FieldTable, type RawRow, type RowFault, fault, formFaults } from './row-field.rules.js';

/** Buyers as reports tell them apart. */
export const BUYER_KINDS = ['CONSUMER', 'ORGANISATION', 'UNION', 'STAFF', 'UNKNOWN'] as const;
export type BuyerKind = (typeof BUYER_KINDS)[number];

/** A partner that was down for a season may still catch up; what is older belongs into a claim. */
const AGE_DAYS_MAX = 400;
/** Clocks differ. */
const AHEAD_MS_MAX = 10 * 60_000;

const NO = '^[\\x21-\\x7e]+$';
const CODE = '^[\\x21-\\x7e]+$';
const AMOUNT_FEN_MAX = 10_000_000_000n;

/** One line of a sale that was paid and has reached its buyer. */
export const SALE_FIELDS = {
  type: { kind: 'word', words: ['SALE'], isRequired: true, about: 'SALE' },
  orderNo: { kind: 'text', lengthMax: 64, pattern: NO, isRequired: true, about: 'Your order number.' },
  lineNo: {
    kind: 'text',
    lengthMax: 64,
    pattern: NO,
    isRequired: true,
    about: 'Your line number within the order. A line of an order is reported once.',
  },
  paidAt: { kind: 'instant', isRequired: true, about: 'When the buyer paid, RFC 3339 with offset.' },
  deliveredAt: {
    kind: 'instant',
    isRequired: true,
    about: 'When it was signed for, handed over or vended; not before paidAt.',
  },
  paymentRef: {
    kind: 'text',
    lengthMax: 80,
    pattern: CODE,
    isRequired: true,
    about: 'The number of the payment at whoever took it: the proof of the sale.',
  },
  amountFen: {
    kind: 'fen',
    min: 1n,
    max: AMOUNT_FEN_MAX,
    isRequired: true,
    about: 'What the buyer paid for the goods of this line, in fen, without freight.',
  },
  quantity: { kind: 'count', min: 1, max: 1_000_000, isRequired: true, about: 'Units.' },
  weightG: {
    kind: 'count',
    min: 0,
    max: 1_000_000_000,
    isRequired: true,
    about: 'Net weight of the line in grams.',
  },
  traceCode: {
    kind: 'text',
    lengthMax: 40,
    pattern: CODE,
    isRequired: false,
    about: 'The trace code on the box: says product, origin, merchant and linkage by itself.',
  },
  productId: {
    kind: 'text',
    lengthMax: 40,
    pattern: '^prd_[0-9A-Za-z]+$',
    isRequired: false,
    about: 'Our product, where there is no trace code. Left out: unknown.',
  },
  originCountyCode: {
    kind: 'text',
    lengthMax: 6,
    pattern: '^\\d{6}$',
    isRequired: false,
    about: 'County of origin (GB/T 2260), where there is no trace code. Left out: unknown.',
  },
  channelKind: { kind: 'word', words: VOLUME_CHANNELS, isRequired: true, about: 'How it was sold.' },
  channelPointId: {
    kind: 'text',
    lengthMax: 40,
    pattern: '^chp_[0-9A-Za-z]+$',
    isRequired: false,
    about: 'Our pavilion, zone or counter, if it was sold at one.',
  },
  saleCountyCode: {
    kind: 'text',
    lengthMax: 6,
    pattern: '^\\d{6}$',
    isRequired: false,
    about: 'Where it was sold.',
  },
  consumptionCountyCode: {
    kind: 'text',
    lengthMax: 6,
    pattern: '^\\d{6}$',
    isRequired: false,
    about: 'Where it was delivered to.',
  },
  buyerKind: { kind: 'word', words: BUYER_KINDS, isRequired: true, about: 'Who bought.' },
  buyerPhone: {
    kind: 'text',
    lengthMax: 20,
    isRequired: false,
    about:
      'Mobile number of a consumer. Kept as a keyed digest only, to recognise a sale that two sources tell of.',
  },
  buyerCreditCode: {
    kind: 'text',
    lengthMax: 18,
    pattern: '^[0-9A-Z]{18}$',
    isRequired: false,
    about: 'Unified social credit code of an organisation. Kept as a keyed digest only.',
  },
  deliveryAddress: {
    kind: 'text',
    lengthMax: 200,
    isRequired: false,
    about: 'Where it went, within consumptionCountyCode. Kept as a keyed digest only.',
  },
  invoiceNo: {
    kind: 'text',
    lengthMax: 20,
    pattern: '^\\d{8,20}$',
    isRequired: false,
    about: 'The e-invoice; one stands for one sale over all sources.',
  },
} as const satisfies FieldTable;

/** What goes back of a line that was reported before. */
export const REVERSAL_FIELDS = {
  type: { kind: 'word', words: ['REVERSAL'], isRequired: true, about: 'REVERSAL' },
  orderNo: { kind: 'text', lengthMax: 64, pattern: NO, isRequired: true, about: 'Of the sale.' },
  lineNo: { kind: 'text', lengthMax: 64, pattern: NO, isRequired: true, about: 'Of the sale.' },
  reversalNo: {
    kind: 'text',
    lengthMax: 64,
    pattern: NO,
    isRequired: true,
    about: 'Your number for this refund; several of one line add up to the line at most.',
  },
  reversedAt: { kind: 'instant', isRequired: true, about: 'When the money went back.' },
  amountFen: {
    kind: 'fen',
    min: 1n,
    max: AMOUNT_FEN_MAX,
    isRequired: true,
    about: 'What went back of the goods.',
  },
  quantity: {
    kind: 'count',
    min: 0,
    max: 1_000_000,
    isRequired: true,
    about: 'Units that went back; 0 for a price reduction.',
  },
} as const satisfies FieldTable;

export interface SaleRow {
  readonly type: 'SALE';
  readonly orderNo: string;
  readonly lineNo: string;
  readonly paidAt: Date;
  readonly deliveredAt: Date;
  readonly paymentRef: string;
  readonly amountFen: Fen;
  readonly quantity: number;
  readonly weightG: number;
  readonly traceCode: string | null;
  readonly productId: string | null;
  readonly originCountyCode: string | null;
  readonly channelKind: string;
  readonly channelPointId: string | null;
  readonly saleCountyCode: string | null;
  readonly consumptionCountyCode: string | null;
  readonly buyerKind: string;
  readonly buyerPhone: string | null;
  readonly buyerCreditCode: string | null;
  readonly deliveryAddress: string | null;
  readonly invoiceNo: string | null;
}

export interface ReversalRow {
  readonly type: 'REVERSAL';
  readonly orderNo: string;
  readonly lineNo: string;
  readonly reversalNo: string;
  readonly reversedAt: Date;
  readonly amountFen: Fen;
  readonly quantity: number;
}

function timeFaults(field: string, at: Date, now: Date): RowFault[] {
  if (at.getTime() > now.getTime() + AHEAD_MS_MAX) return [fault(field, 'IN_FUTURE')];
  return at.getTime() < now.getTime() - AGE_DAYS_MAX * DAY_MS ? [fault(field, 'TOO_OLD')] : [];
}

function textOf(row: RawRow, field: string): string {
  const value = row[field];
  return typeof value === 'string' ? value : '';
}

function optional(row: RawRow, field: string): string | null {
  return textOf(row, field) || null;
}

function countOf(row: RawRow, field: string): number {
  const value = row[field];
  return typeof value === 'number' ? value : 0;
}

function saleOf(row: RawRow): SaleRow {
  return {
    type: 'SALE',
    orderNo: textOf(row, 'orderNo'),
    lineNo: textOf(row, 'lineNo'),
    paidAt: new Date(textOf(row, 'paidAt')),
    deliveredAt: new Date(textOf(row, 'deliveredAt')),
    paymentRef: textOf(row, 'paymentRef'),
    amountFen: fen(textOf(row, 'amountFen')),
    quantity: countOf(row, 'quantity'),
    weightG: countOf(row, 'weightG'),
    traceCode: optional(row, 'traceCode'),
    productId: optional(row, 'productId'),
    originCountyCode: optional(row, 'originCountyCode'),
    channelKind: textOf(row, 'channelKind'),
    channelPointId: optional(row, 'channelPointId'),
    saleCountyCode: optional(row, 'saleCountyCode'),
    consumptionCountyCode: optional(row, 'consumptionCountyCode'),
    buyerKind: textOf(row, 'buyerKind'),
    buyerPhone: optional(row, 'buyerPhone'),
    buyerCreditCode: optional(row, 'buyerCreditCode'),
    deliveryAddress: optional(row, 'deliveryAddress'),
    invoiceNo: optional(row, 'invoiceNo'),
  };
}

function reversalOf(row: RawRow): ReversalRow {
  return {
    type: 'REVERSAL',
    orderNo: textOf(row, 'orderNo'),
    lineNo: textOf(row, 'lineNo'),
    reversalNo: textOf(row, 'reversalNo'),
    reversedAt: new Date(textOf(row, 'reversedAt')),
    amountFen: fen(textOf(row, 'amountFen')),
    quantity: countOf(row, 'quantity'),
  };
}

/** A row of a feed of sales, or everything that is wrong with it by itself. */
export function readSaleRow(raw: unknown, now: Date): SaleRow | ReversalRow | readonly RowFault[] {
  const isReversal = typeof raw === 'object' && raw !== null && 'type' in raw && raw.type === 'REVERSAL';
  const faults = formFaults(isReversal ? REVERSAL_FIELDS : SALE_FIELDS, raw);
  if (faults.length > 0) return faults;
  if (isReversal) {
    const reversal = reversalOf(raw as RawRow);
    const late = timeFaults('reversedAt', reversal.reversedAt, now);
    return late.length > 0 ? late : reversal;
  }
  const sale = saleOf(raw as RawRow);
  const wrong = [
    ...timeFaults('paidAt', sale.paidAt, now),
    ...timeFaults('deliveredAt', sale.deliveredAt, now),
    ...(sale.deliveredAt < sale.paidAt ? [fault('deliveredAt', 'BEFORE_PAYMENT')] : []),
    ...(sale.buyerPhone !== null && sale.buyerCreditCode !== null
      ? [fault('buyerCreditCode', 'CONTRADICTS')]
      : []),
  ];
  return wrong.length > 0 ? wrong : sale;
}

/** What is unique over everything a partner has told, and what it is that may not be told differently. */
export function identityOf(row: SaleRow | ReversalRow): string {
  const sale = saleIdentityOf(row);
  return row.type === 'SALE' ? sale : `${sale}|${row.reversalNo}`;
}

export function saleIdentityOf({ orderNo, lineNo }: { orderNo: string; lineNo: string }): string {
  return `${orderNo}|${lineNo}`;
}
