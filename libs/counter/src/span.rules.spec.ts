import fc from 'fast-check';
import { type TimeSpan, joined, lengthMs, shared, without } from './span.rules.js';

const span = (from: number, to: number): TimeSpan => ({ fromAt: new Date(from), toAt: new Date(to) });
const told = (spans: readonly TimeSpan[]) =>
  spans.map(({ fromAt, toAt }) => [fromAt.getTime(), toAt.getTime()]);

describe('spans of time', () => {
  it.each([
    [
      'apart',
      [span(0, 2), span(4, 6)],
      [
        [0, 2],
        [4, 6],
      ],
    ],
    ['touching', [span(2, 4), span(0, 2)], [[0, 4]]],
    ['one within another', [span(0, 9), span(3, 4)], [[0, 9]]],
    ['nothing', [span(3, 3), span(5, 4)], []],
  ])('that are %s are joined', (_, spans, whole) => {
    expect(told(joined(spans))).toEqual(whole);
  });

  it.each([
    ['before it', [span(0, 10)], [span(-5, 3)], [[3, 10]]],
    [
      'in the middle',
      [span(0, 10)],
      [span(4, 6)],
      [
        [0, 4],
        [6, 10],
      ],
    ],
    ['all of it', [span(0, 10)], [span(0, 10)], []],
    ['none of it', [span(0, 10)], [span(10, 12)], [[0, 10]]],
  ])('are told without what lies %s', (_, some, others, left) => {
    expect(told(without(some, others))).toEqual(left);
  });

  const spans = fc.array(
    fc
      .tuple(fc.integer({ min: 0, max: 50 }), fc.integer({ min: 0, max: 20 }))
      .map(([at, ms]) => span(at, at + ms)),
    { maxLength: 6 },
  );

  it('have each instant either in common with others or not', () => {
    fc.assert(
      fc.property(spans, spans, (some, others) => {
        expect(lengthMs(shared(some, others)) + lengthMs(without(some, others))).toBe(lengthMs(some));
        expect(lengthMs([...shared(some, others), ...without(some, others)])).toBe(lengthMs(some));
        expect(told(shared(some, others))).toEqual(told(shared(others, some)));
      }),
    );
  });
});
