import { DEFAULT_FREIGHT, type FreightTemplate } from '#libs/ordering';
import {
  type HarvestWish,
  type SeasonInstalment,
  instalmentStateOf,
  refuseDelay,
  refuseElsewhere,
  refuseHarvest,
  refuseParcel,
  refusePlate,
  refuseUpdate,
  shortfallOf,
  stateOf,
} from './adoption.rules.js';

it.each([
  ['PLACED', 'UNPAID', 'RESERVED'],
  ['PAID', 'TO_SHIP', 'ADOPTED'],
  ['PAID', 'PARTLY_SHIPPED', 'ADOPTED'],
  ['PAID', 'SHIPPED', 'ADOPTED'],
  ['PAID', 'RECEIVED', 'ENDED'],
  ['PAID', 'COMPLETED', 'ENDED'],
  ['CANCELLED', 'CANCELLED', 'CANCELLED'],
] as const)('of an order that is %s and %s it is %s', (orderState, partState, expected) => {
  expect(stateOf({ orderState, partState })).toBe(expected);
});

it.each([
  [2, 0, 'WAITING'],
  [1, 1, 'WAITING'],
  [0, 2, 'SHIPPED'],
  [0, 0, 'CALLED_OFF'],
] as const)(
  'an instalment of which %s are left and %s have gone is %s',
  (leftPortions, shippedPortions, expected) => {
    expect(instalmentStateOf({ leftPortions, shippedPortions })).toBe(expected);
  },
);

it.each([
  ['小桃一家', true],
  ["Ann's tree · 2027", false], // Too long.
  ['桃'.repeat(12), true],
  ['桃'.repeat(13), false],
  ['  ', false],
  ['🍑', false],
  ['𠮷家', true],
])('a plate that says %s is taken: %s', (name, expected) => {
  expect(refusePlate(name) === null).toBe(expected);
});

it.each([
  ['key-0001', '开花了', []],
  ['short', '', ['idempotencyKey', 'text']],
  ['key-0001', '桃'.repeat(1_001), ['text']],
])('an update with key %s and these words has faults %j', (idempotencyKey, text, faults) => {
  const refusal = refuseUpdate({ offerId: 'aof_1', idempotencyKey, text });
  expect(refusal?.fields.map(({ path }) => path) ?? []).toEqual(faults);
});

it.each<[Partial<HarvestWish>, string[]]>([
  [{}, []],
  [{ harvestedG: 0 }, []],
  [{ harvestedG: -1 }, ['harvestedG']],
  [{ harvestedG: 10_000_001 }, ['harvestedG']],
  [{ objectIds: [] }, ['objectIds']],
  [{ objectIds: ['aob_1', 'aob_1'] }, ['objectIds']],
  [{ season: 2028 }, ['season']],
  [{ note: ' ' }, ['note']],
])('a harvest declared with %j has faults %j', (changes, faults) => {
  const wish = { objectIds: ['aob_1'], season: 2027, harvestedG: 9_000, note: '冰雹', ...changes };
  expect(refuseHarvest(wish, [2027])?.fields.map(({ path }) => path) ?? []).toEqual(faults);
});

const line = (id: string, quantity: number, left: number, calledOff = 0): SeasonInstalment => ({
  orderLineId: id,
  quantity,
  left,
  calledOff,
});

// Portions of 2.5 kg.
it.each<[string, SeasonInstalment[], number, number, [string, number][]]>([
  ['as much as was promised', [line('a', 2, 2), line('b', 3, 3)], 12_500, 0, []],
  ['more', [line('a', 2, 2), line('b', 3, 3)], 40_000, 0, []],
  ['a gram less, which is a portion less', [line('a', 2, 2), line('b', 3, 3)], 12_499, 1, [['b', 1]]],
  [
    'so little that the first instalment lacks some',
    [line('a', 2, 2), line('b', 3, 3)],
    2_500,
    4,
    [
      ['b', 3],
      ['a', 1],
    ],
  ],
  [
    'nothing',
    [line('a', 2, 2), line('b', 3, 3)],
    0,
    5,
    [
      ['b', 3],
      ['a', 2],
    ],
  ],
  ['nothing after the first has left', [line('a', 2, 0), line('b', 3, 3)], 0, 3, [['b', 3]]],
  ['less, the first has left and is counted', [line('a', 2, 0), line('b', 3, 3)], 7_500, 2, [['b', 2]]],
  [
    'less than was promised and more than is still wanted',
    [line('a', 2, 2), line('b', 3, 0, 3)],
    5_000,
    0,
    [],
  ],
  ['less, and all of it has left', [line('a', 2, 0), line('b', 3, 0)], 2_500, 0, []],
])('has given %s', (_what, instalments, harvestedG, short, units) => {
  const shortfall = shortfallOf(instalments, harvestedG, 2_500);
  expect(shortfall.short).toBe(short);
  expect(shortfall.units.map(({ orderLineId, quantity }) => [orderLineId, quantity])).toEqual(units);
});

it.each([
  ['2027-07-30', '多雨', []],
  ['2027-07-25', '多雨', ['newDay']], // The day itself.
  ['2027-08-26', '多雨', ['newDay']], // More than a month later.
  ['2027-07-30', '', ['reason']],
])('a delay until %s because of %s has faults %j', (newDay, reason, faults) => {
  const refusal = refuseDelay({ newDay, reason }, '2027-07-25', '2027-07-24');
  expect(refusal?.fields.map(({ path }) => path) ?? []).toEqual(faults);
});

const grandmother = { name: '外婆', phone: '13900000001', countyCode: '430225', address: '外婆家' };
const toGrandmother = (orderLineId: string) => ({ ...grandmother, orderLineId });

it.each([
  [['a'], false, [], []],
  [['a', 'b'], false, [], ['lines']],
  [['a', 'b'], true, [], []],
  [['a', 'b'], true, [toGrandmother('b')], ['lines']],
  [['a', 'b'], true, [toGrandmother('b'), toGrandmother('a')], []],
  [['a', 'b'], true, [toGrandmother('b'), { ...toGrandmother('a'), address: '山上' }], ['lines']],
  [['a', 'b'], true, [toGrandmother('c')], []],
])('a parcel with %j, named: %s, to %j has faults %j', (lines, isNamed, recipients, faults) => {
  expect(refuseParcel(lines, recipients, isNamed)?.fields.map(({ path }) => path) ?? []).toEqual(faults);
});

describe('an instalment that goes to another province', () => {
  const zone = { firstWeightG: 1_000, additionalWeightG: 1_000, additionalFen: 100n, isServed: true };
  const template: FreightTemplate = {
    version: 1,
    freeFromFen: null,
    zones: [
      { ...zone, provinceCodes: [], firstFen: 1_000n },
      { ...zone, provinceCodes: ['430000'], firstFen: 500n },
      { ...zone, provinceCodes: ['650000'], firstFen: 5_000n },
      { ...zone, provinceCodes: ['540000'], firstFen: 0n, isServed: false },
    ],
  };
  const parcel = { goodsFen: 50_000n, weightG: 12_500 };

  it.each([
    ['430225', '430211', template, null],
    ['430225', '110105', template, '运费更高'],
    ['110105', '430225', template, null],
    ['430225', '540102', template, '不发往'],
    ['430225', '540102', { ...template, freeFromFen: 50_000n }, '不发往'],
    // Nothing was paid for, and nothing would have been.
    ['430225', '650102', { ...template, freeFromFen: 50_000n }, null],
    ['430225', '650102', { ...template, freeFromFen: 50_001n }, '运费更高'],
    // Since it was ordered, its seller has given up where it was to go.
    ['540102', '650102', template, null],
    ['430225', '650102', DEFAULT_FREIGHT, null],
  ])('from %s to %s', (from, to, terms, expected) => {
    const message = refuseElsewhere(terms, parcel, { from, to })?.fields[0]?.message.zh ?? null;
    if (expected === null) expect(message).toBeNull();
    else expect(message).toContain(expected);
  });
});
