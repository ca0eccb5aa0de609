import { Injectable } from '@nestjs/common';
import { NotFound, refused } from '#libs/kernel';
import type { Tx } from '#platform/database';
import type { LedgerAccountState } from './ledger-account.entity.js';
import { LedgerAccountRepository } from './ledger-account.repository.js';
import { type AccountStateRefusal, refuseState } from './ledger-account.rules.js';

/** Freezes, thaws and closes accounts. */
@Injectable()
export class LedgerAccountService {
  constructor(private readonly accounts: LedgerAccountRepository) {}

  /**
   * From the commit on, FROZEN and CLOSED accounts take no new transfers: every posting reads the state under the same lock.
   * Asking for the state it is in changes nothing. Returns the state before.
   */
  async setState(
    tx: Tx,
    code: string,
    state: LedgerAccountState,
  ): Promise<LedgerAccountState | AccountStateRefusal> {
    const account = await this.accounts.lock(tx, code);
    if (!account) throw new NotFound('LedgerAccount', code);
    const refusal = refuseState(account, state);
    if (refused(refusal)) return refusal;
    if (account.state !== state) await this.accounts.saveState(tx, account.id, state);
    return account.state;
  }
}
