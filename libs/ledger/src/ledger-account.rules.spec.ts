import { type LockedAccount, refuseState } from './ledger-account.rules.js';

const account: LockedAccount = {
  id: 'acc_1',
  code: 'liability:held:mer_1',
  balanceMode: 'LOCKED',
  state: 'OPEN',
  isEmpty: true,
};

describe('the state of an account', () => {
  it.each([
    ['OPEN', 'FROZEN', true, undefined],
    ['OPEN', 'FROZEN', false, undefined],
    ['FROZEN', 'OPEN', false, undefined],
    ['FROZEN', 'FROZEN', false, undefined],
    ['OPEN', 'CLOSED', true, undefined],
    ['FROZEN', 'CLOSED', true, undefined],
    ['CLOSED', 'CLOSED', true, undefined],
    ['OPEN', 'CLOSED', false, 'ACCOUNT_NOT_EMPTY'],
    ['FROZEN', 'CLOSED', false, 'ACCOUNT_NOT_EMPTY'],
    ['CLOSED', 'OPEN', true, 'ACCOUNT_CLOSED'],
    ['CLOSED', 'FROZEN', true, 'ACCOUNT_CLOSED'],
  ] as const)('%s to %s, at zero: %s, is refused with %s', (from, to, isEmpty, code) => {
    expect(refuseState({ ...account, state: from, isEmpty }, to)?.code).toBe(code);
  });

  it.each(['FROZEN', 'CLOSED', 'OPEN'] as const)(
    'of a deferred account never becomes %s by hand',
    (state) => {
      expect(refuseState({ ...account, balanceMode: 'DEFERRED' }, state)?.code).toBe('ACCOUNT_ALWAYS_OPEN');
    },
  );
});
