import {
  accountOwner,
  fundAccount,
  householdPoolAccount,
  natureOf,
  payeeAccount,
} from './chart-of-accounts.rules.js';

describe('the chart of accounts', () => {
  it.each([
    ['asset:psp:stripe:cny', 'asset', 'debit', 'DEFERRED', false],
    ['liability:escrow', 'liability', 'credit', 'DEFERRED', false],
    ['liability:held:mer_01J', 'liability', 'credit', 'LOCKED', true],
    ['liability:available:hhd_01J', 'liability', 'credit', 'LOCKED', true],
    ['liability:held:chp_01J', 'liability', 'credit', 'LOCKED', true],
    ['liability:held:fund:430225', 'liability', 'credit', 'DEFERRED', false],
    ['liability:available:fund:430225', 'liability', 'credit', 'LOCKED', true],
    ['asset:bank:main', 'asset', 'debit', 'DEFERRED', false],
    ['asset:receivable:dispute', 'asset', 'debit', 'DEFERRED', false],
    ['asset:receivable:clawback:mer_01J', 'asset', 'debit', 'LOCKED', true],
    ['asset:receivable:clawback:fund:430225', 'asset', 'debit', 'LOCKED', true],
    ['expense:goodwill', 'expense', 'debit', 'DEFERRED', false],
    ['expense:household_absorption', 'expense', 'debit', 'DEFERRED', false],
    ['liability:held:household_pool:unknown', 'liability', 'credit', 'DEFERRED', false],
    ['liability:deferred_fee', 'liability', 'credit', 'DEFERRED', false],
    ['liability:refund_payable', 'liability', 'credit', 'DEFERRED', false],
    ['liability:suspense', 'liability', 'credit', 'DEFERRED', false],
    ['revenue:platform_fee', 'revenue', 'credit', 'DEFERRED', false],
    ['expense:psp_fee', 'expense', 'debit', 'DEFERRED', false],
  ])(
    '%s is a %s with its balance on the %s side, %s, floor: %s',
    (code, type, normalSide, balanceMode, hasFloor) => {
      expect(natureOf(code)).toEqual({ type, normalSide, balanceMode, hasFloor });
    },
  );

  it.each([
    'liability:held:usr_01J',
    'liability:held:',
    'liability:escrow:x',
    'equity:anything',
    'liability:held:fund:4302',
    'asset:receivable:clawback:hhd_01J',
    '',
  ])('has no place for "%s"', (code) => {
    expect(() => natureOf(code)).toThrow('chart of accounts');
  });

  it('names accounts by whom they are for', () => {
    expect(payeeAccount('held', 'mer_1')).toBe('liability:held:mer_1');
    expect(fundAccount('available', '')).toBe('liability:available:fund:unknown');
    expect(householdPoolAccount('430225')).toBe('liability:held:household_pool:430225');
  });
});

it.each([
  ['liability:held:mer_01J', 'MERCHANT', 'mer_01J'],
  ['liability:available:hhd_01J', 'HOUSEHOLD', 'hhd_01J'],
  ['asset:receivable:clawback:chp_01J', 'COUNTER', 'chp_01J'],
  ['liability:credit:pru_01J', 'UNIT', 'pru_01J'],
  ['asset:receivable:clawback:fund:430225', 'DIVISION', '430225'],
  ['liability:held:household_pool:430225', 'DIVISION', '430225'],
  ['asset:receivable:voucher:430200', 'DIVISION', '430200'],
])('%s is the account of a %s', (code, kind, id) => {
  expect(accountOwner(code)).toEqual({ kind, id });
});

it.each(['liability:escrow', 'asset:psp:stripe:cny', 'liability:held:fund:unknown', ''])(
  '%s is nobody’s alone',
  (code) => {
    expect(accountOwner(code)).toBeNull();
  },
);
