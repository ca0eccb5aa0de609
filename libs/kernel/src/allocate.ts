import { assert, present } from './assert.js';
import type { Fen } from './fen.js';

/**
 * Largest remainder (Hamilton): shares of `total` in proportion to `weights`, that sum to `total` exactly.
 * Left-over fen go one each to the largest remainders, ties to the lower index; weight 0 never receives.
 */
export function allocate(total: Fen, weights: readonly bigint[]): Fen[] {
  assert(total >= 0n && weights.every((weight) => weight >= 0n), 'allocate takes no negative amounts');
  const sum = weights.reduce((a, b) => a + b, 0n);
  if (total === 0n) return weights.map(() => 0n);
  assert(sum > 0n, 'there is something to share and nobody to take it');
  const shares = weights.map((weight) => (total * weight) / sum);
  let left = total - shares.reduce((a, b) => a + b, 0n);
  const byRemainder = weights
    .map((weight, index) => ({ index, remainder: (total * weight) % sum }))
    .filter(({ remainder }) => remainder > 0n)
    .toSorted((a, b) =>
      a.remainder === b.remainder ? a.index - b.index : a.remainder > b.remainder ? -1 : 1,
    );
  for (const { index } of byRemainder) {
    if (left === 0n) break;
    shares[index] = present(shares[index], 'a share per weight') + 1n;
    left -= 1n;
  }
  return shares;
}
