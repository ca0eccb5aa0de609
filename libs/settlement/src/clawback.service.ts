import { Injectable } from '@nestjs/common';
import { Clock, type Fen, newId } from '#libs/kernel';
import { type AccountCode, type JournalDraft, LedgerReader, LedgerService, posted } from '#libs/ledger';
import { Database, type Tx } from '#platform/database';
import {
  AVAILABLE_PREFIX,
  CLAWBACK_PREFIX,
  availableAccount,
  clawbackAccount,
  offsetsOf,
} from './clawback.rules.js';
import { type Cause, clawbackOffsetJournal } from './journal.rules.js';

/** What payees owe back for refunds of money they had been paid, and how it is paid: out of what becomes available next. */
@Injectable()
export class ClawbackService {
  constructor(
    private readonly database: Database,
    private readonly ledger: LedgerService,
    private readonly reader: LedgerReader,
    private readonly clock: Clock,
  ) {}

  /**
   * What is still owed, by the accounts it would be taken from. Locks the payees' accounts first and what they owe second, everywhere in
   * this order: a refund that puts somebody into debt and a release that pays it take turns. Of those whose account is frozen nothing: they
   * pay once it is thawed.
   */
  async lockOwed(tx: Tx, available: readonly AccountCode[]): Promise<Map<AccountCode, Fen>> {
    if (available.length === 0) return new Map();
    const open = await this.ledger.lockOpen(tx, available);
    const owed = await this.ledger.lockFree(tx, available.map(clawbackAccount));
    return new Map(
      available.map((account) => {
        const receivable = clawbackAccount(account);
        return [receivable, open.has(account) ? (owed.get(receivable) ?? 0n) : 0n];
      }),
    );
  }

  /** The journal by which what is about to be credited pays what is owed; posted right behind the one that credits. */
  async offsetOf(
    tx: Tx,
    credits: ReadonlyMap<AccountCode, Fen>,
    { key, subject }: { readonly key: string; readonly subject: string },
    cause: Cause,
  ): Promise<JournalDraft[]> {
    const transfers = offsetsOf(credits, await this.lockOwed(tx, [...credits.keys()]));
    return transfers.length === 0 ? [] : [clawbackOffsetJournal(key, subject, transfers, cause)];
  }

  /**
   * Money that has become available in another way (a payout that was rejected or returned) pays what is owed, too. Bounded by `limit`;
   * returns how many payees have paid.
   */
  async offsetDue(limit: number): Promise<number> {
    const payees = await this.reader.suffixesOfBoth(CLAWBACK_PREFIX, AVAILABLE_PREFIX, limit);
    let count = 0;
    for (const payee of payees) {
      const isPaid = await this.database.transaction((tx) => this.offset(tx, payee));
      if (isPaid) count += 1;
    }
    return count;
  }

  private async offset(tx: Tx, payee: string): Promise<boolean> {
    const available = availableAccount(payee);
    const free = await this.ledger.lockFree(tx, [available]);
    // What is free behind the lock decides, so that any key of its own is good enough.
    const cause = { eventId: null, at: this.clock.now() };
    const label = { key: `clawback:sweep:${newId('clb')}`, subject: payee };
    const offset = await this.offsetOf(tx, free, label, cause);
    posted(await this.ledger.post(tx, offset));
    return offset.length > 0;
  }
}
