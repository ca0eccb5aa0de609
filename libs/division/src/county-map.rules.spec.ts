import { readFileSync } from 'node:fs';
import { type MapFile, countyMapOf } from './county-map.rules.js';

const square = (west: number, south: number) =>
  [
    [west, south],
    [west + 1, south],
    [west + 1, south + 1],
    [west, south + 1],
    [west, south],
  ] as const;
const county = (adcode: string, west: number, south: number, tile?: readonly [number, number]) =>
  ({
    properties: { adcode, name: adcode, ...(tile ? { tile } : {}) },
    geometry: { type: 'Polygon', coordinates: [square(west, south)] },
  }) as const;

describe('a map of counties', () => {
  it('has north above, its longer side a thousand, and names in the middle', () => {
    const map = countyMapOf({ features: [county('430225', 0, 0), county('430224', 0, 1)] });

    expect(map).toMatchObject({ width: 500, height: 1_000, west: 0, north: 2, east: 1, south: 0 });
    expect(map.counties.map(({ code, x, y }) => [code, x, y])).toEqual([
      ['430224', 250, 250],
      ['430225', 250, 750],
    ]);
    expect(map.counties[0]?.path).toBe('M0 500L500 500L500 0L0 0L0 500Z');
  });

  it('is narrower in the north', () => {
    expect(countyMapOf({ features: [county('1', 0, 59.5)] })).toMatchObject({ width: 500, height: 1_000 });
  });

  it('names what lies in several parts on the largest of them', () => {
    const [island] = countyMapOf({
      features: [
        {
          properties: { adcode: '1', name: '1' },
          geometry: {
            type: 'MultiPolygon',
            coordinates: [
              [
                [
                  [8, 8],
                  [8.1, 8],
                  [8.1, 8.1],
                  [8, 8],
                ],
              ],
              [square(0, 0)],
            ],
          },
        },
      ],
    }).counties;

    expect(island?.x).toBeLessThan(100);
    expect(island?.path.match(/M/g)).toHaveLength(2);
  });

  it('puts what has no tile below those that have one', () => {
    const { counties } = countyMapOf({
      features: [county('1', 0, 0), county('2', 0, 1, [1, 2]), county('3', 0, 2)],
    });

    expect(counties.map(({ column, row }) => [column, row])).toEqual([
      [0, 3],
      [1, 2],
      [1, 3],
    ]);
  });

  it('of Zhuzhou has its nine counties, each on a tile of its own', () => {
    const { counties } = countyMapOf(JSON.parse(readFileSync('data/maps/430200.json', 'utf8')) as MapFile);

    expect(counties.map(({ name }) => name).join()).toBe(
      '荷塘区,芦淞区,石峰区,天元区,渌口区,攸县,茶陵县,炎陵县,醴陵市',
    );
    expect(new Set(counties.map(({ column, row }) => `${column} ${row}`)).size).toBe(9);
  });
});
