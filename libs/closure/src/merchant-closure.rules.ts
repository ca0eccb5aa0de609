import type { Fen } from '#libs/kernel';
import type { ClosureAsker } from './merchant-closure.entity.js';

/** What keeps a merchant from being closed for good. */
export const CLOSURE_OBSTACLE_KINDS = [
  'ORDER_TO_SHIP', // paid, and not all of it has left
  'ORDER_OPEN', // not paid yet, on its way, or may still be sent back
  'AFTER_SALE', // a case that is not closed
  'GOODS_PLACED', // goods in pavilions, zones, cabinets and vans
  'MONEY_HELD', // of sales that may still be sent back
  'MONEY_DUE', // to be paid out, or on its way to the bank
  'MONEY_OWED', // by the merchant, of what went back after it was paid out
] as const;
export type ClosureObstacleKind = (typeof CLOSURE_OBSTACLE_KINDS)[number];

export interface ClosureObstacle {
  readonly kind: ClosureObstacleKind;
  /** How many orders, cases or units; 0 of money. */
  readonly count: number;
  /** 0 of what is no money. */
  readonly amountFen: Fen;
}

/** What was counted of each. */
export interface OpenCounts {
  readonly toShip: number;
  readonly openOrders: number;
  readonly afterSales: number;
  readonly unitsPlaced: number;
  readonly heldFen: Fen;
  readonly dueFen: Fen;
  readonly owedFen: Fen;
}

/** Those that are there, in the order in which they are seen to. */
export function obstaclesOf(counts: OpenCounts): ClosureObstacle[] {
  const { toShip, openOrders, afterSales, unitsPlaced, heldFen, dueFen, owedFen } = counts;
  const of = (kind: ClosureObstacleKind, count: number, amountFen: Fen = 0n): ClosureObstacle => ({
    kind,
    count,
    amountFen,
  });
  return [
    of('ORDER_TO_SHIP', toShip),
    of('ORDER_OPEN', openOrders),
    of('AFTER_SALE', afterSales),
    of('GOODS_PLACED', unitsPlaced),
    of('MONEY_HELD', 0, heldFen),
    of('MONEY_DUE', 0, dueFen),
    of('MONEY_OWED', 0, owedFen),
  ].filter(({ count, amountFen }) => count > 0 || amountFen > 0n);
}

/** An owner takes back what an owner has asked; an official takes back either. */
export function mayReopen(by: ClosureAsker, askedAs: ClosureAsker): boolean {
  return by === 'OFFICE' || askedAs === 'OWNER';
}

/** Whom a platform lets sell is kept for three years at least after they have ceased (E-Commerce Law, article 31; rules of online trade, article 31). */
export const PAPERS_KEPT_YEARS = 3;

/** The last day, of a day on which it was closed; the 29th of February ends on the 28th. */
export function papersKeptUntil(closedOn: string): string {
  const [year = '', month = '', day = ''] = closedOn.split('-');
  const lastYear = String(Number(year) + PAPERS_KEPT_YEARS).padStart(4, '0');
  return `${lastYear}-${month}-${month === '02' && day === '29' ? '28' : day}`;
}
