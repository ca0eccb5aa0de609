import { Injectable } from '@nestjs/common';
import { Clock, type Fen, present, refused } from '#libs/kernel';
import type { Tx } from '#platform/database';
import type { AccountCode } from './chart-of-accounts.rules.js';
import { LedgerPendingRepository } from './ledger-pending.repository.js';
import { type PendingDraft, type Resolution, endsOf, entryOfResolution } from './ledger-pending.rules.js';
import { LedgerPostingService, type PostedJournal, resultsOf } from './ledger-posting.service.js';
import type { LedgerRefusal, ResolveRefusal } from './ledger.errors.js';
import { LedgerRepository } from './ledger.repository.js';
import {
  type AccountKey,
  type JournalDraft,
  type LockedBalance,
  assertPostable,
  entryOf,
  freeFen,
} from './ledger.rules.js';

/**
 * The only place where money moves. Each act takes a batch with a number of statements that does not depend on its size; a
 * key seen before with the same content gives the first result; a refusal refuses the whole batch, so return it and let the
 * transaction roll back.
 */
@Injectable()
export class LedgerService {
  constructor(
    private readonly posting: LedgerPostingService,
    private readonly accounts: LedgerRepository,
    private readonly pendings: LedgerPendingRepository,
    private readonly clock: Clock,
  ) {}

  /** Posts the journals together, in the order given. */
  async post(tx: Tx, journals: readonly JournalDraft[]): Promise<PostedJournal[] | LedgerRefusal> {
    assertPostable(journals);
    const entries = journals.map((draft) => entryOf(draft, 'POSTED'));
    const sorted = await this.posting.sort(tx, entries);
    if (refused(sorted)) return sorted;
    const refusal = await this.posting.write(tx, sorted);
    return refusal ?? resultsOf(entries, sorted);
  }

  /** Sets aside what the journals say: no balance moves, and what is set aside may not leave otherwise. */
  async reserve(tx: Tx, drafts: readonly PendingDraft[]): Promise<PostedJournal[] | LedgerRefusal> {
    assertPostable(drafts);
    const entries = drafts.map((draft) => entryOf(draft, 'PENDING'));
    const sorted = await this.posting.sort(tx, entries);
    if (refused(sorted)) return sorted;
    const refusal = await this.posting.write(tx, sorted);
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
    const sorted = await this.posting.sort(tx, entries);
    if (refused(sorted)) return sorted;
    const isFresh = new Set(sorted.fresh.map(({ entry }) => entry));
    const fresh = resolutions.filter((_, index) => isFresh.has(present(entries[index], 'an entry each')));
    const ends = endsOf(fresh, locked, this.clock.now());
    if (refused(ends)) return ends;
    const refusal = await this.posting.write(tx, sorted);
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
    const locked = await this.locked(tx, codes);
    const freeOf = (code: AccountCode): Fen => {
      const { account, balance } = locked.get(code) ?? {};
      return account && balance?.state === 'OPEN' ? freeFen(account.normalSide, balance) : 0n;
    };
    return new Map(codes.map((code) => [code, freeOf(code)]));
  }

  /** Locks them likewise and says which may be taken from, whatever they hold: all but those that are frozen or closed. */
  async lockOpen(tx: Tx, codes: readonly AccountCode[]): Promise<ReadonlySet<AccountCode>> {
    const locked = await this.locked(tx, codes);
    return new Set(codes.filter((code) => (locked.get(code)?.balance.state ?? 'OPEN') === 'OPEN'));
  }

  /** Those of them that somebody has opened. */
  private async locked(
    tx: Tx,
    codes: readonly AccountCode[],
  ): Promise<ReadonlyMap<string, { readonly account: AccountKey; readonly balance: LockedBalance }>> {
    const accounts = await this.accounts.knownAccounts(tx, codes);
    const byId = new Map([...accounts.values()].map((account) => [account.id, account]));
    const locked = await this.accounts.lock(tx, [...byId.keys()]);
    return new Map(
      locked.map((balance) => {
        const account = present(byId.get(balance.id), 'the account of a locked balance');
        return [account.code, { account, balance }];
      }),
    );
  }
}
