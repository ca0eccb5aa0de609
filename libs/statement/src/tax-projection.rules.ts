import { createHash } from 'node:crypto';
import { dayAfter } from '#libs/division';
import type { Fen } from '#libs/kernel';
import { csvRow } from './statement-csv.rules.js';
import { type Amounts, type Difference, type Period, daysOf, monthAfter } from './statement.rules.js';

/** A year and one of its quarters, 1 to 4. */
export interface Quarter {
  readonly year: number;
  readonly quarter: number;
}

/** The books begin with the register. */
const YEAR_MIN = 2019;
const YEAR_MAX = 2999;

export function isQuarter({ year, quarter }: Quarter): boolean {
  const isWhole = Number.isInteger(year) && Number.isInteger(quarter);
  return isWhole && year >= YEAR_MIN && year <= YEAR_MAX && quarter >= 1 && quarter <= 4;
}

/** YYYY-MM, the first first. */
export function monthsOf({ year, quarter }: Quarter): readonly [string, string, string] {
  const first = `${year}-${String(quarter * 3 - 2).padStart(2, '0')}`;
  return [first, monthAfter(first, 1), monthAfter(first, 2)];
}

export function daysOfQuarter(quarter: Quarter): Period {
  const [first, , last] = monthsOf(quarter);
  return { fromOn: daysOf(first).fromOn, toOn: daysOf(last).toOn };
}

/** Decree 810 gives the month after the quarter. */
export function dueOn(quarter: Quarter): string {
  return daysOf(monthAfter(monthsOf(quarter)[2])).toOn;
}

/** What the tax authority is told of one seller. */
export interface TaxAmounts {
  /** What the goods and their freight cost. */
  readonly grossFen: Fen;
  readonly refundsFen: Fen;
  /** Orders of the quarter. */
  readonly count: number;
  /** What the platform got of what was sold and not taken back. */
  readonly platformFeeFen: Fen;
  /** What the seller bore of the payment provider's fees. */
  readonly providerFeeFen: Fen;
}

export function netSalesOf({ grossFen, refundsFen }: TaxAmounts): Fen {
  return grossFen - refundsFen;
}

export interface TaxRow extends TaxAmounts {
  readonly payeeId: string;
  readonly name: string;
  /** In full; '' for a merchant that is gone. */
  readonly creditCode: string;
  /** Where what statements show of the quarter is not what the books moved in it; null where it is. */
  readonly difference: Difference | null;
}

/** What was moved within the quarter by the books: at its end, less before its beginning. */
export function movedWithin(before: Amounts, after: Amounts): Amounts {
  return {
    heldFen: after.heldFen - before.heldFen,
    availableFen: after.availableFen - before.availableFen,
    owedFen: after.owedFen - before.owedFen,
  };
}

export function dayBefore({ fromOn }: Period): string {
  return dayAfter(fromOn, -1);
}

/** The first four and the last two of a credit code: enough to tell two sellers apart, too little to act in somebody's name. */
export function maskCode(code: string): string {
  return code === '' ? '' : `${code.slice(0, 4)}${'*'.repeat(Math.max(0, code.length - 6))}${code.slice(-2)}`;
}

export type TaxCell = string | bigint | number;

export const TAX_HEAD = [
  '统一社会信用代码 Credit code',
  '名称 Name',
  '平台内编号 Payee',
  '收入总额 Gross',
  '退款金额 Refunds',
  '收入净额 Net',
  '交易笔数 Orders',
  '平台服务费 Platform fee',
  '支付手续费 Provider fee',
] as const;

export function taxCells(row: TaxRow): TaxCell[] {
  const { creditCode, name, payeeId, grossFen, refundsFen, count, platformFeeFen, providerFeeFen } = row;
  return [
    creditCode,
    name,
    payeeId,
    grossFen,
    refundsFen,
    netSalesOf(row),
    count,
    platformFeeFen,
    providerFeeFen,
  ];
}

/** Nothing of when or by whom: the same figures make the same bytes. */
export function taxCsv(quarter: Quarter, rows: readonly TaxRow[]): string {
  const { fromOn, toOn } = daysOfQuarter(quarter);
  const lines = [
    csvRow([
      '平台内经营者涉税信息 Operators on the platform',
      `${quarter.year}Q${quarter.quarter}`,
      fromOn,
      toOn,
      'CNY',
    ]),
    csvRow([...TAX_HEAD]),
    ...rows.map((row) =>
      csvRow(taxCells(row).map((cell) => (typeof cell === 'number' ? String(cell) : cell))),
    ),
  ];
  return `\uFEFF${lines.join('')}`;
}

export function hashOfFile(content: Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}
