import { jest } from '@jest/globals';
import { BLANK, filled, inputOf, sumOf } from './form.js';
import { dayAt, endOfDay, figuresOf } from './words.js';

beforeEach(() => void jest.useFakeTimers({ now: new Date('2026-07-01T02:00:00Z') }));
afterEach(() => void jest.useRealTimers());

const typed = { ...BLANK, firstOn: '2026-07-20', kg: '12.5' };

it.each([
  ['all at once: orders until the day before', typed, ['2026-07-20', '2026-07-19', null]],
  [
    'a deposit: the rest is due between the two',
    { ...typed, payment: 'DEPOSIT' as const },
    ['2026-07-20', '2026-07-16', '2026-07-19'],
  ],
  [
    'tomorrow: never before today',
    { ...typed, firstOn: '2026-07-02', lastOn: '2026-07-04' },
    ['2026-07-04', '2026-07-01', null],
  ],
])('%s', (_, form, expected) => {
  const { lastOn, ordersCloseAt, balanceDueOn } = inputOf(filled(form), ['var_1'], 'bat_1');

  expect([lastOn, dayAt(ordersCloseAt), balanceDueOn]).toEqual(expected);
});

it('nothing is made up without a first day, and days are counted with both ends', () => {
  expect(filled(BLANK)).toEqual(BLANK);
  expect(sumOf(BLANK)).toEqual({ days: 0, grams: 0 });
  expect(sumOf({ ...typed, lastOn: '2026-07-22' })).toEqual({ days: 3, grams: 37_500 });
});

it('orders are taken to the last second of a day of Shanghai', () => {
  expect(endOfDay('2026-07-19')).toBe('2026-07-19T15:59:59.000Z');
});

it('of a day that is over, today’s included, nothing is free', () => {
  const day = { announcedG: 500, capacityG: 300, reservedG: 100, shippedG: 50 };

  expect(
    figuresOf([
      { ...day, day: '2026-07-01' },
      { ...day, day: '2026-07-02' },
    ]),
  ).toEqual({
    announcedG: 1_000,
    takenG: 300,
    shippedG: 100,
    freeG: 150,
  });
});
