import { feeOf } from './balances.js';

it.each([
  // amount  bps  fixed → fee
  [7_670, 220, 0, 169], // settlement case E1: 168.74
  [10_000, 220, 0, 220],
  [25, 220, 0, 1], // 0.55
  [22, 220, 0, 0], // 0.484
  [250, 220, 0, 6], // 5.5, half up
  [10_000, 290, 30, 320],
])('takes of %s at %s basis points and %s fixed a fee of %s', (amount, basisPoints, fixed, fee) => {
  expect(feeOf(amount, basisPoints, fixed)).toBe(fee);
});
