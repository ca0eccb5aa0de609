import { type VolumeAxis, type VolumeFilter, refuseQuestion, totalsOf } from './volume-question.rules.js';

const year: VolumeFilter = { from: '2020-01-01', to: '2020-12-31' };

describe('a question', () => {
  it.each<[string, VolumeFilter, VolumeAxis[], string[]]>([
    ['may be asked', year, ['COUNTY', 'PRODUCT'], []],
    ['may be about one day', { from: '2020-02-29', to: '2020-02-29' }, [], []],
    ['must not end before it begins', { from: '2020-02-02', to: '2020-02-01' }, [], ['filter.to']],
    ['spans ten years', { from: '2010-01-01', to: '2020-12-31' }, [], ['filter.to']],
    ['names each axis once', year, ['DAY', 'DAY'], ['groupBy']],
    [
      'is refused with all its faults',
      { ...year, countyCodes: Array(101).fill('430225'), productIds: Array(101).fill('prd_1') },
      ['DAY', 'DAY'],
      ['filter.countyCodes', 'filter.productIds', 'groupBy'],
    ],
  ])('%s', (_, filter, groupBy, paths) => {
    expect(refuseQuestion(filter, groupBy)?.fields.map(({ path }) => path) ?? []).toEqual(paths);
  });

  it('about nothing adds up to nothing', () => {
    expect(totalsOf([])).toMatchObject({ recognisedFen: 0n, quantity: 0 });
  });
});
