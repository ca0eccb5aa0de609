import {
  WATCHED_AT_ONCE_MAX,
  WATCHED_BY_SOCKET_MAX,
  refuseWatch,
  stockOf,
  watchedAmong,
} from './live-stock.rules.js';

const ids = (count: number) => Array.from({ length: count }, (_, no) => `var_${no}`);

describe('what may be watched', () => {
  it.each([
    [1, 0, true],
    [WATCHED_AT_ONCE_MAX, 0, true],
    [0, 0, false],
    [WATCHED_AT_ONCE_MAX + 1, 0, false],
    [WATCHED_AT_ONCE_MAX, WATCHED_BY_SOCKET_MAX - WATCHED_AT_ONCE_MAX, true],
    [WATCHED_AT_ONCE_MAX, WATCHED_BY_SOCKET_MAX - WATCHED_AT_ONCE_MAX + 1, false],
  ])('%d variants, by who watches %d already: %s', (count, already, isFine) => {
    expect(refuseWatch(ids(count), already) === null).toBe(isFine);
  });
});

describe('what moved', () => {
  const moved = [
    { variantId: 'var_1', available: 4 },
    { variantId: 'var_2', available: 0 },
  ];

  it.each([
    ['some of it', ['var_2', 'var_3'], [{ variantId: 'var_2', available: 0 }]],
    ['nothing of it', ['var_3'], null],
  ])('is told as far as it is watched: %s', (_, watched, told) => {
    expect(watchedAmong(moved, new Set(watched))).toEqual(told);
  });

  it('is nought where there is nothing, and never less', () => {
    expect(
      stockOf(
        ['var_1', 'var_2', 'var_3'],
        new Map([
          ['var_1', 4],
          ['var_3', -1],
        ]),
      ),
    ).toEqual([
      { variantId: 'var_1', available: 4 },
      { variantId: 'var_2', available: 0 },
      { variantId: 'var_3', available: 0 },
    ]);
  });
});
