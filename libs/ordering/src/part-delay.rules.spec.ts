import { InvalidInputError } from '#libs/kernel';
import { isAnswerable, isTimeToRemind, refuseDelay } from './part-delay.rules.js';

const NOW = new Date('2026-11-02T02:00:00Z');
const GOOD = { merchantOrderIds: ['mor_1', 'mor_2'], newDay: '2026-11-05', reason: '连日降雨' };

it.each([
  ['all that is good', {}],
  ['today', { newDay: '2026-11-02' }],
  ['a month later', { newDay: '2026-12-03' }],
])('takes %s', (_what, changes) => {
  expect(refuseDelay({ ...GOOD, ...changes }, NOW)).toBeNull();
});

it.each<[string, Partial<typeof GOOD>, string[]]>([
  ['nothing', { merchantOrderIds: [] }, ['input.merchantOrderIds']],
  [
    'too many',
    { merchantOrderIds: Array.from({ length: 101 }, (_, n) => `mor_${n}`) },
    ['input.merchantOrderIds'],
  ],
  ['one twice', { merchantOrderIds: ['mor_1', 'mor_1'] }, ['input.merchantOrderIds']],
  ['yesterday', { newDay: '2026-11-01' }, ['input.newDay']],
  ['more than a month', { newDay: '2026-12-04' }, ['input.newDay']],
  ['no reason and no day', { reason: ' ', newDay: '2026-01-01' }, ['input.newDay', 'input.reason']],
])('refuses %s', (_what, changes, paths) => {
  const refusal = refuseDelay({ ...GOOD, ...changes }, NOW);
  expect(refusal).toBeInstanceOf(InvalidInputError);
  expect(refusal?.fields.map(({ path }) => path)).toEqual(paths);
});

it.each([
  ['OPEN', 'KEEP', true],
  ['OPEN', 'REFUND', true],
  ['KEPT', 'REFUND', true],
  ['KEPT', 'KEEP', false],
  ['MOOT', 'REFUND', false],
  ['REFUNDED', 'KEEP', false],
] as const)('of a notice that is %s, %s may be said: %s', (state, choice, expected) => {
  expect(isAnswerable(state, choice)).toBe(expected);
});

it.each([
  ['2026-11-01T23:59:59Z', false],
  ['2026-11-02T00:00:00Z', true],
  ['2026-11-02T11:59:59Z', true],
  ['2026-11-02T12:00:00Z', false],
])('merchants are told at %s: %s', (now, expected) => {
  expect(isTimeToRemind(new Date(now))).toBe(expected);
});
