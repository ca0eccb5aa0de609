import type { CloseState } from './month-close.entity.js';
import {
  type CloseBook,
  addCounts,
  blockersOf,
  cellText,
  correctionDay,
  countingDay,
  duesOf,
  effectOf,
  lastDayOf,
  monthAfter,
  monthBefore,
  monthOf,
  nextToFreeze,
  monthsToKeep,
} from './month-close.rules.js';

const CUT_OFF_AT = new Date('2026-11-03T02:00:00Z');

function bookOf(states: Record<string, CloseState>, lastClosed: string | null = null): CloseBook {
  const months = Object.entries(states).map(
    ([month, state]) => [month, { state, cutOffAt: state === 'OPEN' ? null : CUT_OFF_AT }] as const,
  );
  return { months: new Map(months), lastClosed };
}

describe('months', () => {
  it.each([
    // day          month         before        after         last day
    ['2026-10-31', '2026-10-01', '2026-09-01', '2026-11-01', '2026-10-31'],
    ['2026-01-15', '2026-01-01', '2025-12-01', '2026-02-01', '2026-01-31'],
    ['2026-12-01', '2026-12-01', '2026-11-01', '2027-01-01', '2026-12-31'],
    ['2024-02-29', '2024-02-01', '2024-01-01', '2024-03-01', '2024-02-29'],
  ])('%s', (day, month, before, after, last) => {
    expect(monthOf(day)).toBe(month);
    expect(monthBefore(month)).toBe(before);
    expect(monthAfter(month)).toBe(after);
    expect(lastDayOf(month)).toBe(last);
  });

  it('are cut off on the third and reviewed until the fifth of the next', () => {
    expect(duesOf('2026-12-01')).toEqual({ cutOffOn: '2027-01-03', reviewUntil: '2027-01-05' });
  });

  it('are frozen day by day, to the last', () => {
    expect(nextToFreeze({ month: '2026-02-01', frozenThrough: null })).toBe('2026-02-01');
    expect(nextToFreeze({ month: '2026-02-01', frozenThrough: '2026-02-27' })).toBe('2026-02-28');
    expect(nextToFreeze({ month: '2026-02-01', frozenThrough: '2026-02-28' })).toBeNull();
  });
});

describe('the day a fact counts on', () => {
  const fact = {
    source: 'PLATFORM',
    eventDay: '2026-10-20',
  } as const;
  const NOW = new Date('2026-11-04T02:00:00Z');

  it.each<[string, CloseBook, string]>([
    ['no book', bookOf({}), '2026-10-20'],
    ['an open month', bookOf({ '2026-10-01': 'OPEN' }), '2026-10-20'],
    ['past the cut-off', bookOf({ '2026-10-01': 'CUT_OFF' }), '2026-10-20'],
    ['in review', bookOf({ '2026-10-01': 'IN_REVIEW' }), '2026-10-20'],
    ['being locked', bookOf({ '2026-10-01': 'LOCKING' }, '2026-10-01'), '2026-11-01'],
    ['locked', bookOf({ '2026-10-01': 'LOCKED' }, '2026-10-01'), '2026-11-01'],
    ['published', bookOf({ '2026-10-01': 'PUBLISHED' }, '2026-10-01'), '2026-11-01'],
    ['a clock set back behind the close', bookOf({ '2026-10-01': 'LOCKED' }, '2026-12-01'), '2027-01-01'],
  ])('%s', (_, book, expected) => {
    expect(countingDay(fact, book, NOW)).toBe(expected);
  });

  it.each([
    // source, decided, expected
    ['PARTNER', '2026-11-03T02:00:00Z', '2026-10-20'],
    ['PARTNER', '2026-11-03T02:00:01Z', '2026-11-01'],
    ['DECLARED', '2026-11-03T02:00:01Z', '2026-11-01'],
    ['PLATFORM', '2026-11-03T02:00:01Z', '2026-10-20'],
    ['DEVICE', '2026-11-03T02:00:01Z', '2026-10-20'],
    ['IMPORT', '2026-11-03T02:00:01Z', '2026-10-20'],
  ] as const)('of %s, decided at %s, is %s past the cut-off', (source, decidedAt, expected) => {
    const book = bookOf({ '2026-10-01': 'IN_REVIEW' });

    expect(countingDay({ ...fact, source }, book, new Date(decidedAt))).toBe(expected);
  });
});

it.each<[string, CloseBook, string]>([
  ['an open month', bookOf({ '2026-10-01': 'OPEN' }), '2026-10-20'],
  ['one in review', bookOf({ '2026-10-01': 'IN_REVIEW' }), '2026-10-20'],
  ['one being locked', bookOf({ '2026-10-01': 'LOCKING' }, '2026-10-01'), '2026-11-04'],
  ['a published one', bookOf({ '2026-10-01': 'PUBLISHED' }, '2026-10-01'), '2026-11-04'],
  ['history', bookOf({}), '2026-11-04'],
])('a correction of %s, whoever had told of it', (_, book, expected) => {
  const fact = { source: 'PARTNER', eventDay: '2026-11-04', correctsDay: '2026-10-20' } as const;

  expect(correctionDay(fact, book, new Date('2026-11-04T02:00:00Z'))).toBe(expected);
  expect(
    correctionDay({ source: 'PARTNER', eventDay: '2026-11-04' }, book, new Date('2026-11-04T02:00:00Z')),
  ).toBe('2026-11-04');
});

describe('what facts would change', () => {
  const NOW = new Date('2026-11-04T02:00:00Z');
  const sale = (fact: object) => ({
    source: 'DECLARED' as const,
    eventDay: '2026-10-20',
    originCountyCode: '430225',
    declaredFen: 100n,
    ...fact,
  });
  const sums = (facts: readonly object[], book: CloseBook) =>
    effectOf(
      facts.map((fact) => sale(fact)),
      book,
      NOW,
    ).map(({ month, originCountyCode, isLate, paidFen, recognisedFen, declaredFen }) =>
      [month, originCountyCode, isLate, paidFen, recognisedFen, declaredFen].join(' '),
    );

  it.each<[string, object[], CloseBook, string[]]>([
    ['nothing', [], bookOf({}), []],
    ['one county, one month', [{}, {}], bookOf({}), ['2026-10-01 430225 false 0 0 200']],
    [
      'counties and months apart',
      [{ originCountyCode: '430224' }, {}, { eventDay: '2026-11-02' }],
      bookOf({}),
      [
        '2026-10-01 430224 false 0 0 100',
        '2026-10-01 430225 false 0 0 100',
        '2026-11-01 430225 false 0 0 100',
      ],
    ],
    [
      'a closed month beside the one that takes it',
      [{}, { eventDay: '2026-11-02' }],
      bookOf({ '2026-10-01': 'LOCKED' }, '2026-10-01'),
      ['2026-11-01 430225 false 0 0 100', '2026-11-01 430225 true 0 0 100'],
    ],
    [
      'corrections of an open month and of a closed one',
      [
        { declaredFen: 0n, recognisedFen: -5n, eventDay: '2026-11-04', correctsDay: '2026-10-20' },
        { declaredFen: 0n, recognisedFen: -7n, eventDay: '2026-11-04', correctsDay: '2026-09-20' },
      ],
      bookOf({ '2026-09-01': 'PUBLISHED', '2026-10-01': 'IN_REVIEW' }, '2026-09-01'),
      ['2026-10-01 430225 false 0 -5 0', '2026-11-01 430225 true 0 -7 0'],
    ],
    ['what comes to nothing', [{}, { declaredFen: -100n }], bookOf({}), []],
  ])('%s', (_, facts, book, expected) => {
    expect(sums(facts, book)).toEqual(expected);
  });
});

it('blockers say which of them stop the lock, and leave out what there is none of', () => {
  expect(blockersOf({ FEEDS_LATE: 2, FACTS_WAITING: 1, ROLLUP_DIFFERS: 0 })).toEqual([
    { kind: 'FACTS_WAITING', count: 1, stopsLock: true },
    { kind: 'FEEDS_LATE', count: 2, stopsLock: false },
  ]);
  expect(blockersOf({})).toEqual([]);
});

it('blockers of several who count are added up, whoever is silent about some', () => {
  const sum = addCounts([{ FACTS_WAITING: 1 }, { FLAGS_OPEN: 2, FEEDS_LATE: 0 }, { FLAGS_OPEN: 3 }]);

  expect(blockersOf(sum)).toEqual([
    { kind: 'FACTS_WAITING', count: 1, stopsLock: true },
    { kind: 'FLAGS_OPEN', count: 5, stopsLock: true },
  ]);
});

it('a cell is a line that anybody can write', () => {
  expect(cellText({ origin_county_code: '430225', is_certified: 1, recognised_fen: '-5' })).toBe(
    '430225|1|-5\n',
  );
});

it.each([
  [null, '2026-11-01', ['2026-10-01', '2026-11-01']],
  ['2026-11-01', '2026-11-01', ['2026-10-01', '2026-11-01']],
  ['2026-08-01', '2026-11-01', ['2026-09-01', '2026-10-01', '2026-11-01']],
  ['2026-12-01', '2027-01-01', ['2026-12-01', '2027-01-01']],
  ['2027-05-01', '2026-11-01', ['2026-10-01', '2026-11-01']], // A clock that was ahead.
])('after %s, in %s, the book has %j', (last, current, months) => {
  expect(monthsToKeep(last, current)).toEqual(months);
});
