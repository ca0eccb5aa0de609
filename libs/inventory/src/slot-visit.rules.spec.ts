import fc from 'fast-check';
import { type SettledVisit, type VisitedLevel, type VisitedUnits, settleVisit } from './slot-visit.rules.js';

const level = (id: string, onHand: number, more: Partial<VisitedLevel> = {}): VisitedLevel => ({
  id,
  bestBeforeOn: `2026-12-0${id.length}`,
  onHand,
  reserved: 0,
  since: 0,
  ...more,
});
type Units = Readonly<Record<string, number>>;
const visit = (
  counted: Units,
  removed: Units = {},
  filled: Units = {},
  isSuperseded = false,
): VisitedUnits => ({
  counted: new Map(Object.entries(counted)),
  removed: new Map(Object.entries(removed)),
  filled: new Map(Object.entries(filled)),
  isSuperseded,
});
const after = (levels: readonly VisitedLevel[], { changes }: SettledVisit) =>
  levels.map(({ onHand }, index) => {
    const { adjusted = 0, removed = 0, filled = 0, recounted = 0 } = changes[index] ?? {};
    return onHand + adjusted - removed + filled + recounted;
  });

it.each([
  ['as it should be', [level('a', 5)], visit({ a: 5 }), [5], 0],
  ['three are gone', [level('a', 5)], visit({ a: 2 }), [2], -3],
  ['more than known', [level('a', 5)], visit({ a: 6 }), [6], 1],
  ['what is not named is not there', [level('a', 5), level('bb', 2)], visit({ a: 5 }), [5, 0], -2],
  ['two sold since it was counted', [level('a', 3, { since: -2 })], visit({ a: 5 }), [3], 0],
  ['two sold since, one missing before', [level('a', 3, { since: -2 })], visit({ a: 4 }), [2], -1],
  ['filled since by somebody else', [level('a', 9, { since: 4 })], visit({ a: 5 }), [9], 0],
  ['on its way out while it was counted', [level('a', 5, { reserved: 1 })], visit({ a: 4 }), [4], -1],
  ['all on their way out', [level('a', 5, { reserved: 5 })], visit({ a: 4 }), [5], 0],
  [
    'one batch handed out where the book had another',
    [level('a', 1, { reserved: 1 }), level('bb', 4)],
    visit({ bb: 5 }),
    [1, 4],
    0,
  ],
  ['removed and filled', [level('a', 5), level('bb', 0)], visit({ a: 5 }, { a: 5 }, { bb: 8 }), [0, 8], 0],
  [
    'what was removed had been sold by the book meanwhile',
    [level('a', 1, { since: -2 }), level('bb', 4)],
    visit({ a: 3, bb: 4 }, { a: 3 }),
    [0, 2],
    0,
  ],
])('%s', (_, levels, units, lying, varianceUnits) => {
  const settled = settleVisit(levels, units) as SettledVisit;

  expect(after(levels, settled)).toEqual(lying);
  expect(settled.varianceUnits).toBe(varianceUnits);
});

it('cannot take out what buyers hold', () => {
  expect(settleVisit([level('a', 5, { reserved: 2 })], visit({ a: 5 }, { a: 4 }))).toBe(2);
});

it('believes hands: what was taken out was there, though the book has sold the last one meanwhile', () => {
  const levels = [level('a', 0, { since: -1 })];
  const settled = settleVisit(levels, visit({ a: 1 }, { a: 1 })) as SettledVisit;

  expect(after(levels, settled)).toEqual([0]);
  expect(settled).toMatchObject({ changes: [{ adjusted: 1, removed: 1 }], varianceUnits: 1 });
});

it('changes nothing that a later count has said, and says all the same what it found', () => {
  const levels = [level('a', 7, { since: 6 })];
  const settled = settleVisit(levels, visit({ a: 0 }, {}, { a: 6 }, true)) as SettledVisit;

  expect(after(levels, settled)).toEqual([7]);
  expect(settled).toEqual({
    changes: [{ id: 'a', adjusted: -1, removed: 0, filled: 6, recounted: -5 }],
    varianceUnits: -1,
  });
});

const levels = fc
  .array(fc.record({ onHand: fc.nat(9), reserved: fc.nat(9), since: fc.integer({ min: -6, max: 6 }) }), {
    minLength: 1,
    maxLength: 4,
  })
  .map((rows) =>
    rows.map(({ onHand, reserved, since }, index) =>
      // The book never had less than nothing.
      level('x'.repeat(index + 1), onHand, {
        reserved: Math.min(reserved, onHand),
        since: Math.min(since, onHand),
      }),
    ),
  );
const units = fc.record({
  counted: fc.array(fc.nat(9), { minLength: 4, maxLength: 4 }),
  removedShare: fc.nat(9),
  filled: fc.nat(9),
});

it('leaves no level below what is held, takes out exactly what was removed, and makes nothing of what was sold meanwhile', () => {
  fc.assert(
    fc.property(levels, units, fc.boolean(), (rows, { counted, removedShare, filled }, isSuperseded) => {
      const found = Object.fromEntries(rows.map(({ id }, index) => [id, counted[index] ?? 0]));
      const [{ id: first }] = rows as [VisitedLevel];
      const removed = Math.min(removedShare, found[first] ?? 0);
      const settled = settleVisit(
        rows,
        visit(found, { [first]: removed }, { [first]: filled }, isSuperseded),
      );
      if (typeof settled === 'number') {
        expect(settled).toBeGreaterThan(0);
        return;
      }
      const lying = after(rows, settled);
      const total = (of: (change: SettledVisit['changes'][number]) => number) =>
        settled.changes.reduce((sum, change) => sum + of(change), 0);
      expect(total((change) => change.removed)).toBe(removed);
      expect(total((change) => change.filled)).toBe(filled);
      expect(total((change) => change.adjusted)).toBe(settled.varianceUnits);
      const expected = rows.reduce((sum, { onHand, since }) => sum + onHand - since, 0);
      const difference = Object.values(found).reduce((sum, one) => sum + one, 0) - expected;
      if (isSuperseded) {
        expect(lying).toEqual(rows.map(({ onHand }) => onHand));
        expect(settled.varianceUnits).toBe(difference);
        return;
      }
      for (const [index, { reserved }] of rows.entries())
        expect(lying[index]).toBeGreaterThanOrEqual(reserved);
      const free = rows.reduce((sum, { onHand, reserved }) => sum + onHand - reserved, 0);
      const variance = Math.max(difference, 0 - free);
      expect(settled.varianceUnits).toBe(variance + Math.max(0, removed - free - variance));
    }),
  );
});
