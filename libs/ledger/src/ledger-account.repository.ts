import { Injectable } from '@nestjs/common';
import { type FenText, fen } from '#libs/kernel';
import type { Tx } from '#platform/database';
import type { BalanceMode, LedgerAccountId, LedgerAccountState } from './ledger-account.entity.js';
import type { LockedAccount } from './ledger-account.rules.js';

interface Raw {
  readonly id: LedgerAccountId;
  readonly code: string;
  readonly balanceMode: BalanceMode;
  readonly state: LedgerAccountState;
  readonly balance: FenText;
  readonly pending: FenText;
}

@Injectable()
export class LedgerAccountRepository {
  async lock(tx: Tx, code: string): Promise<LockedAccount | null> {
    const [row] = await tx.query<Raw>(
      `SELECT id, code, balance_mode AS balanceMode, state, credits_posted_fen - debits_posted_fen AS balance,
              debits_pending_fen + credits_pending_fen AS pending
       FROM ledger_account WHERE code = ? FOR UPDATE`,
      [code],
    );
    if (!row) return null;
    const { balance, pending, ...account } = row;
    return { ...account, isEmpty: fen(balance) === 0n && fen(pending) === 0n };
  }

  async saveState(tx: Tx, id: LedgerAccountId, state: LedgerAccountState): Promise<void> {
    await tx.write('UPDATE ledger_account SET state = ? WHERE id = ?', [state, id]);
  }
}
