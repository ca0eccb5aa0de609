import { around, placing, roomFor, within } from './sketch.rules.js';

const edges = { west: 113, north: 28, east: 114, south: 26, width: 500, height: 1_000 };

it('has one in the middle, north above, and what is furthest near the edge', () => {
  const { x, y } = around({ longitude: 113, latitude: 0 }, 111_320, 100);

  expect([x(113), y(0)]).toEqual([0, 0]);
  expect([x(114), y(1)].map(Math.round)).toEqual([88, -88]);
});

it('has room for all of a city, the longer side of which decides', () => {
  const { x, y, furthestM } = within(edges, 100);

  expect(Math.round(furthestM)).toBe(111_320);
  expect([y(28), y(26)].map(Math.round)).toEqual([-88, 88]);
  expect(Math.round(x(114))).toBeLessThan(88);
});

it('puts the lines where the places are', () => {
  const to = within(edges, 100);
  const [a = 0, , , d = 0, e = 0, f = 0] =
    /\((.*)\)/.exec(placing(edges, to))?.[1]?.split(' ').map(Number) ?? [];

  expect(250 * a + e).toBeCloseTo(to.x(113.5), 1);
  expect(500 * d + f).toBeCloseTo(to.y(27), 1);
});

it('leaves out the name that would lie on another', () => {
  const at = (name: string, left: number, top: number) => ({ name, left, top });
  const names = [at('a', 0, 0), at('b', 20, 10), at('c', 0, 30), at('d', 90, 0)];

  expect(roomFor(names).map(({ name }) => name)).toEqual(['a', 'c', 'd']);
});
