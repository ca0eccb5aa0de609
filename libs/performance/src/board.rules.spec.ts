import {
  type CounterStanding,
  type Placed,
  clustersOf,
  healthOf,
  idleReasonOf,
  idleReasonOn,
  refuseBoardDay,
  refuseBox,
} from './board.rules.js';

const GOOD: CounterStanding = {
  pointState: 'OPEN',
  link: 'ONLINE',
  stop: null,
  slotCount: 2,
  lockedSlotCount: 0,
  alarmCount: 0,
  hasStock: true,
};

const DAY = {
  isHeard: true,
  dueMinutes: 600,
  sellableMinutes: 500,
  slotMinutes: 1_200,
  emptySlotMinutes: 1_000,
};

it.each([
  ['its place was not open', false, DAY, 'NOT_OPEN'],
  ['no cabinet stood', true, null, 'NO_CABINET'],
  ['nobody heard it', true, { ...DAY, isHeard: false, sellableMinutes: 0 }, 'OFFLINE'],
  ['it could not sell in any hour', true, { ...DAY, sellableMinutes: 0 }, 'STOPPED'],
  ['all was empty all day', true, { ...DAY, emptySlotMinutes: 1_200 }, 'NO_STOCK'],
  ['it could sell', true, DAY, 'NO_BUYERS'],
  [
    'nothing was due',
    true,
    { ...DAY, dueMinutes: 0, sellableMinutes: 0, slotMinutes: 0, emptySlotMinutes: 0 },
    'NO_BUYERS',
  ],
] as const)('a day on which %s', (_, isOpen, row, reason) => {
  expect(idleReasonOn(isOpen, row)).toBe(reason);
});

describe('a counter', () => {
  it.each([
    ['all well', {}, 'OK', 'NO_BUYERS'],
    ['suspended', { pointState: 'SUSPENDED' }, 'OK', 'NOT_OPEN'],
    ['without a machine', { link: null }, 'NO_CABINET', 'NO_CABINET'],
    ['never connected', { link: 'NEVER_SEEN' }, 'NEVER_HEARD', 'NEVER_HEARD'],
    ['offline', { link: 'OFFLINE' }, 'OFFLINE', 'OFFLINE'],
    ['silent', { link: 'SILENT', hasStock: false }, 'OFFLINE', 'OFFLINE'],
    ['stopped from afar', { stop: 'LOCKED' }, 'STOPPED', 'STOPPED'],
    ['without mains', { stop: 'ALARM', alarmCount: 1 }, 'STOPPED', 'STOPPED'],
    ['one slot locked', { lockedSlotCount: 1 }, 'OK', 'NO_BUYERS'],
    ['all locked', { lockedSlotCount: 2, alarmCount: 1 }, 'ALL_LOCKED', 'ALL_LOCKED'],
    ['with an alarm', { alarmCount: 1 }, 'ALARM', 'ALARM'],
    ['empty', { hasStock: false }, 'SOLD_OUT', 'NO_STOCK'],
    ['empty, with an alarm', { hasStock: false, alarmCount: 1 }, 'ALARM', 'NO_STOCK'],
  ] as const)('%s', (_, changes, health, reason) => {
    const standing = { ...GOOD, ...changes };
    expect([healthOf(standing), idleReasonOf(standing)]).toEqual([health, reason]);
  });
});

describe('counters on a map', () => {
  const placed = (longitude: number, latitude: number, health: Placed['health'] = 'OK'): Placed => ({
    longitude,
    latitude,
    health,
    isOperating: health === 'OK',
  });

  it('that are near each other are one, and those that are far stand alone', () => {
    const near = [placed(113.1, 27.8), placed(113.1002, 27.8, 'OFFLINE')];
    expect(clustersOf([...near, placed(113.9, 26.4)])).toMatchObject([
      { longitude: 113.9, latitude: 26.4, count: 1, operatingCount: 1, troubledCount: 0 },
      { count: 2, operatingCount: 1, troubledCount: 1 },
    ]);
  });

  it('are all there, whatever the map', () => {
    const many = Array.from({ length: 5_000 }, (_, index) =>
      placed(113 + (index % 71) / 71, 26 + (index % 37) / 37),
    );
    const clusters = clustersOf(many);
    expect(clusters.length).toBeLessThanOrEqual(400);
    expect(clusters.reduce((sum, { count }) => sum + count, 0)).toBe(5_000);
    expect(clustersOf([placed(113, 27)])).toHaveLength(1);
    expect(clustersOf([])).toEqual([]);
  });
});

it.each([
  [null, true],
  [{ west: 112.9, south: 26, east: 114.1, north: 28 }, true],
  [{ west: 114, south: 26, east: 113, north: 28 }, false],
  [{ west: 113, south: 28, east: 114, north: 26 }, false],
  [{ west: -181, south: 26, east: 114, north: 28 }, false],
  [{ west: 113, south: 26, east: 114, north: 91 }, false],
  [{ west: Number.NaN, south: 26, east: 114, north: 28 }, false],
])('a map of %j: %s', (box, isGood) => {
  expect(refuseBox(box) === null).toBe(isGood);
});

it.each([
  [null, true],
  ['2026-11-26', true],
  ['2010-01-01', true],
  ['2009-12-31', false],
  ['0000-01-01', false],
])('the board of %s: %s', (on, isGood) => {
  expect(refuseBoardDay(on) === null).toBe(isGood);
});
