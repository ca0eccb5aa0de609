import { type Fen, type FenText, fen } from '#libs/kernel';

/**
 * The share of bad fruit and what is given for it: some is bound to be bad, more is paid in proportion, and of what is mostly bad nothing
 * is of use. In ten-thousandths, so that whoever weighs grams is not rounded.
 */
export const FRESH_TOLERANCE_BPS = 1_000;
export const FRESH_WHOLE_ABOVE_BPS = 5_000;
const WHOLE_BPS = 10_000;

export type Compensation = 'NONE' | 'PRO_RATA' | 'WHOLE';

export function compensationOf(badShareBps: number): Compensation {
  if (badShareBps <= FRESH_TOLERANCE_BPS) return 'NONE';
  return badShareBps > FRESH_WHOLE_ABOVE_BPS ? 'WHOLE' : 'PRO_RATA';
}

/** Of what was claimed, rounded down: a gram less is not a gram more. */
export function badShareBps(badWeightG: number, claimedWeightG: number): number {
  return claimedWeightG === 0 ? 0 : Math.floor((badWeightG * WHOLE_BPS) / claimedWeightG);
}

/** What so many units of a line weigh. */
export function claimedWeightG(
  line: { readonly netWeightG: number; readonly quantity: number },
  quantity: number,
): number {
  return Math.floor((line.netWeightG * quantity) / line.quantity);
}

/** What the buyer paid for so many units of a line, rounded up in their favour. */
export function paidFen(
  line: { readonly goodsFen: FenText; readonly subsidyFen: FenText; readonly quantity: number },
  quantity: number,
): Fen {
  const [units, all] = [BigInt(quantity), BigInt(line.quantity)];
  return ((fen(line.goodsFen) - fen(line.subsidyFen)) * units + all - 1n) / all;
}

/** In proportion, rounded up in the buyer's favour, and never more than the whole. */
export function proRataFen(wholeFen: Fen, shareBps: number): Fen {
  return (wholeFen * BigInt(shareBps) + BigInt(WHOLE_BPS) - 1n) / BigInt(WHOLE_BPS);
}
