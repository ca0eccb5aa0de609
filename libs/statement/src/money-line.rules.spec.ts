import { deductionsOf } from './money-line.rules.js';

const other = (payeeKind: Parameters<typeof deductionsOf>[0][number]['payeeKind'], shareFen: bigint) => ({
  orderId: 'ord_1',
  payeeKind,
  shareFen,
});

it.each([
  ['nobody', [], []],
  ['who got nothing', [other('FUND', 0n)], []],
  [
    'a pool beside households that were named later',
    [other('HOUSEHOLD', 7n), other('HOUSEHOLD_POOL', 3n)],
    ['HOUSEHOLD 10'],
  ],
  [
    'everybody, in one order',
    [
      other('MERCHANT', 8n),
      other('PLATFORM', 4n),
      other('OPERATOR', 3n),
      other('CONTRIBUTION', 1n),
      other('FUND', 2n),
      other('HOUSEHOLD', 5n),
    ],
    ['MERCHANT 8', 'HOUSEHOLD 5', 'FUND 3', 'OPERATOR 3', 'PLATFORM 4'],
  ],
])('tells %s', (_, others, told) => {
  expect(deductionsOf(others).map(({ kind, amountFen }) => `${kind} ${amountFen}`)).toEqual(told);
});
