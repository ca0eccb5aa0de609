import { Injectable } from '@nestjs/common';
import { Clock, businessDay, present, refused } from '#libs/kernel';
import type { Tx } from '#platform/database';
import { LedgerDayBalanceRepository } from './ledger-day-balance.repository.js';
import type { LedgerJournalId } from './ledger-journal.entity.js';
import type { IdempotencyConflictError, LedgerRefusal } from './ledger.errors.js';
import { LedgerRepository } from './ledger.repository.js';
import {
  type HashedJournal,
  type JournalEntry,
  type KnownJournal,
  hashOf,
  inTime,
  newOf,
  place,
  refuseFuture,
} from './ledger.rules.js';

export interface PostedJournal {
  readonly id: LedgerJournalId;
  readonly idempotencyKey: string;
  /** False where the same journal had been posted before; then nothing has moved now. */
  readonly isNew: boolean;
}

/** What of a batch is new, and the journals of the rest. */
export interface Sorted {
  readonly fresh: readonly HashedJournal[];
  readonly ids: Map<string, LedgerJournalId>;
}

/** How journals of every kind get into the books; called by the ledger's own services only. */
@Injectable()
export class LedgerPostingService {
  constructor(
    private readonly ledger: LedgerRepository,
    private readonly days: LedgerDayBalanceRepository,
    private readonly clock: Clock,
  ) {}

  async sort(tx: Tx, entries: readonly JournalEntry[]): Promise<Sorted | IdempotencyConflictError> {
    if (entries.length === 0) return { fresh: [], ids: new Map() };
    const known = await this.ledger.knownJournals(
      tx,
      entries.map(({ idempotencyKey }) => idempotencyKey),
    );
    const said = entries.map((entry) => ({
      entry,
      idempotencyKey: entry.idempotencyKey,
      hash: hashOf(entry),
    }));
    const fresh = newOf(said, known);
    if (refused(fresh)) return fresh;
    return { fresh, ids: new Map(known.map(({ idempotencyKey, id }) => [idempotencyKey, id])) };
  }

  /** Writes what is new, and adds its ids. */
  async write(tx: Tx, { fresh: said, ids }: Sorted): Promise<LedgerRefusal | null> {
    if (said.length === 0) return null;
    const now = this.clock.now();
    const fresh = said.map(({ entry, hash }) => ({ entry: inTime(entry, now), hash }));
    const entries = fresh.map(({ entry }) => entry);
    const refusal = refuseFuture(entries, now);
    if (refusal) return refusal;
    const codes = new Set(
      entries.flatMap(({ transfers, releases }) =>
        [...transfers, ...releases].flatMap(({ debit, credit }) => [debit, credit]),
      ),
    );
    const accounts = await this.ledger.accounts(tx, [...codes]);
    const journalIds = await this.ledger.insertJournals(tx, fresh);
    // Balances are locked last: whoever waits for a payee's account waits as short as possible.
    const toLock = [...accounts.values()]
      .filter(({ balanceMode }) => balanceMode === 'LOCKED')
      .map(({ id }) => id);
    const locked = await this.ledger.lock(tx, toLock);
    const posting = place(entries, accounts, locked);
    if (refused(posting)) return posting;
    await this.ledger.insertTransfers(tx, journalIds, posting.transfers);
    await this.ledger.saveBalances(tx, locked, posting.balances);
    const waiting: { journalId: LedgerJournalId; day: string }[] = [];
    for (const [index, { idempotencyKey, phase, transfers, effectiveAt }] of entries.entries()) {
      const journalId = present(journalIds[index], 'an id per journal');
      ids.set(idempotencyKey, journalId);
      if (phase !== 'PENDING' && transfers.length > 0)
        waiting.push({ journalId, day: businessDay(effectiveAt) });
    }
    await this.days.insertWaiting(tx, waiting);
    return null;
  }

  knownJournals(tx: Tx, keys: readonly string[]): Promise<KnownJournal<LedgerJournalId>[]> {
    return this.ledger.knownJournals(tx, keys);
  }
}

/** In the order in which they were asked for; a key that stands twice in a batch is new once. */
export function resultsOf(
  asked: readonly { readonly idempotencyKey: string }[],
  { fresh, ids }: Sorted,
): PostedJournal[] {
  const isNew = new Set(fresh.map(({ entry }) => entry.idempotencyKey));
  return asked.map(({ idempotencyKey }): PostedJournal => ({
    id: present(ids.get(idempotencyKey), 'an id per journal'),
    idempotencyKey,
    isNew: isNew.has(idempotencyKey),
  }));
}
