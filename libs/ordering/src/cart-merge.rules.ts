import { CART_LINES_MAX } from './cart.rules.js';
import { LINE_QUANTITY_MAX, type WantedLine } from './order.rules.js';

/** MOVED: new in the cart. ADDED: to what was there. CAPPED: to as many as a line may have. LEFT_OUT: the cart is full. */
export const MERGE_OUTCOMES = ['MOVED', 'ADDED', 'CAPPED', 'LEFT_OUT'] as const;
export type MergeOutcome = (typeof MERGE_OUTCOMES)[number];

export interface MergedLine {
  readonly variantId: string;
  readonly channelPointId: string;
  readonly guestQuantity: number;
  /** Before; 0 where it was not in the cart. */
  readonly ownQuantity: number;
  /** Now; 0 where it was left out. */
  readonly quantity: number;
  readonly outcome: MergeOutcome;
}

const keyOf = ({ variantId, channelPointId }: WantedLine) => `${variantId} ${channelPointId}`;

const bothOf = (own: number, guest: number) => own + guest;

/** What becomes of each line of the guest's, in its order: nothing that was wanted disappears unsaid. */
export function mergeCarts(
  own: readonly WantedLine[],
  guest: readonly WantedLine[],
  togetherOf: (own: number, guest: number) => number = bothOf,
): MergedLine[] {
  const quantityOf = new Map(own.map((line) => [keyOf(line), line.quantity]));
  let room = CART_LINES_MAX - own.length;
  return guest.map(({ variantId, channelPointId, quantity: guestQuantity }) => {
    const line = { variantId, channelPointId, guestQuantity };
    const ownQuantity = quantityOf.get(keyOf({ ...line, quantity: 0 })) ?? 0;
    if (ownQuantity === 0 && room <= 0) return { ...line, ownQuantity, quantity: 0, outcome: 'LEFT_OUT' };
    if (ownQuantity === 0) room -= 1;
    const wanted = togetherOf(ownQuantity, guestQuantity);
    const quantity = Math.min(wanted, LINE_QUANTITY_MAX);
    const added = ownQuantity === 0 ? 'MOVED' : 'ADDED';
    return { ...line, ownQuantity, quantity, outcome: quantity < wanted ? 'CAPPED' : added };
  });
}

/**
 * The same for lines that the guest had changed on the way. A quantity replaces the one before, which may have been merged already: the larger of both
 * stands, so that nobody finds more in their cart than they have asked for.
 */
export function mergeLate(own: readonly WantedLine[], guest: readonly WantedLine[]): MergedLine[] {
  return mergeCarts(own, guest, Math.max);
}
