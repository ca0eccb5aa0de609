/** What a route wants of a variant. */
export interface PickWish {
  readonly routeId: string;
  readonly variantId: string;
  readonly units: number;
  readonly nextVisitOn: string;
  /** Whether it comes out of the operator's own warehouse. */
  readonly isOwn: boolean;
}

export interface Pickable {
  readonly variantId: string;
  readonly batchId: string;
  readonly bestBeforeOn: string;
  readonly free: number;
}

/** From the warehouse; from whose goods they are; or from nowhere, because there is too little. */
export const PICK_SOURCES = ['WAREHOUSE', 'OUTSIDE', 'MISSING'] as const;
export type PickSource = (typeof PICK_SOURCES)[number];

export interface Pick {
  readonly routeId: string;
  readonly variantId: string;
  readonly source: PickSource;
  /** Null unless it is from the warehouse. */
  readonly batchId: string | null;
  readonly bestBeforeOn: string | null;
  readonly units: number;
}

/**
 * What expires first goes first, but nothing that would have to be taken out at the next visit. Routes in their order: what one takes the next lacks.
 */
export function pickFirstExpired(wishes: readonly PickWish[], levels: readonly Pickable[]): Pick[] {
  const left = levels
    .toSorted((a, b) => (a.bestBeforeOn < b.bestBeforeOn ? -1 : a.bestBeforeOn > b.bestBeforeOn ? 1 : 0))
    .map((level) => ({ ...level }));
  return wishes.flatMap(({ routeId, variantId, units, nextVisitOn, isOwn }): Pick[] => {
    const none = { routeId, variantId, batchId: null, bestBeforeOn: null };
    if (!isOwn) return [{ ...none, source: 'OUTSIDE', units }];
    const picks: Pick[] = [];
    let wanted = units;
    for (const level of left) {
      if (level.variantId !== variantId || level.bestBeforeOn < nextVisitOn) continue;
      const taken = Math.min(wanted, level.free);
      if (taken <= 0) continue;
      level.free -= taken;
      wanted -= taken;
      const { batchId, bestBeforeOn } = level;
      picks.push({ routeId, variantId, source: 'WAREHOUSE', batchId, bestBeforeOn, units: taken });
    }
    return wanted > 0 ? [...picks, { ...none, source: 'MISSING', units: wanted }] : picks;
  });
}
