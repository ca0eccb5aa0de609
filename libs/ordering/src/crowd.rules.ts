import { present } from '#libs/kernel';
import type { DraftFacts } from './order-draft.rules.js';
import type { PaymentTerm } from './order.entity.js';
import type { OrderInput } from './order.rules.js';
import { presaleOf } from './presale-order.rules.js';

type OfferWish = Pick<OrderInput, 'lines' | 'handover' | 'paymentTerm'> & {
  readonly recipient: { readonly countyCode: string };
};

/** An order that only has to be written: looked at, priced, and with its id. */
export type Placing = Omit<DraftFacts, 'allocations' | 'batches' | 'term'> & {
  readonly isFromCart: boolean;
  readonly paymentTerm: PaymentTerm;
  /** Of the request that asks for it; facts that share a transaction keep their own. */
  readonly traceId: string | null;
};

/**
 * What a crowd gathers around, because each of its orders locks it: the presale whose days they share, whatever variants they want of it; or else the
 * variant, of the first line.
 */
export function contendedBy({ offered }: Pick<Placing, 'offered'>): string {
  return presaleOf(offered)?.id ?? present(offered[0], 'a line').variantId;
}

/**
 * So many orders of one variant go each by itself at once, in one process. From there on they stand in each other's way: every one of them
 * locks the same row for as long as its commit takes, and whoever comes next waits for all before.
 */
export const ALONE_MAX = 4;

/** Lines in one transaction. Twice as many sell hardly faster (measured: 33,000 a second at 200, 42,000 at 1,000), but all of them wait for its end. */
export const BATCH_MAX = 200;

/** Requests for one variant that a process works on at once. More would only wait for connections, each of them longer; enough for batches that pay. */
export const INSIDE_MAX = 100;

/** Who may wait at the door; beyond that one is told at once, and not late. */
export const DOOR_MAX = 1_000;

/** From arrival: whoever has stood at the door so long would not be through in time. */
export const DOOR_MS_MAX = 1_100;

/** From arrival: whoever has waited so long is taken into no transaction any more, because it might not end in time. */
export const QUEUE_MS_MAX = 1_400;

/** From arrival: two seconds are promised, and the answer has to travel. Until then a transaction under way may end. */
export const WAIT_MS_MAX = 1_800;

/** How long whoever is told to come again should stay away: as long as the crowd before them needs. */
export const RETRY_AFTER_SECONDS = 2;

/**
 * What a batch can hold: one variant or one presale, paid before it is sent, without coupons. Whoever adopts has chosen a tree,
 * and is told what became of it. Credit and budgets have locks of their own, which a batch would hold for all; and what is bought together with other goods would take a crowd's lock while it waits for theirs.
 */
export function mayShare({ offered, paymentTerm, totals }: Placing): boolean {
  const usesCoupon = totals.lines.some(({ fundings }) => fundings.some(({ couponId }) => couponId !== ''));
  const isOfOne = offered.length === 1 || presaleOf(offered) !== null;
  const adopts = offered.some(({ adopted }) => adopted);
  return isOfOne && !adopts && paymentTerm === 'PREPAID' && !usesCoupon;
}

/** All that an offer and its price depend on besides the moment, where no cart and no coupon is used: whoever says the same is offered the same. */
export function offerKey(
  { lines, recipient, handover = 'PARCEL', paymentTerm = 'PREPAID' }: OfferWish,
  isForUnit: boolean,
): string {
  const wanted = lines?.map(({ variantId, quantity, channelPointId, slot }) => [
    variantId,
    quantity,
    channelPointId,
    // Another slot is another place to take it from, and may bear another price.
    ...(slot ? [slot.slotCode, slot.priceFen] : []),
  ]);
  return JSON.stringify([wanted, recipient.countyCode, handover, paymentTerm, isForUnit]);
}

interface Queued {
  readonly placing: Pick<Placing, 'buyerId' | 'offered'>;
}

/** Who goes next, in the order of coming: of each buyer one, so that what one order of theirs changes the next one sees. */
export function nextBatch<Waiting extends Queued>(waiting: readonly Waiting[]): Waiting[] {
  const batch = new Map<string, Waiting>();
  let lines = 0;
  for (const one of waiting) {
    if (batch.has(one.placing.buyerId)) continue;
    lines += one.placing.offered.length;
    // The first goes whatever it has, and nobody overtakes whoever has too many for what is left of this one.
    if (batch.size > 0 && lines > BATCH_MAX) break;
    batch.set(one.placing.buyerId, one);
  }
  return [...batch.values()];
}
