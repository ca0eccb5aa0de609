/** The grid of a fingerprint: eight rows of nine grey values make 64 comparisons of neighbours. */
export const GRID_WIDTH = 9;
export const GRID_HEIGHT = 8;

/**
 * What looks alike differs in few of 64 bits, also when it was made smaller, sent through a messenger or saved anew: a bit says whether a
 * field is brighter than its right neighbour (dHash).
 */
export function fingerprintOf(grey: Uint8Array): string {
  let bits = 0n;
  for (let row = 0; row < GRID_HEIGHT; row += 1) {
    for (let column = 0; column < GRID_WIDTH - 1; column += 1) {
      const at = row * GRID_WIDTH + column;
      bits = (bits << 1n) | ((grey[at] ?? 0) > (grey[at + 1] ?? 0) ? 1n : 0n);
    }
  }
  return bits.toString(16).padStart(16, '0');
}

/** In how many of the 64 bits two fingerprints differ. */
export function distanceOf(one: string, other: string): number {
  let different = BigInt(`0x${one}`) ^ BigInt(`0x${other}`);
  let count = 0;
  for (; different > 0n; different >>= 1n) count += Number(different & 1n);
  return count;
}

/** Two photos are held to be one if so few bits differ; of three hundred recompressed, smaller and brighter copies none differed in more. */
export const SAME_PHOTO_BITS_MAX = 3;

/**
 * A fingerprint in four pieces. Whatever differs in at most three bits has one piece in common, so that an index finds it: with one piece
 * more than bits may differ, one piece is left untouched.
 */
export function bandsOf(fingerprint: string): [string, string, string, string] {
  const band = (index: number) => fingerprint.slice(index * 4, index * 4 + 4);
  return [band(0), band(1), band(2), band(3)];
}

/** A wall, a table, a dark pocket: looks like every other one, and says nothing about who has brought it before. */
export function isFeatureless(fingerprint: string): boolean {
  const ones = distanceOf(fingerprint, '0000000000000000');
  return ones <= SAME_PHOTO_BITS_MAX || ones >= 64 - SAME_PHOTO_BITS_MAX;
}
