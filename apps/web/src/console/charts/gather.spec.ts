import { type Pin, gather, sightWithin } from './gather.js';

const pin = (x: number, y: number, changes: Partial<Pin> = {}): Pin => ({
  key: `${x} ${y}`,
  x,
  y,
  count: 1,
  troubledCount: 0,
  ...changes,
});

describe('what would lie upon each other', () => {
  it.each<[string, readonly Pin[], number, readonly string[]]>([
    ['nothing', [], 10, []],
    ['one alone', [pin(5, 5)], 10, ['5 5 1/0']],
    ['two in a cell', [pin(2, 2), pin(4, 6, { troubledCount: 1 })], 10, ['3 4 2/1']],
    ['two beside a line of the grid', [pin(9, 5), pin(11, 5)], 10, ['10 5 2/0']],
    ['two apart', [pin(4, 5), pin(15, 5)], 10, ['4 5 1/0', '15 5 1/0']],
    [
      'many of one and few of another, in the middle of all',
      [pin(0, 0, { count: 9, troubledCount: 3 }), pin(8, 8)],
      10,
      ['0.8 0.8 10/3'],
    ],
  ])('%s', (_, pins, cell, expected) => {
    expect(
      gather(pins, cell).map(({ x, y, count, troubledCount }) => `${x} ${y} ${count}/${troubledCount}`),
    ).toEqual(expected);
  });

  it('touches nothing any more', () => {
    const pins = Array.from({ length: 400 }, (_, at) => pin((at * 37) % 300, (at * 91) % 400));
    const gathered = gather(pins, 46);
    for (const [at, one] of gathered.entries())
      for (const other of gathered.slice(at + 1))
        expect(Math.hypot(one.x - other.x, one.y - other.y)).toBeGreaterThanOrEqual(46);
  });

  it('is nobody lost, however large the cells are', () => {
    const pins = Array.from({ length: 5_000 }, (_, at) => pin((at * 37) % 1_000, (at * 91) % 1_400));
    for (const cell of [1, 20, 300, 5_000])
      expect(gather(pins, cell).reduce((sum, { count }) => sum + count, 0)).toBe(5_000);
  });
});

it.each([
  [
    { zoom: 0.5, x: 5, y: 5 },
    { zoom: 1, x: 5, y: 5 },
  ],
  [
    { zoom: 900, x: -5, y: 2_000 },
    { zoom: 64, x: 0, y: 200 },
  ],
])('a sight of %o stays on the map', (sight, expected) => {
  expect(sightWithin(sight, { width: 100, height: 200 })).toEqual(expected);
});
