import fc from 'fast-check';
import { type BigUnit, bigText, fen, floorDiv, sumFen, yuanText } from './fen.js';

it.each([
  ['12345', 12_345n],
  ['-1', -1n],
  ['0', 0n],
  ['9007199254740993', 9_007_199_254_740_993n],
  [88, 88n],
  [5n, 5n],
])('takes whole fen: %p', (value, amount) => {
  expect(fen(value)).toBe(amount);
});

it.each([
  '',
  ' 1',
  '1.0',
  '1e3',
  '0x10',
  '+5',
  '１２',
  'abc',
  1.5,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  2 ** 53,
])('refuses what is not whole fen: %p', (value) => {
  expect(() => fen(value)).toThrow(RangeError);
});

it('keeps every digit on the way through text, above 2^53 as well', () => {
  fc.assert(
    fc.property(
      fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
      (amount) => fen(amount.toString()) === amount,
    ),
  );
});

it('adds up, and nothing is nothing', () => {
  expect(sumFen([])).toBe(0n);
  expect(sumFen([9_007_199_254_740_993n, 1n, -3n])).toBe(9_007_199_254_740_991n);
});

it.each([
  [0n, '¥0.00'],
  [5n, '¥0.05'],
  [12_345n, '¥123.45'],
  [-7n, '-¥0.07'],
  [120_000_000_000n, '¥1200000000.00'],
])('says %p fen as %s', (amount, text) => {
  expect(yuanText(amount)).toBe(text);
});

it.each<[bigint, BigUnit, string]>([
  [120_341_792_658n, 'YI', '12.03 亿元'],
  [119_999_999_999n, 'YI', '11.99 亿元'], // 12 is not exceeded before it is.
  [120_000_000_000n, 'YI', '12.00 亿元'],
  [120_341_792_658n, 'WAN', '120341.79 万元'],
  [9_999n, 'WAN', '0.00 万元'],
  [10_000n, 'WAN', '0.01 万元'],
  [-1n, 'WAN', '-0.01 万元'],
  [0n, 'YI', '0.00 亿元'],
])('tells %p fen in %s as %s, and never more than there is', (amount, unit, text) => {
  expect(bigText(amount, unit)).toBe(text);
});

it('divides downwards, whatever the signs', () => {
  fc.assert(
    fc.property(fc.bigInt(), fc.bigInt({ min: 1n }), (dividend, divisor) => {
      const quotient = floorDiv(dividend, divisor);
      return quotient * divisor <= dividend && (quotient + 1n) * divisor > dividend;
    }),
  );
  expect([floorDiv(-7n, 2n), floorDiv(7n, -2n), floorDiv(-8n, 2n), floorDiv(-7n, -2n)]).toEqual([
    -4n,
    -4n,
    -4n,
    3n,
  ]);
});
