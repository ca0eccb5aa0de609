import fc from 'fast-check';
import { type Choice, MirrorDraft, type MirrorDocument, type SearchMirror } from './search-mirror.rules.js';

const document = (id: string, terms: string, more: Partial<MirrorDocument> = {}): MirrorDocument => ({
  id,
  terms,
  isOnSale: true,
  soldQuantity: 0,
  stamp: '1',
  ...more,
});

async function mirrorOf(documents: readonly MirrorDocument[]): Promise<SearchMirror> {
  const draft = new MirrorDraft();
  draft.add(documents);
  return draft.finish(() => Promise.resolve());
}

const FIVE = [
  document('a', 'hn1 hn12 pnhuangtao pntao', { soldQuantity: 9 }),
  document('b', 'hn1 pntao', { soldQuantity: 5 }),
  document('c', 'hn2 pnhuang', { soldQuantity: 7 }),
  document('d', 'hn1 hn2 pntao', { soldQuantity: -2 }),
  document('e', 'hn1 hn2', { soldQuantity: 100, isOnSale: false }),
];

describe('what a mirror finds', () => {
  it.each<[string, Choice[], number, number, string[]]>([
    ['of one term, the best sold first', [['hn1']], 1, 9, ['a', 'b', 'd']],
    ['so many at most', [['hn1']], 1, 2, ['a', 'b']],
    ['of either of two', [['hn12', 'hn2']], 1, 9, ['a', 'c', 'd']],
    ['of both of two', [['hn1'], ['hn2']], 2, 9, ['d']],
    ['of one of two at least, who holds both first', [['hn1'], ['hn2']], 1, 9, ['d', 'a', 'c', 'b']],
    ['of what begins so, once each', [['pnhuang*', 'hn12']], 1, 9, ['a', 'c']],
    ['not of a term that begins another', [['hn']], 1, 9, []],
    ['not of what nothing begins with', [['zz*']], 1, 9, []],
    ['not of one that nobody holds', [['hn1'], ['hn9']], 2, 9, []],
    ['nothing of nothing', [], 0, 9, []],
  ])('%s', async (_, choices, atLeast, limit, expected) => {
    const mirror = await mirrorOf(FIVE);

    expect(mirror.find(choices, atLeast, limit)).toEqual(expected);
    expect(mirror.find(choices, atLeast, limit)).toEqual(expected); // Nothing is left of the question before.
  });

  it('is nothing while there is nothing', async () => {
    expect((await mirrorOf([])).find([['hn1']], 1, 9)).toEqual([]);
  });

  it('follows what has changed, and nobody who reads late changes it back', async () => {
    const mirror = await mirrorOf(FIVE);
    mirror.change([
      document('a', 'hn3', { stamp: '2' }),
      document('b', '', { stamp: '2', isOnSale: false }),
      document('e', 'hn1', { stamp: '3', soldQuantity: 100 }),
      document('f', 'hn1 hn12', { stamp: '3' }),
    ]);
    mirror.change([document('a', 'hn1', { stamp: '1' }), document('e', 'hn2', { stamp: '2' })]);

    expect(mirror.find([['hn1']], 1, 9)).toEqual(['e', 'f', 'd']);
    expect(mirror.find([['hn3']], 1, 9)).toEqual(['a']);
    expect(mirror.changedCount).toBe(4);
    expect(
      [
        { id: 'a', stamp: '2' },
        { id: 'a', stamp: '3' },
        { id: 'c', stamp: '1' },
        { id: 'g', stamp: '1' },
      ].map((each) => mirror.knows(each)),
    ).toEqual([true, false, true, false]);
  });

  it('is what looking through all documents finds, whatever they hold and whichever have changed', async () => {
    const term = fc.constantFrom('hn1', 'hn12', 'hn2', 'pna', 'pnab', 'pnabc', 'pnb');
    const documents = fc.uniqueArray(
      fc.record({
        id: fc.stringMatching(/^[a-z]{1,2}$/),
        terms: fc.uniqueArray(term, { minLength: 1 }).map((terms) => terms.join(' ')),
        isOnSale: fc.boolean(),
        soldQuantity: fc.integer({ min: -2, max: 2 }),
      }),
      { selector: ({ id }) => id },
    );
    const choices = fc.array(
      fc.array(
        fc.tuple(term, fc.boolean()).map(([text, isBeginning]) => (isBeginning ? `${text}*` : text)),
        { minLength: 1, maxLength: 3 },
      ),
      { minLength: 1, maxLength: 4 },
    );
    await fc.assert(
      fc.asyncProperty(
        documents,
        documents,
        choices,
        fc.nat(3),
        fc.integer({ min: 1, max: 4 }),
        async (before, after, asked, less, limit) => {
          const mirror = await mirrorOf(
            before.toSorted((a, b) => (a.id < b.id ? -1 : 1)).map((each) => ({ ...each, stamp: '1' })),
          );
          mirror.change(after.map((each) => ({ ...each, stamp: '2' })));
          const all = new Map([...before, ...after].map((each) => [each.id, each]));
          const holds = (terms: string, pattern: string) =>
            terms
              .split(' ')
              .some((held) =>
                pattern.endsWith('*') ? held.startsWith(pattern.slice(0, -1)) : held === pattern,
              );
          const atLeast = Math.max(1, asked.length - less);
          const expected = [...all.values()]
            .filter(({ isOnSale }) => isOnSale)
            .map((each) => ({
              ...each,
              held: asked.filter((choice) => choice.some((pattern) => holds(each.terms, pattern))).length,
            }))
            .filter(({ held }) => held >= atLeast)
            .toSorted((a, b) => b.held - a.held || b.soldQuantity - a.soldQuantity || (a.id < b.id ? -1 : 1))
            .slice(0, limit)
            .map(({ id }) => id);

          expect(mirror.find(asked, atLeast, limit)).toEqual(expected);
        },
      ),
    );
  });
});
