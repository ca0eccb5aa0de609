import fc from 'fast-check';
import {
  bookable,
  countHash,
  countedAt,
  differenceOf,
  refuseCountNote,
  refuseEntries,
  valueOf,
} from './stock-count.rules.js';

const entry = { variantId: 'var_1', batchId: 'bat_1', units: 3, secondsAgo: 0 };

it.each([
  ['nothing', [entry], []],
  ['none at all', [], ['entries']],
  ['nothing left of it', [{ ...entry, units: 0 }], []],
  ['less than nothing', [{ ...entry, units: -1 }], ['entries.0.units']],
  ['half a box', [{ ...entry, units: 0.5 }], ['entries.0.units']],
  ['in the future', [{ ...entry, secondsAgo: -1 }], ['entries.0.secondsAgo']],
  ['eight days ago', [{ ...entry, secondsAgo: 691_200 }], ['entries.0.secondsAgo']],
  ['a batch twice', [entry, entry], ['entries.1']],
] as const)('refuses %s', (_, entries, paths) => {
  expect(refuseEntries(entries)?.fields.map(({ path }) => path) ?? []).toEqual(paths);
});

it.each([
  ['', false, true],
  ['', true, false],
  ['少了两箱', true, true],
])('of %j where it differs: %p', (note, differs, isGood) => {
  expect(refuseCountNote(note, differs) === null).toBe(isGood);
});

it('was counted no sooner than it began', () => {
  const [opened, now] = [new Date('2026-11-02T02:00:00Z'), new Date('2026-11-02T02:10:00Z')];
  expect(countedAt(now, 60, opened)).toEqual(new Date('2026-11-02T02:09:00Z'));
  expect(countedAt(now, 6_000, opened)).toEqual(opened);
});

it.each([
  ['as the book says', 10, 10, 0, 0, 0, 0],
  ['two fewer', 8, 10, 0, 0, -2, -2],
  ['three more', 13, 10, 0, 0, 3, 3],
  ['four sold since', 10, 6, 0, -4, 0, 0],
  ['five came in since', 10, 15, 0, 5, 0, 0],
  ['two missing and four sold since', 8, 6, 0, -4, -2, -2],
  ['fewer than are promised', 3, 10, 5, 0, -7, -5],
  ['none, all promised', 0, 4, 4, 0, -4, 0],
] as const)('%s', (_, countedUnits, onHand, reserved, since, difference, booked) => {
  expect(differenceOf({ countedUnits, onHand, since })).toBe(difference);
  // `|| 0`: no zero is below zero.
  expect(bookable(difference, { onHand, reserved }) || 0).toBe(booked);
});

it('is the same whatever moves between counting and posting', () => {
  const moves = fc.array(fc.integer({ min: -50, max: 50 }), { maxLength: 10 });
  fc.assert(
    fc.property(fc.nat(200), fc.nat(200), moves, (countedUnits, bookThen, moved) => {
      const since = moved.reduce((sum, each) => sum + each, 0);
      expect(differenceOf({ countedUnits, onHand: bookThen + since, since })).toBe(countedUnits - bookThen);
    }),
  );
});

it('is worth what differs either way', () => {
  expect(
    valueOf([
      { difference: -2, priceFen: 1_000n },
      { difference: 3, priceFen: 100n },
      { difference: 0, priceFen: 9n },
    ]),
  ).toBe(2_300n);
});

it('is agreed to as it was handed in, and not otherwise', () => {
  const line = {
    variantId: 'var_1',
    batchId: 'bat_1',
    countedUnits: 3,
    countedAt: new Date('2026-11-02T02:00:00Z'),
    difference: -1,
  };
  const hash = countHash('stc_1', '少了', [line]);
  expect(countHash('stc_1', ' 少了', [line])).toBe(hash);
  for (const other of [
    { countedUnits: 2 },
    { difference: -2 },
    { countedAt: new Date('2026-11-02T02:00:01Z') },
  ])
    expect(countHash('stc_1', '少了', [{ ...line, ...other }])).not.toBe(hash);
});
