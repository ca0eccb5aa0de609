import { type TermRow, termsOn } from './term.rules.js';

const era = (startsOn: string, endsBefore: string | null, zh: string): TermRow => ({
  key: 'AGENCY',
  startsOn,
  endsBefore,
  zh,
  en: zh,
});
const AGENCY = [
  era('2024-01-01', null, '农业农村局'),
  era('2014-01-01', '2021-01-01', '扶贫办'),
  era('2021-01-01', '2024-01-01', '乡村振兴局'),
];

describe('termsOn', () => {
  it.each([
    // day          word
    ['2020-12-31', '扶贫办'],
    ['2021-01-01', '乡村振兴局'],
    ['2023-12-31', '乡村振兴局'],
    ['2024-01-01', '农业农村局'],
    ['2099-01-01', '农业农村局'],
    ['1999-01-01', '扶贫办'],
  ])('%s: %s', (day, zh) => {
    expect(termsOn(AGENCY, day, ['AGENCY'])).toMatchObject([{ zh }]);
  });

  it('closes gaps with the word that comes next, and the end with the last', () => {
    const gap = [era('2014-01-01', '2020-01-01', '前'), era('2021-01-01', '2022-01-01', '后')];

    expect(termsOn(gap, '2020-06-01', ['AGENCY'])).toMatchObject([{ zh: '后' }]);
    expect(termsOn(gap, '2030-01-01', ['AGENCY'])).toMatchObject([{ zh: '后' }]);
  });

  it('says so where a key has no word at all', () => {
    expect(() => termsOn(AGENCY, '2020-01-01', ['GOODS'])).toThrow('a word for GOODS');
  });
});
