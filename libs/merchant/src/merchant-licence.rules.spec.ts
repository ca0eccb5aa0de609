import type { IdOf } from '#libs/kernel';
import {
  type AcceptedPaper,
  beginsBy,
  countingPapers,
  lastDayOf,
  isHourToRemind,
  licensedUntil,
  reminderOf,
  standingOf,
} from './merchant-licence.rules.js';

const TODAY = '2026-11-27';
const paper = (
  id: string,
  kind: AcceptedPaper['kind'],
  endsOn: string | null,
  accepted = '2026-01-01',
): AcceptedPaper => ({
  id: `mpp_${id}` as IdOf<'mpp'>,
  kind,
  endsOn,
  decidedAt: new Date(`${accepted}T00:00:00Z`),
});

it.each([
  ['BUSINESS_LICENCE', { validFrom: '2020-01-01', validTo: '2027-01-01' }, '2027-01-01'],
  ['BUSINESS_LICENCE', { validFrom: null, validTo: null }, null],
  ['TEST_REPORT', { validFrom: '2026-11-27', validTo: null }, '2027-11-28'],
  ['TRUTH_LETTER', { validFrom: null, validTo: '2027-01-01' }, null],
] as const)('the last day of a %s of %j is %s', (kind, days, last) => {
  expect(lastDayOf(kind, days)).toBe(last);
});

describe('which papers count, and until when they let a merchant sell', () => {
  const REQUIRED = [
    'BUSINESS_LICENCE',
    'LEGAL_PERSON_ID',
    'FOOD_PRODUCTION_LICENCE',
    'FOOD_BUSINESS_LICENCE',
  ] as const;

  it.each([
    ['nothing on file', [], [], null],
    ['a licence without an end', [paper('1', 'BUSINESS_LICENCE', null)], ['mpp_1'], null],
    [
      'the licence that ends first',
      [paper('1', 'BUSINESS_LICENCE', '2030-01-01'), paper('2', 'FOOD_PRODUCTION_LICENCE', '2027-06-01')],
      ['mpp_1', 'mpp_2'],
      '2027-06-01',
    ],
    [
      'of one to make and one to trade food the one that ends first, whichever was accepted last',
      [
        paper('1', 'FOOD_PRODUCTION_LICENCE', '2027-06-01'),
        paper('2', 'FOOD_BUSINESS_LICENCE', '2028-06-01', '2026-06-01'),
      ],
      ['mpp_1', 'mpp_2'],
      '2027-06-01',
    ],
    ['an identity card ends without a word', [paper('1', 'LEGAL_PERSON_ID', '2020-01-01')], ['mpp_1'], null],
    ['what it need not have', [paper('1', 'COLLECTIVE_CERTIFICATE', '2020-01-01')], [], null],
    [
      'the last that was accepted, though it ends earlier',
      [
        paper('1', 'FOOD_PRODUCTION_LICENCE', '2030-01-01'),
        paper('2', 'FOOD_PRODUCTION_LICENCE', '2028-01-01', '2026-06-01'),
      ],
      ['mpp_2'],
      '2028-01-01',
    ],
    [
      'of two at once the one that ends first',
      [paper('1', 'FOOD_PRODUCTION_LICENCE', null), paper('2', 'FOOD_PRODUCTION_LICENCE', '2028-01-01')],
      ['mpp_2'],
      '2028-01-01',
    ],
  ] as const)('%s', (_, papers, counting, until) => {
    const found = countingPapers(papers, REQUIRED);

    expect([found.map(({ id }) => id), licensedUntil(found)]).toEqual([counting, until]);
  });
});

it.each([
  [undefined, 'MISSING'],
  [null, 'VALID'],
  ['2026-11-26', 'ENDED'],
  [TODAY, 'ENDING'],
  ['2026-12-27', 'ENDING'],
  ['2026-12-28', 'VALID'],
] as const)('what ends on %s is %s', (endsOn, standing) => {
  expect(standingOf(endsOn === undefined ? undefined : { endsOn }, TODAY)).toBe(standing);
});

it.each([
  ['nothing before it', null, TODAY],
  ['what ended long ago', '2026-01-01', TODAY],
  ['what ends in a month', '2026-12-31', '2027-01-01'],
  ['what holds for ever', null, TODAY],
] as const)('after %s a renewal begins on %s at the latest', (_, endsOn, by) => {
  expect(beginsBy({ endsOn }, TODAY)).toBe(by);
});

it.each([
  ['2026-12-27', 30],
  ['2026-12-05', 30],
  ['2026-12-04', 7],
  ['2026-11-28', 7],
  [TODAY, 0],
  ['2026-11-01', 0],
] as const)('of what ends on %s owners are told as %s days before', (endsOn, days) => {
  expect(reminderOf(endsOn, TODAY)).toBe(days);
});

it.each([
  ['2026-11-27T00:59:59Z', false],
  ['2026-11-27T01:00:00Z', true],
  ['2026-11-27T11:59:59Z', true],
  ['2026-11-27T12:00:00Z', false],
  ['2026-11-26T16:00:00Z', false],
] as const)('at %s a telephone may ring: %s', (at, mayRing) => {
  expect(isHourToRemind(new Date(at))).toBe(mayRing);
});
