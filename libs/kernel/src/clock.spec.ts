import fc from 'fast-check';
import { DAY_MS, MINUTE_MS, SystemClock, businessDay, dayStart, plus } from './clock.js';

describe('the business day', () => {
  it.each([
    ['2026-10-31T15:59:59.999Z', '2026-10-31'],
    ['2026-10-31T16:00:00.000Z', '2026-11-01'], // settlement case F8: already November
    ['2019-12-31T15:59:59Z', '2019-12-31'],
    ['2019-12-31T16:00:00Z', '2020-01-01'],
    ['2020-02-28T16:00:00Z', '2020-02-29'],
    ['2026-07-01T00:00:00Z', '2026-07-01'], // no summer time
  ])('of %s is %s in Shanghai', (instant, day) => {
    expect(businessDay(new Date(instant))).toBe(day);
  });

  it('begins at midnight in Shanghai', () => {
    const start = dayStart('2026-11-01');
    expect(start.toISOString()).toBe('2026-10-31T16:00:00.000Z');
    expect(businessDay(start)).toBe('2026-11-01');
    expect(businessDay(plus(start, -1))).toBe('2026-10-31');
  });

  it('lasts 24 hours, every day of the year, whatever zone the machine is in', () => {
    const start = Date.UTC(2019, 0, 1) - 8 * 3_600_000;
    fc.assert(
      fc.property(fc.nat(3_650), fc.nat(DAY_MS - 1), (day, offset) => {
        const instant = new Date(start + day * DAY_MS + offset);
        return (
          businessDay(instant) === new Date(Date.UTC(2019, 0, 1) + day * DAY_MS).toISOString().slice(0, 10)
        );
      }),
    );
  });
});

it('moves an instant without touching it', () => {
  const placedAt = new Date('2026-03-01T00:00:00Z');

  const expiresAt = plus(placedAt, 15 * MINUTE_MS);

  expect(expiresAt.toISOString()).toBe('2026-03-01T00:15:00.000Z');
  expect(placedAt.toISOString()).toBe('2026-03-01T00:00:00.000Z');
});

it('follows the machine outside tests', () => {
  const before = Date.now();

  const now = new SystemClock().now().getTime();

  expect(now).toBeGreaterThanOrEqual(before);
  expect(now).toBeLessThanOrEqual(Date.now());
});
