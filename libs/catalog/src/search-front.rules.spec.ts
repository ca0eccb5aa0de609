import { SearchFront } from './search-front.rules.js';

const front = new SearchFront();
front.add([
  { id: 'a', terms: 'hn1 hn12 pnhuangtao pntao' },
  { id: 'b', terms: 'hn1 pntao' },
]);
front.add([
  { id: 'c', terms: 'hn2 pnhuang' },
  { id: 'd', terms: 'hn2 hn1 pntao' },
]);

describe('what stands in front', () => {
  it.each([
    ['one term', [['hn1']], 2, ['a', 'b']],
    ['as many as there are', [['hn1']], 3, ['a', 'b', 'd']],
    ['more than there are', [['hn1']], 4, null],
    ['either of two', [['hn12', 'hn2']], 3, ['a', 'c', 'd']],
    ['both of two', [['hn1'], ['hn2']], 1, ['d']],
    ['what begins so, once each', [['pnhuang*', 'hn12']], 2, ['a', 'c']],
    ['a term that begins another', [['hn']], 1, null],
    ['what nothing begins with', [['zz*']], 1, null],
  ])('answers %s', (_, choices, count, expected) => {
    expect(front.first(choices, count)).toEqual(expected);
  });

  it('knows which is the rarer', () => {
    expect(front.rarestFirst([['pn*'], ['hn1'], ['hn2'], ['hn3']])).toEqual([
      ['hn3'],
      ['hn2'],
      ['hn1'],
      ['pn*'],
    ]);
  });

  it('is empty at first', () => {
    expect(new SearchFront().first([['hn1']], 1)).toBeNull();
  });
});
