import { type Position, distanceM } from '#libs/channel';

/** A cabinet that somebody should go to. */
export interface StopWish {
  readonly id: string;
  readonly position: Position;
  readonly loadG: number;
  /** The higher, the sooner; of what cannot all be visited the lowest stay behind. */
  readonly urgency: number;
}

export interface RouteLimits {
  readonly routesMax: number;
  readonly visitsMax: number;
  readonly loadMaxG: number;
}

export interface Tour {
  /** In the order in which they are visited. */
  readonly stops: readonly StopWish[];
  /** To each stop from the one before, and back at the end: one more than stops. */
  readonly legsM: readonly number[];
}

export interface RoutePlan {
  readonly tours: readonly Tour[];
  readonly leftOut: readonly string[];
}

/**
 * Round trips from one start: always on to the nearest that still fits, then straightened by 2-opt. What is heavier than a van is a load of its own, cut to the van. As the crow flies:
 * who drives knows the roads.
 */
export function planRoutes(start: Position, wishes: readonly StopWish[], limits: RouteLimits): RoutePlan {
  const { routesMax, visitsMax, loadMaxG } = limits;
  const ranked = wishes.toSorted((a, b) => b.urgency - a.urgency || (a.id < b.id ? -1 : 1));
  const chosen = ranked.slice(0, routesMax * visitsMax);
  const waiting = new Map(
    chosen.map((wish) => [wish.id, { ...wish, loadG: Math.min(wish.loadG, loadMaxG) }]),
  );
  const tours: Tour[] = [];
  while (waiting.size > 0 && tours.length < routesMax) {
    const stops = nearestNext(start, [...waiting.values()], limits);
    for (const { id } of stops) waiting.delete(id);
    tours.push(tourOf(start, twoOpt(start, stops)));
  }
  const placed = new Set(tours.flatMap(({ stops }) => stops.map(({ id }) => id)));
  return { tours, leftOut: ranked.filter(({ id }) => !placed.has(id)).map(({ id }) => id) };
}

/** Of two that are equally near the more urgent, which stands first. */
export function nearestNext(
  start: Position,
  wishes: readonly StopWish[],
  { visitsMax, loadMaxG }: Omit<RouteLimits, 'routesMax'>,
): StopWish[] {
  const stops: StopWish[] = [];
  const left = [...wishes];
  let [at, loadG] = [start, 0];
  while (stops.length < visitsMax) {
    const near = left
      .filter((wish) => loadG + wish.loadG <= loadMaxG)
      .map((wish) => ({ wish, metres: distanceM(at, wish.position) }));
    const [first] = near;
    if (!first) break;
    const { wish } = near.reduce((best, one) => (one.metres < best.metres ? one : best), first);
    stops.push(wish);
    left.splice(left.indexOf(wish), 1);
    loadG += wish.loadG;
    at = wish.position;
  }
  return stops;
}

/** Turns a stretch round wherever that makes the trip shorter, until nothing does. Ends: the length is whole metres, and falls each time. */
export function twoOpt(start: Position, stops: readonly StopWish[]): StopWish[] {
  const trip = [...stops];
  const positionAt = (index: number) => trip[index]?.position ?? start;
  let isShorter = true;
  while (isShorter) {
    isShorter = false;
    for (let from = 0; from < trip.length - 1; from += 1)
      for (let to = from + 1; to < trip.length; to += 1) {
        const [before, first, last, after] = [from - 1, from, to, to + 1].map(positionAt) as [
          Position,
          Position,
          Position,
          Position,
        ];
        const saved =
          distanceM(before, first) +
          distanceM(last, after) -
          distanceM(before, last) -
          distanceM(first, after);
        if (saved <= 0) continue;
        trip.splice(from, to - from + 1, ...trip.slice(from, to + 1).toReversed());
        isShorter = true;
      }
  }
  return trip;
}

export function tourOf(start: Position, stops: readonly StopWish[]): Tour {
  const places = [start, ...stops.map(({ position }) => position), start];
  const legsM = places.slice(1).map((place, index) => distanceM(places[index] ?? start, place));
  return { stops, legsM: stops.length === 0 ? [] : legsM };
}

export function lengthOf({ legsM }: Pick<Tour, 'legsM'>): number {
  return legsM.reduce((sum, leg) => sum + leg, 0);
}
