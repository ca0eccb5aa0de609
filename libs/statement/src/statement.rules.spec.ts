import {
  accountsOf,
  daysOf,
  differenceOf,
  exactYuan,
  faultOfPeriod,
  isDue,
  kindOfPeriod,
  monthAfter,
  monthDue,
  movedOf,
  netOf,
  numberOf,
  payeeOfCode,
  readableYuan,
  wholeMonth,
} from './statement.rules.js';

const MERCHANT = accountsOf({ kind: 'MERCHANT', id: 'mer_1' });

it.each([
  ['liability:held:mer_1', 'mer_1'],
  ['liability:available:hhd_1', 'hhd_1'],
  ['asset:receivable:clawback:chp_1', 'chp_1'],
  ['liability:held:fund:430225', '430225'],
  ['asset:receivable:clawback:fund:430225', '430225'],
  ['liability:available:fund:unknown', undefined],
  ['liability:held:household_pool:430225', undefined],
  ['liability:escrow', undefined],
  ['asset:receivable:dispute', undefined],
  // On no chart: a household that owes.
  ['asset:receivable:clawback:hhd_1', undefined],
])('%s is the account of %s', (code, id) => {
  expect(payeeOfCode(code)?.id).toBe(id);
});

it('what somebody owes goes up by debits, and makes the balance less', () => {
  const moved = movedOf(
    MERCHANT,
    new Map([
      ['liability:held:mer_1', -500n],
      ['liability:available:mer_1', 200n],
      ['asset:receivable:clawback:mer_1', -70n],
    ]),
  );

  expect(moved).toEqual({ heldFen: -500n, availableFen: 200n, owedFen: 70n });
  expect(netOf(moved)).toBe(-370n);
});

it.each([
  [{ heldFen: 1n, availableFen: 2n, owedFen: 3n }, null],
  [
    { heldFen: 2n, availableFen: 2n, owedFen: 3n },
    { account: 'liability:held:mer_1', fen: 1n },
  ],
  // Two faults that would hide each other in the sum.
  [
    { heldFen: 1n, availableFen: 1n, owedFen: 2n },
    { account: 'liability:available:mer_1', fen: -1n },
  ],
  [
    { heldFen: 1n, availableFen: 2n, owedFen: 4n },
    { account: 'asset:receivable:clawback:mer_1', fen: 1n },
  ],
])('books that say %j differ by %j', (books, difference) => {
  expect(differenceOf(MERCHANT, { heldFen: 1n, availableFen: 2n, owedFen: 3n }, books)).toEqual(difference);
});

it.each([
  ['2026-10', '2026-10-01', '2026-10-31'],
  ['2026-12', '2026-12-01', '2026-12-31'],
  ['2028-02', '2028-02-01', '2028-02-29'],
])('%s is from %s to %s', (month, fromOn, toOn) => {
  expect(daysOf(month)).toEqual({ fromOn, toOn });
  expect(wholeMonth({ fromOn, toOn })).toBe(month);
  expect(wholeMonth({ fromOn, toOn: `${month}-15` })).toBeNull();
});

it.each([
  ['2026-10', 1, '2026-11'],
  ['2026-12', 1, '2027-01'],
  ['2027-01', -1, '2026-12'],
  ['2026-10', -22, '2024-12'],
])('%s and %i months is %s', (month, months, other) => {
  expect(monthAfter(month, months)).toBe(other);
});

it.each([
  ['two hours into November have not passed', '2026-10-31T17:59:59.999Z', '2026-09'],
  ['two hours into November', '2026-10-31T18:00:00Z', '2026-10'],
  ['the last day of November', '2026-11-30T15:00:00Z', '2026-10'],
  ['January', '2027-01-05T00:00:00Z', '2026-12'],
])('%s', (_, now, month) => {
  expect(monthDue(new Date(now))).toBe(month);
});

it.each([
  ['never moved', [{ lastDay: null, isEmpty: true }], null, false],
  ['moved for the first time', [{ lastDay: '2026-10-05', isEmpty: true }], null, true],
  ['moved since', [{ lastDay: '2026-11-05', isEmpty: true }], '2026-10-31', true],
  ['not moved since, and empty', [{ lastDay: '2026-10-05', isEmpty: true }], '2026-10-31', false],
  ['not moved since, and something there', [{ lastDay: '2026-10-05', isEmpty: false }], '2026-10-31', true],
] as const)('a payee who has %s', (_, rows, lastToOn, due) => {
  expect(
    isDue(
      rows.map((row) => ({ code: MERCHANT.held, ...row })),
      lastToOn,
    ),
  ).toBe(due);
});

it.each([
  ['2026-11-01', '2026-11-01', null],
  ['2026-11-01', '2026-11-02', 'OPEN'],
  ['2026-11-01', '2026-10-31', 'ORDER'],
  ['2025-11-01', '2026-11-01', null],
  ['2025-10-31', '2026-11-01', 'LONG'],
])('from %s to %s: %s', (fromOn, toOn, fault) => {
  expect(faultOfPeriod({ fromOn, toOn }, new Date('2026-11-02T02:00:00Z'))).toBe(fault);
});

it.each([
  ['2026-10', '2026-09', 'MONTHLY'],
  ['2026-10', null, 'MONTHLY'],
  ['2026-10', '2026-10', 'ON_DEMAND'],
  ['2026-10', '2026-11', 'ON_DEMAND'],
  [null, null, 'ON_DEMAND'],
])('%s after %s is %s', (month, lastMonth, kind) => {
  expect(kindOfPeriod(month, lastMonth)).toBe(kind);
});

it('numbers say whose, of when, and which edition', () => {
  const days = { fromOn: '2026-10-01', toOn: '2026-10-31' };

  expect(numberOf({ payeeId: 'mer_1', ...days, month: '2026-10' }, 1)).toBe('ST-mer_1-202610-1');
  expect(numberOf({ payeeId: '430225', ...days, month: null }, 2)).toBe('ST-430225-20261001-20261031-2');
});

it.each([
  [0n, '0.00', '0.00'],
  [5n, '0.05', '0.05'],
  [-5n, '-0.05', '-0.05'],
  [-123_456n, '-1234.56', '-1,234.56'],
  [9_007_199_254_740_993n, '90071992547409.93', '90,071,992,547,409.93'],
])('A14: %s fen are %s, and read %s', (amount, exact, readable) => {
  expect(exactYuan(amount)).toBe(exact);
  expect(readableYuan(amount)).toBe(readable);
});
