import fc from 'fast-check';
import { type Span, placeOf, split } from './sequence.rules.js';

describe('where a message belongs', () => {
  it.each([
    // seq highest gap                        is
    [1, 0, null, { kind: 'AHEAD', missing: null }],
    [6, 5, null, { kind: 'AHEAD', missing: null }],
    [7, 5, null, { kind: 'AHEAD', missing: { fromSeq: 6, toSeq: 6 } }],
    [9, 0, null, { kind: 'AHEAD', missing: { fromSeq: 1, toSeq: 8 } }],
    [5, 5, null, { kind: 'REPEATED' }],
    [1, 5, null, { kind: 'REPEATED' }],
    [3, 5, { fromSeq: 3, toSeq: 3 }, { kind: 'FILLS', left: [] }],
    [2, 5, { fromSeq: 2, toSeq: 4 }, { kind: 'FILLS', left: [{ fromSeq: 3, toSeq: 4 }] }],
    [4, 5, { fromSeq: 2, toSeq: 4 }, { kind: 'FILLS', left: [{ fromSeq: 2, toSeq: 3 }] }],
    [
      3,
      5,
      { fromSeq: 2, toSeq: 4 },
      {
        kind: 'FILLS',
        left: [
          { fromSeq: 2, toSeq: 2 },
          { fromSeq: 4, toSeq: 4 },
        ],
      },
    ],
  ] as const)('%p after %p, missing %j', (seq, highest, gap, expected) => {
    expect(placeOf(seq, highest, gap)).toMatchObject(expected);
  });

  it('counts each of any messages in any order once, and knows in the end what never came', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 30 }), { maxLength: 60 }), (arriving) => {
        let highest = 0;
        let gaps: Span[] = [];
        const taken: number[] = [];
        for (const seq of arriving) {
          const holding = gaps.find(({ fromSeq, toSeq }) => fromSeq <= seq && seq <= toSeq) ?? null;
          const place = placeOf(seq, highest, holding);
          if (place.kind === 'REPEATED') continue;
          taken.push(seq);
          if (place.kind === 'FILLS') gaps = [...gaps.filter((gap) => gap !== place.gap), ...place.left];
          else {
            if (place.missing) gaps = [...gaps, place.missing];
            highest = seq;
          }
        }
        const missing = gaps.flatMap(({ fromSeq, toSeq }) =>
          Array.from({ length: toSeq - fromSeq + 1 }, (_, n) => fromSeq + n),
        );
        expect(taken.toSorted((a, b) => a - b)).toEqual([...new Set(arriving)].toSorted((a, b) => a - b));
        expect([...taken, ...missing].toSorted((a, b) => a - b)).toEqual(
          Array.from({ length: highest }, (_, n) => n + 1),
        );
      }),
    );
  });
});

describe('what is gone for good', () => {
  const gap = { fromSeq: 5, toSeq: 9 };

  it.each([
    [{ fromSeq: 1, toSeq: 4 }, null, [gap]],
    [{ fromSeq: 10, toSeq: 12 }, null, [gap]],
    [{ fromSeq: 5, toSeq: 9 }, gap, []],
    [{ fromSeq: 1, toSeq: 99 }, gap, []],
    [{ fromSeq: 1, toSeq: 6 }, { fromSeq: 5, toSeq: 6 }, [{ fromSeq: 7, toSeq: 9 }]],
    [
      { fromSeq: 7, toSeq: 7 },
      { fromSeq: 7, toSeq: 7 },
      [
        { fromSeq: 5, toSeq: 6 },
        { fromSeq: 8, toSeq: 9 },
      ],
    ],
  ])('%j of five to nine', (gone, expected, left) => {
    expect(split(gap, gone)).toEqual({ gone: expected, left });
  });
});
