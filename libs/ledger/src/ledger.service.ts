import { Injectable } from '@nestjs/common';
import { Clock, type Fen, present, refused } from '#libs/kernel';
import type { Tx } from '#platform/database';
import { LedgerPendingRepository } from './ledger-pending.repository.js';
import { type PendingDraft, type Resolution, endsOf, entryOfResolution } from './ledger-pending.rules.js';
import type { AccountCode } from './chart-of-accounts.rules.js';
import type { LedgerJournalId } from './ledger-journal.entity.js';
import type { IdempotencyConflictError, LedgerRefusal, ResolveRefusal } from './ledger.errors.js';
import { LedgerRepository } from './ledger.repository.js';
import {
  type HashedJournal,
  type JournalDraft,
  type JournalEntry,
  assertPostable,
  entryOf,
  freeFen,
  newJournalsOf,
  place,
} from './ledger.rules.js';

export interface PostedJournal {
  readonly id: LedgerJournalId;
  readonly idempotencyKey: string;
  /** False where the same journal had been posted before; then nothing has moved now. */
  readonly isNew: boolean;
}

/** What of a batch is new, and the journals of the rest. */
interface Sorted {
  readonly fresh: readonly HashedJournal[];
  readonly ids: Map<string, LedgerJournalId>;
}

/**
 * The only place where money moves. Each act takes a batch with a number of statements that does not depend on its size; a
 * key seen before with the same content gives the first result; a refusal refuses the whole batch, so return it and let the
 * transaction roll back.
 */
@Injectable()
export class LedgerService {
  constructor(
    private readonly ledger: LedgerRepository,
    private readonly pendings: LedgerPendingRepository,
    private readonly clock: Clock,
  ) {}

  /** Posts the journals together, in the order given. */
  async post(tx: Tx, journals: readonly JournalDraft[]): Promise<PostedJournal[] | LedgerRefusal> {
    assertPostable(journals);
    const entries = journals.map((draft) => entryOf(draft, 'POSTED'));
    const sorted = await this.sort(tx, entries);
    if (refused(sorted)) return sorted;
    const refusal = await this.write(tx, sorted);
    return refusal ?? resultsOf(entries, sorted);
  }

  /** Sets aside what the journals say: no balance moves, and what is set aside may not leave otherwise. */
  async reserve(tx: Tx, drafts: readonly PendingDraft[]): Promise<PostedJournal[] | LedgerRefusal> {
    assertPostable(drafts);
    const entries = drafts.map((draft) => entryOf(draft, 'PENDING'));
    const sorted = await this.sort(tx, entries);
    if (refused(sorted)) return sorted;
    const refusal = await this.write(tx, sorted);
    if (refusal) return refusal;
    const expiresAt = new Map(drafts.map((draft) => [draft.idempotencyKey, draft.expiresAt]));
    const pendings = sorted.fresh.map(({ entry }) => ({
      journalId: present(sorted.ids.get(entry.idempotencyKey), 'an id per journal'),
      transfers: entry.transfers,
      expiresAt: expiresAt.get(entry.idempotencyKey) ?? null,
    }));
    await this.pendings.insert(tx, pendings);
    return resultsOf(entries, sorted);
  }

  /** Ends what is pending, each of them once. What is posted moves now; the rest of it may leave otherwise again. */
  async resolve(tx: Tx, resolutions: readonly Resolution[]): Promise<PostedJournal[] | ResolveRefusal> {
    if (resolutions.length === 0) return [];
    const keys = resolutions.map(({ pendingKey }) => pendingKey);
    // Locked before the keys are looked up: whoever resolves the same has then either not begun or committed.
    const locked = await this.pendings.lock(tx, keys);
    const byKey = new Map(locked.map((pending) => [pending.idempotencyKey, pending]));
    const entries = resolutions.map((resolution) =>
      entryOfResolution(present(byKey.get(resolution.pendingKey), resolution.pendingKey), resolution),
    );
    const sorted = await this.sort(tx, entries);
    if (refused(sorted)) return sorted;
    const isFresh = new Set(sorted.fresh.map(({ entry }) => entry));
    const fresh = resolutions.filter((_, index) => isFresh.has(present(entries[index], 'an entry each')));
    const ends = endsOf(fresh, locked, this.clock.now());
    if (refused(ends)) return ends;
    const refusal = await this.write(tx, sorted);
    if (refusal) return refusal;
    await this.pendings.end(
      tx,
      ends.map((end, index) => ({
        ...end,
        resolvedBy: present(sorted.ids.get(fresh[index]?.idempotencyKey ?? ''), 'an id per journal'),
      })),
    );
    return resultsOf(entries, sorted);
  }

  /**
   * Locks LOCKED accounts in the order of ids and says what may still leave each: nothing of one that is frozen, closed, or
   * that nobody has opened yet. For those who take what is there, and no more.
   */
  async lockFree(tx: Tx, codes: readonly AccountCode[]): Promise<ReadonlyMap<AccountCode, Fen>> {
    const accounts = await this.ledger.knownAccounts(tx, codes);
    const locked = await this.ledger.lock(
      tx,
      [...accounts.values()].map(({ id }) => id),
    );
    const balances = new Map(locked.map((balance) => [balance.id, balance]));
    const freeOf = (code: AccountCode): Fen => {
      const account = accounts.get(code);
      const balance = account && balances.get(account.id);
      return account && balance?.state === 'OPEN' ? freeFen(account.normalSide, balance) : 0n;
    };
    return new Map(codes.map((code) => [code, freeOf(code)]));
  }

  private async sort(tx: Tx, entries: readonly JournalEntry[]): Promise<Sorted | IdempotencyConflictError> {
    if (entries.length === 0) return { fresh: [], ids: new Map() };
    const known = await this.ledger.knownJournals(
      tx,
      entries.map(({ idempotencyKey }) => idempotencyKey),
    );
    const fresh = newJournalsOf(entries, known);
    if (refused(fresh)) return fresh;
    return { fresh, ids: new Map(known.map(({ idempotencyKey, id }) => [idempotencyKey, id])) };
  }

  /** Writes what is new, and adds its ids. */
  private async write(tx: Tx, { fresh, ids }: Sorted): Promise<LedgerRefusal | null> {
    if (fresh.length === 0) return null;
    const entries = fresh.map(({ entry }) => entry);
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
    for (const [index, { idempotencyKey }] of entries.entries()) {
      ids.set(idempotencyKey, present(journalIds[index], 'an id per journal'));
    }
    return null;
  }
}

/** In the order of the entries; a key that stands twice in a batch is new once. */
function resultsOf(entries: readonly JournalEntry[], { fresh, ids }: Sorted): PostedJournal[] {
  const isNew = new Set(fresh.map(({ entry }) => entry.idempotencyKey));
  return entries.map(({ idempotencyKey }): PostedJournal => ({
    id: present(ids.get(idempotencyKey), 'an id per journal'),
    idempotencyKey,
    isNew: isNew.has(idempotencyKey),
  }));
}
