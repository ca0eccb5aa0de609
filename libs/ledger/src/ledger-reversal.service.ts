import { Injectable } from '@nestjs/common';
import { present, refused } from '#libs/kernel';
import type { Tx } from '#platform/database';
import { LedgerPostingService, type PostedJournal, resultsOf } from './ledger-posting.service.js';
import { LedgerReversalRepository } from './ledger-reversal.repository.js';
import {
  type ReversalDraft,
  assertReversible,
  hashOfReversal,
  reversalOf,
  reversedBy,
} from './ledger-reversal.rules.js';
import type { ExceedsOriginalError, LedgerRefusal } from './ledger.errors.js';
import { type HashedJournal, newOf } from './ledger.rules.js';

/** Takes back what has been posted, by journals the other way. */
@Injectable()
export class LedgerReversalService {
  constructor(
    private readonly posting: LedgerPostingService,
    private readonly reversals: LedgerReversalRepository,
  ) {}

  /**
   * All reversals together never exceed a transfer of the original. The same key gives the first result; a refusal refuses the
   * whole batch. The number of statements does not depend on its size.
   */
  async reverse(
    tx: Tx,
    drafts: readonly ReversalDraft[],
  ): Promise<PostedJournal[] | LedgerRefusal | ExceedsOriginalError> {
    if (drafts.length === 0) return [];
    const originals = await this.reversals.lockOriginals(
      tx,
      drafts.map(({ reversesKey }) => reversesKey),
    );
    const byKey = new Map(originals.map((original) => [original.idempotencyKey, original]));
    // Looked up behind the lock: whoever takes back the same has then either not begun or committed.
    const known = await this.posting.knownJournals(
      tx,
      drafts.map(({ idempotencyKey }) => idempotencyKey),
    );
    const asked = drafts.map((draft) => {
      const original = present(byKey.get(draft.reversesKey), draft.reversesKey);
      assertReversible(original);
      return { draft, idempotencyKey: draft.idempotencyKey, hash: hashOfReversal(original, draft) };
    });
    const fresh = newOf(asked, known);
    if (refused(fresh)) return fresh;
    const journals: HashedJournal[] = [];
    for (const { draft, hash } of fresh) {
      const original = present(byKey.get(draft.reversesKey), draft.reversesKey);
      const entry = reversalOf(original, draft);
      if (refused(entry)) return entry;
      byKey.set(draft.reversesKey, reversedBy(original, entry));
      journals.push({ entry, hash });
    }
    const ids = new Map(known.map(({ idempotencyKey, id }) => [idempotencyKey, id]));
    const sorted = { fresh: journals, ids };
    const refusal = await this.posting.write(tx, sorted);
    if (refusal) return refusal;
    if (journals.length > 0) await this.reversals.save(tx, [...byKey.values()]);
    return resultsOf(drafts, sorted);
  }
}
