import type { BalanceMode, LedgerAccountId, LedgerAccountState } from './ledger-account.entity.js';
import { AccountAlwaysOpenError, AccountClosedError, AccountNotEmptyError } from './ledger.errors.js';

/** An account whose row is locked. */
export interface LockedAccount {
  readonly id: LedgerAccountId;
  readonly code: string;
  readonly balanceMode: BalanceMode;
  readonly state: LedgerAccountState;
  /** At zero, with nothing set aside. */
  readonly isEmpty: boolean;
}

export type AccountStateRefusal = AccountAlwaysOpenError | AccountClosedError | AccountNotEmptyError;

/** Whether the account may come into this state; asking for the state it is in changes nothing. */
export function refuseState(account: LockedAccount, state: LedgerAccountState): AccountStateRefusal | null {
  if (account.balanceMode === 'DEFERRED') return new AccountAlwaysOpenError(account.code);
  if (account.state === 'CLOSED' && state !== 'CLOSED') return new AccountClosedError(account.code);
  if (state === 'CLOSED' && !account.isEmpty) return new AccountNotEmptyError(account.code);
  return null;
}
