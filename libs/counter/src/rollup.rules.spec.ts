import fc from 'fast-check';
import { DAY_MS, HOUR_MS, MINUTE_MS, plus } from '#libs/kernel';
import {
  READINGS_KEPT_MS,
  type Reading,
  againAt,
  bucketsOf,
  hourOf,
  hoursOf,
  refuseRange,
  secondsWithin,
  sumsOf,
} from './rollup.rules.js';

const ten = new Date('2026-11-26T02:00:00Z');
const at = (minutes: number) => plus(ten, minutes * MINUTE_MS);
const hour = { fromAt: ten, toAt: plus(ten, HOUR_MS) };
const nothing = {
  deciCelsius: null,
  isInBand: null,
  isDoorOpen: null,
  isMainsOn: null,
  signalDbm: null,
} as const;
const read = (minutes: number, told: Partial<Reading> = {}): Reading => ({
  takenAt: at(minutes),
  ...nothing,
  ...told,
});
const warm = (minutes: number, deciCelsius: number, isInBand: boolean) =>
  read(minutes, { deciCelsius, isInBand, isMainsOn: true, isDoorOpen: false, signalDbm: -80 });

describe('an hour', () => {
  it('of which nothing was told is all nothing', () => {
    expect(sumsOf([], hour)).toMatchObject({
      readingCount: 0,
      deciCelsiusMin: null,
      measuredSeconds: 0,
      poweredSeconds: 0,
    });
  });

  it('a reading counts until the next, and for ten minutes at most', () => {
    const sums = sumsOf(
      [warm(0, 40, true), warm(5, 100, false), warm(30, 60, true), warm(55, 20, true)],
      hour,
    );

    expect(sums).toMatchObject({
      readingCount: 4,
      celsiusCount: 4,
      deciCelsiusSum: 220n,
      deciCelsiusMin: 20,
      deciCelsiusMax: 100,
      measuredSeconds: (5 + 10 + 10 + 5) * 60,
      inBandSeconds: (5 + 10 + 5) * 60,
      poweredSeconds: 30 * 60,
      unpoweredSeconds: 0,
      doorOpenSeconds: 0,
      signalDbmMin: -80,
    });
  });

  it('begins with what was told before it', () => {
    const sums = sumsOf(
      [warm(-4, 40, true), read(2, { isDoorOpen: true }), read(3, { isDoorOpen: false })],
      hour,
    );

    expect(sums).toMatchObject({
      readingCount: 2,
      celsiusCount: 0,
      measuredSeconds: 6 * 60, // The door says nothing of the temperature.
      doorOpenSeconds: 60,
    });
  });

  it('mains that are off are not unknown', () => {
    expect(sumsOf([read(0, { isMainsOn: false }), read(4, { isMainsOn: true })], hour)).toMatchObject({
      poweredSeconds: 600,
      unpoweredSeconds: 240,
    });
  });

  it('never comes to more than it has, whatever is told and in whatever order it came', () => {
    const readings = fc.array(
      fc.record({
        minute: fc.integer({ min: -9, max: 59 }),
        deciCelsius: fc.option(fc.integer({ min: -300, max: 400 })),
        isInBand: fc.option(fc.boolean()),
        isMainsOn: fc.option(fc.boolean()),
      }),
      { maxLength: 20 },
    );
    fc.assert(
      fc.property(readings, (drawn) => {
        const inOrder = drawn
          .map(({ minute, ...told }) => read(minute, told))
          .toSorted((a, b) => a.takenAt.getTime() - b.takenAt.getTime());
        const sums = sumsOf(inOrder, hour);
        expect(sums.measuredSeconds).toBeLessThanOrEqual(3_600);
        expect(sums.inBandSeconds).toBeLessThanOrEqual(sums.measuredSeconds);
        expect(sums.poweredSeconds + sums.unpoweredSeconds).toBeLessThanOrEqual(3_600);
      }),
    );
  });
});

it('a reading is told of its hour, and of the next where it reaches into that', () => {
  expect(hourOf(at(59))).toEqual(ten);
  expect(hoursOf(at(0))).toEqual([ten]);
  expect(hoursOf(at(49))).toEqual([ten]);
  expect(hoursOf(at(50))).toEqual([ten, at(60)]);
});

it('an hour that has not ended is summed again until it has', () => {
  expect(againAt(ten, at(20))).toEqual(at(30));
  expect(againAt(ten, at(55))).toEqual(at(60));
  expect(againAt(ten, at(60))).toBeNull();
});

it('readings outlive whatever may come late beside them', () => {
  expect(READINGS_KEPT_MS).toBeGreaterThan(60 * DAY_MS + HOUR_MS);
});

describe('buckets', () => {
  it('are days of Shanghai, as far as they have begun', () => {
    const days = bucketsOf('DAY', '2026-11-25', '2026-11-30', ten);
    expect(days.map(({ fromAt }) => fromAt.toISOString())).toEqual([
      '2026-11-24T16:00:00.000Z',
      '2026-11-25T16:00:00.000Z',
    ]);
  });

  it('are hours of them', () => {
    expect(bucketsOf('HOUR', '2026-11-26', '2026-11-26', ten)).toHaveLength(11);
    expect(bucketsOf('HOUR', '2026-11-25', '2026-11-25', ten)).toHaveLength(24);
    expect(bucketsOf('HOUR', '2026-12-25', '2026-12-25', ten)).toEqual([]);
  });
});

it.each([
  ['HOUR', '2026-11-01', '2026-12-01', null],
  ['HOUR', '2026-11-01', '2026-12-02', 'to'],
  ['DAY', '2026-01-01', '2026-12-31', null],
  ['DAY', '2025-12-30', '2026-12-31', 'to'],
  ['DAY', '2026-11-02', '2026-11-01', 'to'],
] as const)('%s from %s to %s is refused at %p', (grain, from, to, path) => {
  expect(refuseRange(grain, from, to)?.fields[0]?.path ?? null).toBe(path);
});

it.each([
  ['none', [], 0],
  ['all of it', [{ beganAt: at(-10), endedAt: at(70) }], 3_600],
  ['one that lasts', [{ beganAt: at(20), endedAt: null }], 20 * 60],
  [
    'two, and one elsewhere',
    [
      { beganAt: at(-10), endedAt: at(1) },
      { beganAt: at(59), endedAt: at(61) },
      { beganAt: at(80), endedAt: at(90) },
    ],
    120,
  ],
])('outages within an hour: %s', (_, outages, seconds) => {
  expect(secondsWithin(hour, outages, at(40))).toBe(seconds);
});
