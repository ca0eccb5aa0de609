import { FULL, RATE, taken } from './lane.rules.js';

it('lets a burst through at once, then so many a second, and forgets in the quiet', () => {
  let bucket = FULL(0);
  const waits: number[] = [];
  for (let count = 0; count < RATE.burst + 3; count += 1) {
    const next = taken(bucket, 0);
    waits.push(next.waitMs);
    bucket = next.bucket;
  }

  expect(waits.filter((wait) => wait === 0)).toHaveLength(RATE.burst);
  expect(waits.slice(-3)).toEqual([20, 40, 60]);
  expect(taken(bucket, 60_000)).toEqual({ waitMs: 0, bucket: { tokens: RATE.burst - 1, atMs: 60_000 } });
});

it('a clock that goes back gives nothing', () => {
  expect(taken({ tokens: 0, atMs: 1_000 }, 0).waitMs).toBe(20);
});
