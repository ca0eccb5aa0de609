import { Injectable } from '@nestjs/common';
import { present, refused } from '#libs/kernel';
import type { Tx } from '#platform/database';
import type { LedgerJournalId } from './ledger-journal.entity.js';
import type { LedgerRefusal } from './ledger.errors.js';
import { LedgerRepository } from './ledger.repository.js';
import { type JournalDraft, assertPostable, newJournalsOf, place } from './ledger.rules.js';

export interface PostedJournal {
  readonly id: LedgerJournalId;
  readonly idempotencyKey: string;
  /** False where the same journal had been posted before; then nothing has moved now. */
  readonly isNew: boolean;
}

/** The only place where money moves. */
@Injectable()
export class LedgerService {
  constructor(private readonly ledger: LedgerRepository) {}

  /**
   * Posts the journals together, in the order given, with a number of statements that does not depend on how many they are.
   * A key seen before with the same content gives the first result; a refusal refuses the whole batch, so return it and let
   * the transaction roll back.
   */
  async post(tx: Tx, journals: readonly JournalDraft[]): Promise<PostedJournal[] | LedgerRefusal> {
    if (journals.length === 0) return [];
    assertPostable(journals);
    const known = await this.ledger.knownJournals(
      tx,
      journals.map((journal) => journal.idempotencyKey),
    );
    const fresh = newJournalsOf(journals, known);
    if (refused(fresh)) return fresh;
    const ids = new Map(known.map((journal) => [journal.idempotencyKey, journal.id]));
    const results = (isNew: (key: string) => boolean) =>
      journals.map(({ idempotencyKey }): PostedJournal => ({
        id: present(ids.get(idempotencyKey), 'an id per journal'),
        idempotencyKey,
        isNew: isNew(idempotencyKey),
      }));
    if (fresh.length === 0) return results(() => false);

    const drafts = fresh.map(({ draft }) => draft);
    const codes = new Set(
      drafts.flatMap(({ transfers }) => transfers.flatMap(({ debit, credit }) => [debit, credit])),
    );
    const accounts = await this.ledger.accounts(tx, [...codes]);
    const journalIds = await this.ledger.insertJournals(tx, fresh);
    // Balances are locked last: whoever waits for a payee's account waits as short as possible.
    const toLock = [...accounts.values()]
      .filter(({ balanceMode }) => balanceMode === 'LOCKED')
      .map(({ id }) => id);
    const posting = place(drafts, accounts, await this.ledger.lock(tx, toLock));
    if (refused(posting)) return posting;
    await this.ledger.insertTransfers(tx, journalIds, posting.transfers);
    await this.ledger.saveBalances(tx, posting.balances);

    const before = new Set(ids.keys());
    for (const [index, { idempotencyKey }] of drafts.entries()) {
      ids.set(idempotencyKey, present(journalIds[index], 'an id per journal'));
    }
    return results((key) => !before.has(key));
  }
}
