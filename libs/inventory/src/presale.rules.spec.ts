import {
  DEPOSIT_BPS_MAX,
  type PresaleWish,
  daysOf,
  isDispatchDay,
  isLater,
  promisedDay,
  refuseOrdersCloseAt,
  refusePresale,
  roomOf,
  unitsWithin,
} from './presale.rules.js';

const NOW = new Date('2027-06-01T02:00:00Z');

function wish(changes: Partial<PresaleWish> = {}): PresaleWish {
  return {
    variantIds: ['var_a', 'var_b'],
    likeBatchId: 'bat_a',
    firstOn: '2027-07-20',
    lastOn: '2027-08-10',
    capacityG: 500_000,
    ordersOpenAt: new Date('2027-06-01T02:00:00Z'),
    ordersCloseAt: new Date('2027-07-10T16:00:00Z'), // The 11th in Shanghai.
    payment: 'DEPOSIT',
    depositBps: 2_000,
    balanceDueOn: '2027-07-15',
    ...changes,
  };
}

const full: Partial<PresaleWish> = { payment: 'FULL', depositBps: null, balanceDueOn: null };

describe('refusePresale', () => {
  it.each<[string, Partial<PresaleWish>]>([
    ['by deposit', {}],
    ['in full', full],
    ['in full, with orders to the last day', { ...full, ordersCloseAt: new Date('2027-08-10T15:59:59Z') }],
    ['with a single day', { lastOn: '2027-07-20' }],
    ['with the least deposit', { depositBps: 1 }],
    ['with the rest due the day after orders close', { balanceDueOn: '2027-07-12' }],
    ['with the rest due the day before the harvest', { balanceDueOn: '2027-07-19' }],
    ['of sixty-two days', { lastOn: '2027-09-19' }],
  ])('takes one %s', (_what, changes) => {
    expect(refusePresale(wish(changes), NOW)).toBeNull();
  });

  it.each<[string, Partial<PresaleWish>, string]>([
    ['no variant', { variantIds: [] }, 'variantIds'],
    ['a variant twice', { variantIds: ['var_a', 'var_a'] }, 'variantIds'],
    ['twenty-one variants', { variantIds: Array.from({ length: 21 }, (_, at) => `var_${at}`) }, 'variantIds'],
    ['less than a kilogram a day', { capacityG: 999 }, 'capacityG'],
    ['a capacity beyond any harvest', { capacityG: 1_000_000_001 }, 'capacityG'],
    ['half a gram', { capacityG: 1_000.5 }, 'capacityG'],
    ['a harvest today', { firstOn: '2027-06-01' }, 'firstOn'],
    ['a harvest that ends before it begins', { lastOn: '2027-07-19' }, 'lastOn'],
    ['sixty-three days', { lastOn: '2027-09-20' }, 'lastOn'],
    [
      'a harvest two years away',
      { firstOn: '2029-07-01', lastOn: '2029-07-02', balanceDueOn: '2029-06-30' },
      'lastOn',
    ],
    [
      'orders that close before they open',
      { ordersCloseAt: new Date('2027-06-01T01:00:00Z') },
      'ordersCloseAt',
    ],
    [
      'orders after the last day',
      { ...full, ordersCloseAt: new Date('2027-08-10T16:00:00Z') },
      'ordersCloseAt',
    ],
    ['a deposit of nothing', { depositBps: 0 }, 'depositBps'],
    ['a deposit beyond a fifth of the price', { depositBps: DEPOSIT_BPS_MAX + 1 }, 'depositBps'],
    ['no deposit', { depositBps: null }, 'depositBps'],
    ['a rest that is never due', { balanceDueOn: null }, 'balanceDueOn'],
    ['a rest due while orders are taken', { balanceDueOn: '2027-07-11' }, 'balanceDueOn'],
    ['a rest due during the harvest', { balanceDueOn: '2027-07-20' }, 'balanceDueOn'],
    ['a deposit of what is paid in full', { payment: 'FULL' }, 'payment'],
  ])('refuses %s', (_what, changes, path) => {
    expect(refusePresale(wish(changes), NOW)?.fields.map((field) => field.path)).toContain(path);
  });

  it('names all faults at once', () => {
    const fields = refusePresale(wish({ variantIds: [], capacityG: 0, depositBps: 9_999 }), NOW)?.fields;
    expect(fields?.map(({ path }) => path)).toEqual(['variantIds', 'capacityG', 'depositBps']);
  });
});

describe('roomOf', () => {
  const said = (day: string, announcedG: number, takenG = 0) => ({ day, announcedG, takenG });
  const days = [said('2027-07-21', 300), said('2027-07-20', 300), said('2027-07-22', 300)];

  it.each<[string, Parameters<typeof roomOf>[0], number, readonly number[]]>([
    ['all of it', days, 900, [300, 300, 300]],
    ['nothing of it', days, 0, [0, 0, 0]],
    ['a day and a half', days, 450, [300, 150, 0]],
    ['more than was said', days, 5_000, [300, 300, 300]],
    // What is promised stays promised, also on the last day.
    [
      'a day and a half, beside a promise',
      [...days.slice(0, 2), said('2027-07-22', 300, 200)],
      450,
      [250, 0, 200],
    ],
    ['less than is promised', [said('2027-07-20', 300, 200), said('2027-07-21', 300, 200)], 100, [200, 200]],
    // Nobody orders of a day that has come: what is free of it goes to the next.
    ['half, of days that have begun', [said('2027-07-19', 300, 100), ...days], 500, [100, 300, 100, 0]],
    [
      'all, of days that have begun',
      [said('2027-07-19', 300, 100), said('2027-07-20', 300)],
      600,
      [300, 300],
    ],
  ])('of what days were said to have room for, %s is granted', (_, of, grantedG, room) => {
    const granted = roomOf(of, grantedG, '2027-07-19');
    expect([...granted].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, grams]) => grams)).toEqual(room);
  });
});

describe('promisedDay', () => {
  const days = [
    { day: '2027-07-22', freeG: 9_000 },
    { day: '2027-07-20', freeG: 2_000 },
    { day: '2027-07-21', freeG: 5_000 },
  ];

  it.each([
    [2_000, '2027-07-20'],
    [2_001, '2027-07-21'],
    [9_000, '2027-07-22'],
    [9_001, undefined], // Sixteen kilograms are free, but on no single day.
    [0, undefined],
  ])('of %i grams is %s', (grams, day) => {
    expect(promisedDay(days, grams)?.day).toBe(day);
  });

  it('is none where nothing is free', () => {
    expect(promisedDay([], 1)).toBeNull();
  });

  it.each([
    [2_500, 3],
    [9_001, 0],
  ])('has room for units of %i grams: %i', (unitG, units) => {
    expect(unitsWithin(days, unitG)).toBe(units);
    expect(unitsWithin([], unitG)).toBe(0);
  });
});

it('knows every day of a harvest, also over the end of a month', () => {
  expect(daysOf('2027-07-30', '2027-08-02')).toEqual([
    '2027-07-30',
    '2027-07-31',
    '2027-08-01',
    '2027-08-02',
  ]);
  expect(daysOf('2027-07-30', '2027-07-30')).toEqual(['2027-07-30']);
});

it.each([
  ['2027-07-21', '2027-07-22', true],
  ['2027-07-21', '2027-08-21', true],
  ['2027-07-21', '2027-08-22', false], // More than a month.
  ['2027-07-21', '2027-07-21', false],
  ['2027-07-21', '2027-07-20', false],
  ['2027-06-01', '2027-06-10', false], // Today at the latest.
])('a promise for %s can become one for %s: %s', (day, newDay, expected) => {
  expect(isLater(day, newDay, '2027-06-10')).toBe(expected);
});

it.each([
  ['2027-07-19', false],
  ['2027-07-20', true],
  ['2027-08-10', true],
  ['2027-09-10', true], // A month after its end, for what is late.
  ['2027-09-11', false],
])('%s is a day of dispatch: %s', (day, expected) => {
  expect(isDispatchDay(wish(), day)).toBe(expected);
});

it.each([
  ['the day before the rest is due', {}, '2027-07-14T15:00:00Z', true],
  ['the day on which the rest is due', {}, '2027-07-14T16:00:00Z', false],
  ['the last day of dispatch', full, '2027-08-10T15:00:00Z', true],
  ['after it', full, '2027-08-10T16:00:00Z', false],
  ['in the past', {}, '2027-06-01T01:00:00Z', false],
])('orders may close %s: %s', (_what, changes, at, expected) => {
  const refusal = refuseOrdersCloseAt(wish(changes), new Date(at), NOW);
  expect(refusal === null).toBe(expected);
});
