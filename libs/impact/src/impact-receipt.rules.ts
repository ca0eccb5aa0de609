import { HOUSEHOLDS_TOLD_MIN } from '#libs/household';
import { type Fen, fen } from '#libs/kernel';
import type { OrderLineRow, OrderRow } from '#libs/ordering';
import type { ReturnedLine } from '#libs/payment';
import type { LineReach } from '#libs/settlement';

/**
 * NOT_PAID: not wholly, or sold on account and not paid yet. SETTLING: paid, and the books have not shared it out yet. TOLD: what can be
 * told is told.
 */
export const IMPACT_STATES = ['NOT_PAID', 'CANCELLED', 'SETTLING', 'TOLD'] as const;
export type ImpactState = (typeof IMPACT_STATES)[number];

/** TOO_FEW: so few households that a number would point at one. NONE: no agreement was in force. RETURNED: all that was for households has gone back. */
export const IMPACT_REACHES = ['HOUSEHOLDS', 'TOO_FEW', 'NONE', 'RETURNED'] as const;
export type ImpactReach = (typeof IMPACT_REACHES)[number];

/** What is left of a line. */
export interface KeptLine {
  readonly quantity: number;
  /** Of the goods, by the buyer. */
  readonly goodsFen: Fen;
}

export interface ToldReach {
  readonly reach: ImpactReach;
  /** Null unless HOUSEHOLDS, like the next. */
  readonly householdCount: number | null;
  readonly householdFen: Fen | null;
}

const NOTHING_TOLD = { householdCount: null, householdFen: null } as const;

/** Whole units are taken off; money that went back without goods (for bad fruit) leaves their number as it is. */
export function keptOf(
  { quantity, goodsFen, subsidyFen }: Pick<OrderLineRow, 'quantity' | 'goodsFen' | 'subsidyFen'>,
  returned: ReturnedLine | undefined,
): KeptLine {
  return {
    quantity: quantity - (returned?.quantity ?? 0),
    goodsFen: fen(goodsFen) - fen(subsidyFen) - (returned?.goodsFen ?? 0n),
  };
}

/** `reach` is null where the books do not tell of it (yet); nothing is ever said that they do not say. */
export function impactStateOf(
  { state }: Pick<OrderRow, 'state'>,
  lines: readonly Pick<OrderLineRow, 'id' | 'goodsFen'>[],
  reach: ReadonlyMap<string, LineReach> | null,
): ImpactState {
  if (state === 'CANCELLED') return 'CANCELLED';
  if ((state !== 'PAID' && state !== 'SIGNED') || reach === null) return 'NOT_PAID';
  // Goods for nothing are never shared out.
  const isShared = lines.every(({ id, goodsFen }) => fen(goodsFen) === 0n || reach.has(id));
  if (isShared) return 'TOLD';
  // What is signed for is not paid: as long as the books have not heard of it, nothing says that it was.
  return state === 'SIGNED' ? 'NOT_PAID' : 'SETTLING';
}

/** What goes to fewer households than may be told of is not told of at all, neither as a number nor as an amount. */
export function toldReach(reach: LineReach | undefined): ToldReach {
  if (!reach?.isStated) return { reach: 'NONE', ...NOTHING_TOLD };
  const { householdCount, householdFen } = reach;
  if (householdCount === 0) return { reach: 'RETURNED', ...NOTHING_TOLD };
  if (householdCount < HOUSEHOLDS_TOLD_MIN) return { reach: 'TOO_FEW', ...NOTHING_TOLD };
  return { reach: 'HOUSEHOLDS', householdCount, householdFen };
}
