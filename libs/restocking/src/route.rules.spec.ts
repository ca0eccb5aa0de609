import fc from 'fast-check';
import { type StopWish, lengthOf, nearestNext, planRoutes, tourOf, twoOpt } from './route.rules.js';

const START = { longitude: 113.1, latitude: 27.8 };
const stop = (id: string, longitude: number, latitude: number, more: Partial<StopWish> = {}): StopWish => ({
  id,
  position: { longitude, latitude },
  loadG: 1_000,
  urgency: 0,
  ...more,
});
const ROOMY = { routesMax: 5, visitsMax: 50, loadMaxG: 1_000_000 };
const idsOf = (stops: readonly StopWish[]) => stops.map(({ id }) => id);

it('is nowhere to go without wishes', () => {
  expect(planRoutes(START, [], ROOMY)).toEqual({ tours: [], leftOut: [] });
});

it('goes along a street and comes back', () => {
  const { tours } = planRoutes(
    START,
    [stop('c', 113.4, 27.8), stop('a', 113.2, 27.8), stop('b', 113.3, 27.8)],
    ROOMY,
  );

  expect(tours.map(({ stops }) => idsOf(stops))).toEqual([['a', 'b', 'c']]);
  expect(tours[0]?.legsM).toHaveLength(4);
  expect(Math.abs(lengthOf(tours[0] ?? { legsM: [] }) - 59_000)).toBeLessThan(300);
});

it('leaves a crossing out that the nearest neighbour runs into', () => {
  // A square whose corners are numbered crosswise.
  const crossed = [
    stop('a', 113.2, 27.8),
    stop('b', 113.3, 27.9),
    stop('c', 113.2, 27.9),
    stop('d', 113.3, 27.8),
  ];
  const straight = twoOpt(START, crossed);

  expect(lengthOf(tourOf(START, straight))).toBeLessThan(lengthOf(tourOf(START, crossed)));
  expect(['a,c,b,d', 'd,b,c,a', 'c,b,d,a', 'a,d,b,c']).toContain(idsOf(straight).join(','));
});

it.each([
  ['visits', { routesMax: 2, visitsMax: 2, loadMaxG: 9_000 }, [2, 2], 1],
  ['load', { routesMax: 2, visitsMax: 9, loadMaxG: 2_000 }, [2, 2], 1],
  ['enough routes', { routesMax: 9, visitsMax: 2, loadMaxG: 9_000 }, [2, 2, 1], 0],
])('keeps to the limit of %s', (_, limits, sizes, leftOut) => {
  const wishes = [1, 2, 3, 4, 5].map((n) => stop(String(n), 113 + n / 10, 27.8));
  const plan = planRoutes(START, wishes, limits);

  expect(plan.tours.map(({ stops }) => stops.length)).toEqual(sizes);
  expect(plan.leftOut).toHaveLength(leftOut);
});

it('leaves behind what is least urgent, and takes a load that no van holds alone', () => {
  const wishes = [
    stop('late', 113.2, 27.8),
    stop('soon', 113.9, 27.8, { urgency: 9 }),
    stop('huge', 113.3, 27.8, { urgency: 5, loadG: 9_999_999 }),
  ];

  expect(planRoutes(START, wishes, { routesMax: 2, visitsMax: 1, loadMaxG: 5_000 })).toMatchObject({
    leftOut: ['late'],
  });
  const { tours } = planRoutes(START, wishes, { routesMax: 2, visitsMax: 9, loadMaxG: 5_000 });
  expect(tours.map(({ stops }) => idsOf(stops))).toEqual([['late', 'soon'], ['huge']]);
  expect(tours[1]?.stops[0]?.loadG).toBe(5_000);
});

const wishes = fc
  .array(
    fc.record({
      longitude: fc.integer({ min: 112_900, max: 113_900 }),
      latitude: fc.integer({ min: 26_000, max: 28_000 }),
      loadG: fc.integer({ min: 0, max: 300_000 }),
      urgency: fc.integer({ min: 0, max: 5 }),
    }),
    { maxLength: 25 },
  )
  .map((places) =>
    places.map(({ longitude, latitude, ...more }, index) =>
      stop(`s${index}`, longitude / 1_000, latitude / 1_000, more),
    ),
  );
const limits = fc.record({
  routesMax: fc.integer({ min: 1, max: 4 }),
  visitsMax: fc.integer({ min: 1, max: 12 }),
  loadMaxG: fc.integer({ min: 1, max: 600_000 }),
});

it('visits each once or leaves it out, within the limits, and no longer than the nearest neighbour goes; the same wishes in any order are one plan', () => {
  fc.assert(
    fc.property(wishes, limits, (all, within) => {
      const plan = planRoutes(START, all, within);
      const placed = plan.tours.flatMap(({ stops }) => idsOf(stops));
      expect([...placed, ...plan.leftOut].toSorted()).toEqual(idsOf(all).toSorted());
      expect(plan.tours.length).toBeLessThanOrEqual(within.routesMax);
      for (const { stops, legsM } of plan.tours) {
        expect(stops.length).toBeGreaterThan(0);
        expect(stops.length).toBeLessThanOrEqual(within.visitsMax);
        expect(stops.reduce((sum, { loadG }) => sum + loadG, 0)).toBeLessThanOrEqual(within.loadMaxG);
        expect(legsM).toHaveLength(stops.length + 1);
      }
      const naive = nearestNext(START, all, { visitsMax: 99, loadMaxG: Number.MAX_SAFE_INTEGER });
      const straight = twoOpt(START, naive);
      expect(idsOf(straight).toSorted()).toEqual(idsOf(all).toSorted());
      expect(lengthOf(tourOf(START, straight))).toBeLessThanOrEqual(lengthOf(tourOf(START, naive)));
      expect(planRoutes(START, all.toReversed(), within)).toEqual(plan);
    }),
  );
});
