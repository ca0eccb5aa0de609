import {
  type DayFacts,
  isOperatingOn,
  isResting,
  laterDay,
  makeAt,
  minutesOfDay,
} from './performance.rules.js';

const DAY = '2026-11-26';
const at = (hour: number, minute = 0) =>
  new Date(Date.parse(`${DAY}T00:00:00+08:00`) + (hour * 60 + minute) * 60_000);
const span = (from: number, to: number) => ({ fromAt: at(from), toAt: at(to) });

const PLAIN: DayFacts = {
  day: DAY,
  openingHours: '08:00-20:00',
  isOpen: true,
  registeredAt: at(-1_000),
  retiredAt: null,
  firstHeardAt: at(-900),
  ours: [],
  stops: [],
  slotCodes: ['A1', 'A2'],
  slotLocks: [],
  unitsAtStart: new Map([
    ['A1', 5],
    ['A2', 5],
  ]),
  movements: [],
};
const lock = (slotCode: string, from: number, to: number, isTemperature = false) => ({
  slotCode,
  isTemperature,
  ...span(from, to),
});
const moved = (slotCode: string, hour: number, quantity: number) => ({
  slotCode,
  quantity,
  movedAt: at(hour),
});

describe('minutes in which a cabinet should have sold, and could', () => {
  it.each([
    ['all day', {}, 720, 720, 0],
    ['at a place whose hours nobody has said', { openingHours: null }, 1_440, 1_440, 0],
    ['at a place that is not open', { isOpen: false }, 0, 0, 0],
    ['that was never heard', { firstHeardAt: null }, 0, 0, 0],
    ['that was first heard at noon', { firstHeardAt: at(12) }, 480, 480, 0],
    ['that was taken away at noon', { retiredAt: at(12) }, 240, 240, 0],
    ['without a line for two hours', { stops: [span(9, 11)] }, 720, 600, 0],
    ['without a line in the night', { stops: [span(0, 8)] }, 720, 720, 0],
    ['for several reasons at once', { stops: [span(9, 11), span(10, 12)] }, 720, 540, 0],
    ['while we could hear nobody', { ours: [span(9, 11)] }, 600, 600, 120],
    [
      'while we could hear nobody, and without a line',
      { ours: [span(9, 11)], stops: [span(10, 12)] },
      600,
      540,
      120,
    ],
    ['with one slot of two locked', { slotLocks: [lock('A1', 9, 11)] }, 720, 720, 0],
    [
      'with all slots locked for an hour',
      { slotLocks: [lock('A1', 9, 11), lock('A2', 10, 12)] },
      720,
      660,
      0,
    ],
    ['with a slot locked that is for nothing', { slotLocks: [lock('A3', 9, 11)] }, 720, 720, 0],
    ['for which nothing is planned', { slotCodes: [] }, 720, 720, 0],
  ] as const)('%s', (_, changes, dueMinutes, sellableMinutes, unknownMinutes) => {
    expect(minutesOfDay({ ...PLAIN, ...changes })).toMatchObject({
      dueMinutes,
      sellableMinutes,
      unknownMinutes,
    });
  });
});

describe('slots that held nothing', () => {
  it.each([
    ['none', {}, 1_440, 0],
    ['one, all day', { unitsAtStart: new Map([['A2', 5]]) }, 1_440, 720],
    [
      'one, from when the last was sold',
      { movements: [moved('A1', 9, -2), moved('A1', 15, -3)] },
      1_440,
      300,
    ],
    ['one, until it was filled', { movements: [moved('A1', 9, -5), moved('A1', 11, 4)] }, 1_440, 120],
    ['one, emptied in the night', { movements: [moved('A1', 1, -5), moved('A1', 7, 5)] }, 1_440, 0],
    ['one, while we could hear nobody', { ours: [span(8, 20)], unitsAtStart: new Map() }, 0, 0],
    ['both', { unitsAtStart: new Map() }, 1_440, 1_440],
  ] as const)('%s', (_, changes, slotMinutes, emptySlotMinutes) => {
    expect(minutesOfDay({ ...PLAIN, ...changes })).toMatchObject({ slotMinutes, emptySlotMinutes });
  });
});

describe('units that were locked because it was too warm', () => {
  it.each([
    ['what lay there', [lock('A1', 9, 30, true)], [], 5],
    ['what lay there then', [lock('A1', 9, 30, true)], [moved('A1', 8, -2), moved('A1', 10, 4)], 3],
    ['in both', [lock('A1', 9, 30, true), lock('A2', 9, 10, true)], [], 10],
    ['locked for something else', [lock('A1', 9, 30)], [], 0],
    ['locked the day before', [lock('A1', -2, 30, true)], [], 0],
  ])('%s', (_, slotLocks, movements, lockedUnits) => {
    expect(minutesOfDay({ ...PLAIN, slotLocks, movements })).toMatchObject({ lockedUnits });
  });
});

describe('a counter that operates', () => {
  it.each([
    [null, null, false],
    ['2026-11-26', null, true],
    ['2026-10-28', null, true],
    ['2026-10-27', null, false],
    ['2026-10-01', '2026-11-01', true],
    [null, '2026-10-28', true],
    ['2026-11-27', null, false], // Afterwards.
  ])('sold last on %s, filled last on %s: %s', (lastSoldOn, lastFilledOn, isOperating) => {
    expect(isOperatingOn(DAY, { lastSoldOn, lastFilledOn })).toBe(isOperating);
  });

  it.each([
    [null, null, null],
    ['2026-11-01', null, '2026-11-01'],
    [null, '2026-11-01', '2026-11-01'],
    ['2026-11-02', '2026-11-01', '2026-11-02'],
  ])('the later of %s and %s is %s', (one, other, later) => {
    expect(laterDay(one, other)).toBe(later);
  });
});

it.each([
  [0, '2026-11-26T16:30:00.000Z'],
  [1, '2026-11-28T16:30:00.000Z'],
  [2, '2026-12-01T16:30:00.000Z'],
  [3, '2026-12-24T16:30:00.000Z'],
  [4, null],
])('a day that was made %s times is made again at %s', (madeCount, at) => {
  expect(makeAt(DAY, madeCount)?.toISOString() ?? null).toBe(at);
});

it.each([
  [null, false],
  ['OPEN', false],
  ['CUT_OFF', false],
  ['IN_REVIEW', true],
  ['LOCKED', true],
  ['PUBLISHED', true],
])('days of a month that is %s rest: %s', (state, rests) => {
  expect(isResting(state)).toBe(rests);
});
