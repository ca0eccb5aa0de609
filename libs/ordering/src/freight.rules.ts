import type { Fen } from '#libs/kernel';

/** From this amount of goods on, a merchant's parcel travels free. */
export const FREE_FREIGHT_FROM_FEN: Fen = 9_900n;
/** Below it, one parcel costs the buyer this much. */
export const FREIGHT_FEN: Fen = 800n;

/** What the buyer pays for the parcel of one merchant, whatever it weighs and wherever it goes. */
export function freightOf(goodsFen: Fen): Fen {
  return goodsFen >= FREE_FREIGHT_FROM_FEN ? 0n : FREIGHT_FEN;
}
