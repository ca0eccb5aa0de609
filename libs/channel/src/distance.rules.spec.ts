import fc from 'fast-check';
import { boxAround, distanceM, refusePosition } from './distance.rules.js';

const zhuzhou = { longitude: 113.134, latitude: 27.828 };

describe('distanceM', () => {
  it.each([
    ['nowhere else', zhuzhou, 0],
    ['a degree north', { longitude: 113.134, latitude: 28.828 }, 111_195],
    ['a degree east at that height', { longitude: 114.134, latitude: 27.828 }, 98_333],
    ['Yanling', { longitude: 113.773, latitude: 26.49 }, 161_701],
  ])('to %s', (_, to, expected) => {
    expect(Math.abs(distanceM(zhuzhou, to) - expected)).toBeLessThanOrEqual(Math.max(1, expected * 0.002));
    expect(distanceM(to, zhuzhou)).toBe(distanceM(zhuzhou, to));
  });
});

it('a box holds everything that is near enough', () => {
  const degrees = (min: number, max: number) => fc.double({ min, max, noNaN: true });
  fc.assert(
    fc.property(
      degrees(75, 130),
      degrees(3, 53),
      degrees(-0.5, 0.5),
      degrees(-0.5, 0.5),
      (longitude, latitude, east, north) => {
        const there = { longitude: longitude + east, latitude: latitude + north };
        const box = boxAround({ longitude, latitude }, 20_000);
        const isNear = distanceM({ longitude, latitude }, there) <= 20_000;
        const isInside =
          there.longitude >= box.west &&
          there.longitude <= box.east &&
          there.latitude >= box.south &&
          there.latitude <= box.north;
        expect(!isNear || isInside).toBe(true);
      },
    ),
  );
});

it.each([
  [{ longitude: 180, latitude: -90 }, []],
  [{ longitude: 180.1, latitude: 0 }, ['longitude']],
  [{ longitude: Number.NaN, latitude: 91 }, ['longitude', 'latitude']],
])('%j is refused for %j', (position, paths) => {
  expect(refusePosition(position)?.fields.map(({ path }) => path) ?? []).toEqual(paths);
});
