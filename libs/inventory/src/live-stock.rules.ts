import { type InvalidField, InvalidInputError } from '#libs/kernel';

/** How much of a variant can be bought for delivery: what its page shows, and no more. */
export interface VariantStock {
  readonly variantId: string;
  readonly available: number;
}

/** A list shows a hundred products at most; nobody looks at more than a few of their sizes at once. */
export const WATCHED_AT_ONCE_MAX = 100;
/** Of all that one connection watches: some pages, and a cart. */
export const WATCHED_BY_SOCKET_MAX = 300;

/** `already`: what this connection watches besides. */
export function refuseWatch(variantIds: readonly string[], already: number): InvalidInputError | null {
  const refuse = (message: InvalidField['message']) =>
    new InvalidInputError([{ path: 'variantIds', message }]);
  if (variantIds.length === 0 || variantIds.length > WATCHED_AT_ONCE_MAX)
    return refuse({
      zh: `请指定 1 到 ${WATCHED_AT_ONCE_MAX} 个规格`,
      en: `Name 1 to ${WATCHED_AT_ONCE_MAX} variants.`,
    });
  if (already + variantIds.length > WATCHED_BY_SOCKET_MAX)
    return refuse({
      zh: `每个连接最多关注 ${WATCHED_BY_SOCKET_MAX} 个规格`,
      en: `A connection watches at most ${WATCHED_BY_SOCKET_MAX} variants.`,
    });
  return null;
}

/** Of what has moved, what somebody watches; null where it is nothing of theirs. */
export function watchedAmong(
  moved: readonly VariantStock[],
  watched: ReadonlySet<string>,
): readonly VariantStock[] | null {
  const theirs = moved.filter(({ variantId }) => watched.has(variantId));
  return theirs.length > 0 ? theirs : null;
}

/** In the order asked for; what has no stock has none. */
export function stockOf(
  variantIds: readonly string[],
  available: ReadonlyMap<string, number>,
): VariantStock[] {
  return variantIds.map((variantId) => ({
    variantId,
    // Below zero is a guard that failed, and nobody's business here.
    available: Math.max(0, available.get(variantId) ?? 0),
  }));
}
