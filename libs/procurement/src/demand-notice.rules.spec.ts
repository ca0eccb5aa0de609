import { type DemandWish, demandStateOf, isSameDemand, refuseDemand } from './demand-notice.rules.js';

const TODAY = '2026-11-02';
const wish: DemandWish = {
  unitId: 'pru_1',
  kindCode: 'YELLOW_PEACH',
  weightKg: 300,
  fromOn: '2026-11-09',
  toOn: '2026-11-20',
  countyCode: '430225',
  note: '',
};

it.each<[Partial<DemandWish>, string[]]>([
  [{}, []],
  [{ fromOn: TODAY, toOn: TODAY }, []],
  [{ fromOn: '2026-10-01' }, []],
  [{ note: '要脆一点的' }, []],
  [{ weightKg: 1_000_000, note: '字'.repeat(200) }, []],
  [{ weightKg: 0 }, ['weightKg']],
  [{ weightKg: 1_000_001 }, ['weightKg']],
  [{ weightKg: 1.5 }, ['weightKg']],
  [{ toOn: '2026-11-08' }, ['toOn']],
  [{ fromOn: '2026-10-01', toOn: '2026-11-01' }, ['toOn']],
  [{ toOn: '2027-11-03' }, []],
  [{ toOn: '2027-11-04' }, ['toOn']],
  [{ note: '字'.repeat(201), weightKg: -1 }, ['weightKg', 'note']],
  [{ note: '  ' }, ['note']],
])('%j is refused for %j', (changes, paths) => {
  expect(refuseDemand({ ...wish, ...changes }, TODAY)?.fields.map(({ path }) => path) ?? []).toEqual(paths);
});

it.each<[Partial<DemandWish>, boolean]>([
  [{}, true],
  [{ kindCode: 'TEA' }, false],
  [{ weightKg: 301 }, false],
  [{ fromOn: TODAY }, false],
  [{ toOn: '2026-11-21' }, false],
  [{ countyCode: '430211' }, false],
  [{ note: '急' }, false],
])('with %j it is the same wish: %s', (changes, expected) => {
  expect(isSameDemand(wish, { ...wish, ...changes })).toBe(expected);
});

it.each([
  ['2026-11-02', null, 'OPEN'],
  ['2026-11-01', null, 'OVER'],
  ['2026-11-02', new Date(), 'WITHDRAWN'],
  ['2026-11-01', new Date(), 'WITHDRAWN'],
])('until %s, withdrawn %s, it is %s', (toOn, withdrawnAt, expected) => {
  expect(demandStateOf({ toOn, withdrawnAt }, TODAY)).toBe(expected);
});
