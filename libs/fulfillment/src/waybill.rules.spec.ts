import { InvalidInputError } from '#libs/kernel';
import { NUMBERS_MAX, PRINT_ORDERS_MAX, carrierOf, numbersOf, refusePrint } from './waybill.rules.js';

const pathsOf = (refusal: unknown) =>
  refusal instanceof InvalidInputError ? refusal.fields.map(({ path }) => path) : [];
const many = (count: number) => Array.from({ length: count }, (_, n) => `mor_${n}`);

it.each([
  ['k', ['mor_1'], []],
  ['k', many(PRINT_ORDERS_MAX), []],
  ['', ['mor_1'], ['input.idempotencyKey']],
  ['k', [], ['input.merchantOrderIds']],
  ['k', many(PRINT_ORDERS_MAX + 1), ['input.merchantOrderIds']],
  ['k', ['mor_1', 'mor_1'], ['input.merchantOrderIds']],
])('under %p of %p orders there is refused %p', (key, ids, paths) => {
  expect(pathsOf(refusePrint(key, ids))).toEqual(paths);
});

it('takes numbers once and in capitals', () => {
  expect(numbersOf([' sf12345678', 'SF12345678', 'YT-0001234'])).toEqual(['SF12345678', 'YT-0001234']);
});

it.each([
  [[], ['input.trackingNos']],
  [many(NUMBERS_MAX + 1), ['input.trackingNos']],
  [['SF12345678', '1', 'NUMBERLESS', 'SF 123456789'], [1, 2, 3].map((n) => `input.trackingNos.${n}`)],
])('refuses of %p what is none', (numbers, paths) => {
  expect(pathsOf(numbersOf(numbers))).toEqual(paths);
});

it('knows carriers by the name that buyers read', () => {
  expect([carrierOf('顺丰速运'), carrierOf('村里的车')]).toEqual(['SF', null]);
});
