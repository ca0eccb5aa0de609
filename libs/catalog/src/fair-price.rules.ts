import { type Fen, assert } from '#libs/kernel';
import type { GoodsGrade } from './goods-kind.entity.js';
import { pricePer500g } from './price.rules.js';

const UNIT_G = 500n;

/** Above so many percent of the reference price somebody is warned, and above so many a reviewer has to say why. */
const WARN_PERCENT = 115n;
const HOLD_PERCENT = 130n;

/** UNKNOWN: nobody has said what such goods cost. WARNED: it may be asked. HELD: not before a reviewer has given a reason. */
export type FairPriceLevel = 'UNKNOWN' | 'WITHIN' | 'WARNED' | 'HELD';

/** What goods of a kind and grade cost in some month, and who says so. */
export interface Reference {
  readonly jinPriceFen: Fen;
  readonly source: string;
  readonly monthFrom: string;
  readonly monthTo: string;
}

export interface AskedPrice {
  readonly priceFen: Fen;
  readonly netWeightG: number;
}

export interface FairPrice {
  readonly level: FairPriceLevel;
  /** What 500 g of it would cost. */
  readonly jinPriceFen: Fen;
  /** Null where nobody has said. */
  readonly reference: Reference | null;
  /** How far above the reference price, in basis points, rounded down; negative below it, null without one. */
  readonly deviationBps: number | null;
  /** The most that such a box may cost without a warning, and without a reviewer; null without a reference price. */
  readonly unwarnedMaxFen: Fen | null;
  readonly unheldMaxFen: Fen | null;
}

/** Further off than this is a mistake of typing, and a number that fits. */
const DEVIATION_BPS_MAX = 1_000_000n;

const floorDivision = (dividend: bigint, divisor: bigint) => {
  const quotient = dividend / divisor;
  return dividend % divisor !== 0n && dividend < 0n ? quotient - 1n : quotient;
};

/**
 * Compared by weight and without rounding: exactly 15 percent above is no warning, exactly 30 is no hold, and one fen more is. What is cheap is
 * never stopped: whoever asks less than others hurts no buyer.
 */
export function fairPriceOf({ priceFen, netWeightG }: AskedPrice, reference: Reference | null): FairPrice {
  assert(netWeightG > 0, 'goods weigh something');
  const jinPriceFen = pricePer500g(priceFen, netWeightG);
  if (!reference)
    return {
      level: 'UNKNOWN',
      jinPriceFen,
      reference,
      deviationBps: null,
      unwarnedMaxFen: null,
      unheldMaxFen: null,
    };
  const [asked, usual] = [priceFen * UNIT_G, reference.jinPriceFen * BigInt(netWeightG)];
  const isAbove = (percent: bigint) => asked * 100n > usual * percent;
  const mostAt = (percent: bigint) => (usual * percent) / (UNIT_G * 100n);
  const bps = floorDivision((asked - usual) * 10_000n, usual);
  return {
    level: isAbove(HOLD_PERCENT) ? 'HELD' : isAbove(WARN_PERCENT) ? 'WARNED' : 'WITHIN',
    jinPriceFen,
    reference,
    deviationBps: Number(bps > DEVIATION_BPS_MAX ? DEVIATION_BPS_MAX : bps),
    unwarnedMaxFen: mostAt(WARN_PERCENT),
    unheldMaxFen: mostAt(HOLD_PERCENT),
  };
}

/** Whether a reviewer has to say why: what costs no more by weight than it does already is not made dearer by asking it. */
export function isHeld(fair: FairPrice, live: AskedPrice | null, asked: AskedPrice): boolean {
  if (fair.level !== 'HELD') return false;
  if (!live) return true;
  return asked.priceFen * BigInt(live.netWeightG) > live.priceFen * BigInt(asked.netWeightG);
}

export interface ReferenceRow extends Reference {
  readonly grade: GoodsGrade;
}

/** The same month of another year: `2026-11` and -1 is `2025-11`. */
export function monthOfYear(month: string, years: number): string {
  return `${String(Number(month.slice(0, 4)) + years).padStart(4, '0')}${month.slice(4)}`;
}

const covers = ({ monthFrom, monthTo }: Reference, month: string) => monthFrom <= month && month <= monthTo;

/** That of this grade for this month, else for the same month of the year before; of several the one that was recorded last. `rows`: newest first. */
export function referenceFor(
  rows: readonly ReferenceRow[],
  grade: GoodsGrade,
  month: string,
): Reference | null {
  const own = rows.filter((row) => row.grade === grade);
  const lastYear = monthOfYear(month, -1);
  return own.find((row) => covers(row, month)) ?? own.find((row) => covers(row, lastYear)) ?? null;
}
