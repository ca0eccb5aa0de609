import fc from 'fast-check';
import {
  type ItemStanding,
  type SaidOfVend,
  afterNothing,
  afterVend,
  answerWithinMs,
  deliveredAt,
  isTooLate,
  stateOf,
  unaskedIn,
} from './vend.rules.js';

const item = (changes: Partial<ItemStanding> = {}): ItemStanding => ({
  slotCode: 'A1',
  quantity: 2,
  state: 'WAITING',
  deliveredUnits: null,
  toldUnits: null,
  isContradicted: false,
  ...changes,
});
type Told = readonly [slot: string, delivery: 'FINISHED' | 'FAILED' | 'CANNOT_START', units: number];
const said = (items: readonly Told[], more: Partial<SaidOfVend> = {}): SaidOfVend => ({
  items: items.map(([slot, delivery, units]) => ({ slot, delivery, units })),
  isTest: false,
  isInMaintenance: false,
  ...more,
});
const settled = (deliveredUnits: number, toldUnits: number | null, state: ItemStanding['state'] = 'FAILED') =>
  item({ state, deliveredUnits, toldUnits });

it.each([
  ['all came out', item(), said([['A1', 'FINISHED', 2]]), 'FINISHED', 2, []],
  [
    'one by one',
    item(),
    said([
      ['A1', 'FINISHED', 1],
      ['A1', 'FINISHED', 1],
    ]),
    'FINISHED',
    2,
    [],
  ],
  [
    'one, then it jammed',
    item(),
    said([
      ['A1', 'FINISHED', 1],
      ['A1', 'FAILED', 1],
    ]),
    'FAILED',
    1,
    [],
  ],
  ['a jam', item(), said([['A1', 'FAILED', 2]]), 'FAILED', 0, []],
  ['an empty slot', item(), said([['A1', 'CANNOT_START', 2]]), 'CANNOT_START', 0, []],
  ['more than was bought', item(), said([['A1', 'FINISHED', 3]]), 'FINISHED', 2, [['A1', 'TOO_MANY', 1]]],
  ['another slot', item(), said([['B2', 'FINISHED', 2]]), 'FAILED', 0, [['B2', 'UNASKED', 2]]],
  ['a test', item(), said([['A1', 'FINISHED', 2]], { isTest: true }), 'FAILED', 0, [['A1', 'TEST', 2]]],
  [
    'an open door',
    item(),
    said([['A1', 'FAILED', 2]], { isInMaintenance: true }),
    'FAILED',
    0,
    [['A1', 'TEST', 1]],
  ],
  [
    'out after it was given back',
    settled(0, null, 'NO_ANSWER'),
    said([['A1', 'FINISHED', 2]]),
    'NO_ANSWER',
    0,
    [['A1', 'LATE_DROP', 2]],
  ],
  ['the same twice', settled(2, 2, 'FINISHED'), said([['A1', 'FINISHED', 2]]), 'FINISHED', 2, []],
  ['one more later', settled(1, 1), said([['A1', 'FINISHED', 2]]), 'FAILED', 1, [['A1', 'LATE_DROP', 1]]],
  ['the same late drop twice', settled(0, 2, 'NO_ANSWER'), said([['A1', 'FINISHED', 2]]), 'NO_ANSWER', 0, []],
  [
    'out, and then not',
    settled(2, 2, 'FINISHED'),
    said([['A1', 'FAILED', 2]]),
    'FINISHED',
    2,
    [['A1', 'CONTRADICTED', 2]],
  ],
  [
    'a test of what is settled',
    settled(2, 2, 'FINISHED'),
    said([['A1', 'FAILED', 2]], { isTest: true }),
    'FINISHED',
    2,
    [],
  ],
] as const)('%s', (_, before, words, state, deliveredUnits, breaks) => {
  const after = afterVend(before, words);
  expect(after.item).toMatchObject({ state, deliveredUnits });
  expect(after.breaks.map(({ slotCode, kind, units }) => [slotCode, kind, units])).toEqual(breaks);
});

it.each([
  [1, 90],
  [3, 90],
  [4, 100],
  [50, 560],
])('of %p units somebody hears within %p seconds', (units, seconds) => {
  expect(answerWithinMs(units)).toBe(seconds * 1_000);
});

it('what nobody asked for is a break, unless somebody tried the machine', () => {
  const words = said([
    ['A1', 'FINISHED', 1],
    ['A2', 'FAILED', 1],
    ['A3', 'FINISHED', 2],
  ]);
  expect(unaskedIn(words).map(({ slotCode, units }) => [slotCode, units])).toEqual([
    ['A1', 1],
    ['A3', 2],
  ]);
  expect(unaskedIn({ ...words, isTest: true })).toEqual([]);
  expect(unaskedIn({ ...words, isInMaintenance: true })).toEqual([]);
});

it.each([
  [[item(), settled(2, 2, 'FINISHED')], 'DELIVERING'],
  [[settled(2, 2, 'FINISHED'), settled(2, 2, 'FINISHED')], 'DONE'],
  [[settled(2, 2, 'FINISHED'), settled(0, 0)], 'PARTLY_DONE'],
  [[settled(1, 1)], 'PARTLY_DONE'],
  [[settled(0, null, 'EXPIRED'), settled(0, null, 'NO_ANSWER')], 'NOT_DONE'],
] as const)('%j is %s', (items, state) => {
  expect(stateOf(items)).toBe(state);
});

it('counts on the moment when it came out, between the payment and now', () => {
  const [paidAt, now] = [new Date('2026-11-30T15:59:50Z'), new Date('2026-11-30T16:00:05Z')];
  const at = (text: string) =>
    deliveredAt([{ occurredAt: new Date(text) }, { occurredAt: null }], { paidAt, now });
  expect(at('2026-11-30T15:59:58Z')).toEqual(new Date('2026-11-30T15:59:58Z'));
  expect(at('2026-11-30T12:00:00Z')).toEqual(paidAt);
  expect(at('2026-12-01T12:00:00Z')).toEqual(now);
  expect(deliveredAt([], { paidAt, now })).toEqual(now);
  expect(isTooLate(paidAt, now)).toBe(false);
  expect(isTooLate(paidAt, new Date('2026-11-30T16:00:51Z'))).toBe(true);
});

type Act = (standing: ItemStanding) => ReturnType<typeof afterVend>;
const delivery = fc.constantFrom('FINISHED', 'FAILED', 'CANNOT_START');
const words = fc.record({
  items: fc.array(fc.record({ slot: fc.constantFrom('A1', 'B2'), delivery, units: fc.nat(4) }), {
    minLength: 1,
    maxLength: 3,
  }),
  isTest: fc.boolean(),
  isInMaintenance: fc.constant(false),
});
const act: fc.Arbitrary<{ readonly words: SaidOfVend | null; readonly act: Act }> = fc.oneof(
  words.map((spoken) => ({
    words: spoken as SaidOfVend,
    act: (standing: ItemStanding) => afterVend(standing, spoken),
  })),
  fc.constantFrom('CANNOT_START' as const, 'EXPIRED' as const, 'NO_ANSWER' as const).map((why) => ({
    words: null,
    act: (standing: ItemStanding) => ({ item: afterNothing(standing, why), breaks: [] }),
  })),
);

it('whatever is said, in whatever order and however often: money is decided once, and every unit that came out is accounted for once', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 4 }), fc.array(act, { maxLength: 12 }), (quantity, acts) => {
      let standing = item({ quantity });
      let decided: number | null = null;
      let [extra, most] = [0, 0];
      for (const { words: spoken, act: happen } of acts) {
        const { item: next, breaks } = happen(standing);
        const again = happen(next);
        expect(again.item).toEqual(next);
        expect(again.breaks).toEqual([]);
        if (decided !== null) expect(next.deliveredUnits).toBe(decided);
        decided = next.deliveredUnits;
        expect(decided ?? 0).toBeLessThanOrEqual(quantity);
        expect(next.state === 'WAITING').toBe(decided === null);
        for (const { kind, units } of breaks) if (kind === 'LATE_DROP' || kind === 'TOO_MANY') extra += units;
        if (spoken && !spoken.isTest)
          most = Math.max(
            most,
            spoken.items
              .filter(({ slot, delivery: how }) => slot === 'A1' && how === 'FINISHED')
              .reduce((sum, { units }) => sum + units, 0),
          );
        standing = next;
      }
      expect((standing.deliveredUnits ?? 0) + extra).toBe(most);
    }),
  );
});
