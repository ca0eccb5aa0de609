import { type SlotStanding, cutToLoad, isDue, needOf, totalOf } from './restock-need.rules.js';

const [TODAY, NEXT] = ['2026-11-26', '2026-12-03'];
const NEVER = '9999-12-31';
const slot = (changes: Partial<SlotStanding> = {}): SlotStanding => ({
  slotCode: 'A1',
  variantId: 'var_1',
  netWeightG: 500,
  parLevel: 8,
  locks: [],
  batches: [{ bestBeforeOn: NEVER, onHand: 3 }],
  ...changes,
});
const lying = (...batches: readonly (readonly [bestBeforeOn: string, onHand: number])[]) => ({
  batches: batches.map(([bestBeforeOn, onHand]) => ({ bestBeforeOn, onHand })),
});

it.each([
  ['full: nothing', lying([NEVER, 8]), null],
  ['fuller than that: nothing', lying([NEVER, 10]), null],
  ['some are missing', lying([NEVER, 3]), { fillUnits: 5, removeUnits: 0, isStopped: false }],
  ['empty', lying(), { fillUnits: 8, removeUnits: 0, isStopped: true }],
  ['used up', lying([NEVER, 0]), { fillUnits: 8, removeUnits: 0, isStopped: true }],
  ['past their day', lying(['2026-11-25', 2], [NEVER, 6]), { fillUnits: 2, removeUnits: 2, isStopped: true }],
  [
    'best today still sold today',
    lying([TODAY, 2], [NEVER, 6]),
    { fillUnits: 2, removeUnits: 2, isStopped: false },
  ],
  [
    'gone before the next visit',
    lying(['2026-12-02', 8]),
    { fillUnits: 8, removeUnits: 8, isStopped: false },
  ],
  ['best until the next visit', lying([NEXT, 8]), null],
  [
    'fuller than the par level once it is gone',
    lying([TODAY, 1], [NEVER, 9]),
    { fillUnits: 0, removeUnits: 1, isStopped: false },
  ],
])('%s', (_, changes, expected) => {
  const need = needOf(slot(changes), TODAY, NEXT);
  if (expected === null) expect(need).toBeNull();
  else expect(need).toMatchObject(expected);
});

it.each([
  ['FAULT', 5],
  ['EXPIRED', 5],
  ['TEMPERATURE', 0],
  ['OPERATOR', 0],
] as const)('a slot that is locked for %s is to be seen to, and %i are brought', (lock, fillUnits) => {
  expect(needOf(slot({ locks: [lock] }), TODAY, NEXT)).toMatchObject({
    fillUnits,
    locks: [lock],
    isStopped: true,
  });
  expect(needOf(slot({ locks: [lock], ...lying([NEVER, 8]) }), TODAY, NEXT)).toMatchObject({ fillUnits: 0 });
});

it('of a cabinet is the sum, and due when enough is missing, or anything stands still', () => {
  const [some, empty] = [needOf(slot(), TODAY, NEXT), needOf(slot(lying()), TODAY, NEXT)].map(
    (need) => need ?? [],
  );
  const small = totalOf([some ?? []].flat());

  expect(totalOf([some ?? [], empty ?? []].flat())).toEqual({
    fillUnits: 13,
    removeUnits: 0,
    stoppedSlots: 1,
    loadG: 6_500,
  });
  expect([1, 5, 6].map((min) => isDue(small, min))).toEqual([true, true, false]);
  expect(isDue(totalOf([empty ?? []].flat()), 99)).toBe(true);
  expect(isDue({ ...small, removeUnits: 1 }, 99)).toBe(true);
  expect(isDue(totalOf([]), 1)).toBe(false);
});

it.each([
  [10_000, [5, 8]],
  [4_000, [5, 3]],
  [2_499, [4, 0]],
  [0, [0, 0]],
])('a van of %i g takes what fits, slot by slot', (loadMaxG, units) => {
  const needs = [needOf(slot(), TODAY, NEXT), needOf(slot(lying()), TODAY, NEXT)].flatMap(
    (need) => need ?? [],
  );

  expect(cutToLoad(needs, loadMaxG).map(({ fillUnits }) => fillUnits)).toEqual(units);
});
