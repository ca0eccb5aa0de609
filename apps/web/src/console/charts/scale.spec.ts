import { shadeOf, spread, ticksOf } from './scale.js';

describe('what a chart stands on', () => {
  it.each([
    [0, [0, 1]],
    [3, [0, 1, 2, 3]],
    [640, [0, 200, 400, 600, 800]],
    [0.09, [0, 0.025, 0.05, 0.075, 0.1]],
  ])('up to %s has lines at %j', (highest, ticks) => {
    expect(ticksOf(highest).map((tick) => Number(tick.toFixed(6)))).toEqual(ticks);
  });

  it.each([
    [0, 0],
    [-5, 0],
    [1, 0],
    [50, 3],
    [100, 5],
  ])('the shade of %s in a hundred is %s', (value, shade) => {
    expect(shadeOf(value, 100)).toBe(shade);
  });

  it('moves names apart, and none over the edge', () => {
    const labels = ['a', 'b', 'c'].map((key, index) => ({ key, y: 80 + index }));

    expect(spread(labels, 20, 200).map(({ y }) => y)).toEqual([80, 100, 120]);
    expect(spread(labels, 20, 100).map(({ y }) => y)).toEqual([60, 80, 100]);
  });
});
