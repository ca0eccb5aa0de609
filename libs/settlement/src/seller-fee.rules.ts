import { type Fen, allocate, sumFen } from '#libs/kernel';
import { type ReversalDraft, type ShareRow, heldOf, remainderOf } from './split.rules.js';

export interface FeePart {
  readonly share: ShareRow;
  readonly feeFen: Fen;
}

/**
 * The fee over everything that remains of the order, by largest remainder; what falls on lines whose fee the platform bears, on shares that
 * have been released, or exceeds what a share holds, is nobody's part and stays the platform's.
 */
export function feePartsOf(
  shares: readonly ShareRow[],
  sellersLines: ReadonlySet<string>,
  feeFen: Fen,
): FeePart[] {
  const weights = shares.map(remainderOf);
  if (sumFen(weights) === 0n) return [];
  return allocate(feeFen, weights).flatMap((part, index) => {
    const share = shares[index];
    if (!share || !sellersLines.has(share.lineId) || share.releasedAt !== null) return [];
    const held = heldOf(share);
    const borne = part < held ? part : held;
    return borne > 0n ? [{ share, feeFen: borne }] : [];
  });
}

/** So much of a share's fee as goes back of the share; all of it with the last fen. Rounded down: the rest comes with the rest. */
export function feeReturnsOf(reversals: readonly ReversalDraft[]): FeePart[] {
  return reversals.flatMap(({ share, amountFen }) => {
    const feeFen = share.feeFen === 0n ? 0n : (share.feeFen * amountFen) / remainderOf(share);
    return feeFen > 0n ? [{ share, feeFen }] : [];
  });
}
