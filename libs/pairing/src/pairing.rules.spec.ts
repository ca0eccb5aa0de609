import {
  PAIRED_HOUSEHOLDS_MAX,
  type PairingWish,
  endOf,
  isUnpaid,
  refuseNote,
  refusePairing,
  refuseVillages,
  shownNameOf,
  statedShareOf,
} from './pairing.rules.js';

const wish = (changes: Partial<PairingWish> = {}): PairingWish => ({
  idempotencyKey: 'key',
  cabinetId: 'cab_1',
  slotCodes: ['A1'],
  agreementId: 'lnk_1',
  householdIds: ['hhd_1'],
  story: '三亩桃园，自家施肥',
  photoId: null,
  isConsented: true,
  ...changes,
});

it.each<[Partial<PairingWish>, string[]]>([
  [{}, []],
  [{ story: '', isConsented: false }, []],
  [{ isConsented: false }, ['isConsented']],
  [{ story: '', photoId: 'fil_1', isConsented: false }, ['isConsented']],
  [{ story: '电话 13800001111' }, ['story']],
  [{ story: '电话 138-0000-1111' }, ['story']],
  [{ story: '电话１３８００００１１１１' }, ['story']],
  [{ story: '2019-03-12 起种桃，2021 年挂果' }, []],
  [{ story: '桃'.repeat(301) }, ['story']],
  [{ slotCodes: [] }, ['slotCodes']],
  [{ slotCodes: ['A1', 'A1'] }, ['slotCodes']],
  [
    { householdIds: Array.from({ length: PAIRED_HOUSEHOLDS_MAX + 1 }, (_, n) => `hhd_${n}`) },
    ['householdIds'],
  ],
  [{ idempotencyKey: '', householdIds: [] }, ['idempotencyKey', 'householdIds']],
])('a pairing with %j is refused for %j', (changes, paths) => {
  expect(refusePairing(wish(changes))?.fields.map(({ path }) => path) ?? []).toEqual(paths);
});

it.each([
  [['430225209201'], []],
  [['430225209201', '430225100202'], []],
  [['430225209201', '430224100201'], ['householdIds']],
])('of households in %j is refused for %j', (villageCodes, paths) => {
  expect(refuseVillages(villageCodes)?.fields.map(({ path }) => path) ?? []).toEqual(paths);
});

it('is rejected with a reason', () => {
  expect(refuseNote('照片里有孩子')).toBeNull();
  expect(refuseNote(' ')?.fields[0]?.path).toBe('note');
});

it.each([
  [['陈**'], '陈某'],
  [['陈**', '𠮷*'], '陈某、𠮷某'],
])('%j are shown as %s', (masked, shown) => {
  expect(shownNameOf(masked)).toBe(shown);
});

it('takes the part of what was sold, rounded down', () => {
  expect(statedShareOf(9_999n, 300)).toBe(299n);
  expect(statedShareOf(9_999n, null)).toBeNull();
});

it.each([
  [null, '2026-11-30T16:00:00.000Z'],
  ['2026-11-30T15:59:59.999Z', '2026-11-30T16:00:00.000Z'],
  ['2026-12-01T03:00:00.000Z', '2026-12-01T03:00:00.000Z'],
])('that began at %s ends with its agreement at %s, and not before it began', (startsAt, ends) => {
  expect(endOf({ startsAt: startsAt === null ? null : new Date(startsAt) }, '2026-12-01').toISOString()).toBe(
    ends,
  );
});

describe('unpaid', () => {
  const now = new Date('2026-11-02T02:00:00Z');
  const course = (changes: object = {}) => ({
    startsAt: new Date('2026-09-01T00:00:00Z'),
    endsAt: null,
    soldFen: 1n,
    lastPaidOn: null,
    ...changes,
  });

  it.each([
    [{}, true],
    [{ startsAt: null }, false],
    [{ startsAt: new Date('2026-09-10T00:00:00Z') }, false],
    [{ endsAt: now }, false],
    [{ soldFen: 0n }, false],
    [{ lastPaidOn: '2026-09-03' }, true],
    [{ lastPaidOn: '2026-09-04' }, false],
  ])('with %j: %s', (changes, expected) => {
    expect(isUnpaid(course(changes), now)).toBe(expected);
  });
});
