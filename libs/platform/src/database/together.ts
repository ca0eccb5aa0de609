import { AsyncResource } from 'node:async_hooks';
import { assert, present } from '#libs/kernel';
import type { Database } from './database.js';
import { endOfTurn } from './turn.js';

/** Acts in one transaction: each of them waits for the locks of all, so they are not to be many. */
const BATCH_MAX = 50;

/** Whoever has waited so long for others goes beside them: one of those may wait for a lock. */
const PATIENCE_MS = 20;

/** Transactions of one kind at once, so that they leave connections to others. */
const LANES_MAX = 4;

interface Asked<Wish, Outcome> {
  readonly wish: Wish;
  /** By itself, under the trace of whoever has asked. */
  readonly alone: () => Promise<Outcome>;
  readonly hear: (outcome: Outcome) => void;
  readonly fail: (error: unknown) => void;
}

/**
 * An act that many ask for at once, each for something of their own: whoever asks in one turn of the event loop, or while others are served, shares a
 * transaction with them ([ADR 29](../../../../docs/adr/0029-strangers-share-a-transaction.md)). A quiet process serves each alone. Where a shared transaction
 * fails each is served alone, so that nobody hears of what another has asked for. Of one key there is never more than one in a transaction, so that
 * what the first changes the second sees.
 */
export class Together<Wish, Outcome> {
  private waiting: Asked<Wish, Outcome>[] = [];
  private lanes = 0;
  /** Null unless somebody waits for those who are served. */
  private patience: NodeJS.Timeout | null = null;
  private isBeginning = false;

  constructor(
    private readonly database: Pick<Database, 'isOpenHere'>,
    private readonly keyOf: (wish: Wish) => string,
    private readonly alone: (wish: Wish) => Promise<Outcome>,
    /** In the order of the wishes; undone where it throws. */
    private readonly all: (wishes: readonly Wish[]) => Promise<readonly Outcome[]>,
  ) {}

  of(wish: Wish): Promise<Outcome> {
    assert(!this.database.isOpenHere, 'a transaction is already open; join it instead');
    const alone = AsyncResource.bind(() => this.alone(wish));
    return new Promise((hear, fail) => {
      this.waiting.push({ wish, alone, hear, fail });
      if (this.lanes === 0) this.beginSoon();
      else if (this.lanes < LANES_MAX) this.patience ??= setTimeout(() => this.begin(), PATIENCE_MS).unref();
    });
  }

  private beginSoon(): void {
    if (this.isBeginning) return;
    this.isBeginning = true;
    void endOfTurn().then(() => {
      this.isBeginning = false;
      this.begin();
    });
  }

  private begin(): void {
    if (this.patience) clearTimeout(this.patience);
    this.patience = null;
    const batch = this.next();
    if (batch.length === 0) return;
    this.lanes += 1;
    void this.serve(batch).finally(() => {
      this.lanes -= 1;
      if (this.waiting.length > 0) this.beginSoon();
    });
  }

  private next(): Asked<Wish, Outcome>[] {
    const batch = new Map<string, Asked<Wish, Outcome>>();
    const left: Asked<Wish, Outcome>[] = [];
    for (const one of this.waiting) {
      const key = this.keyOf(one.wish);
      if (batch.has(key) || batch.size >= BATCH_MAX) left.push(one);
      else batch.set(key, one);
    }
    this.waiting = left;
    return [...batch.values()];
  }

  private async serve(batch: readonly Asked<Wish, Outcome>[]): Promise<void> {
    if (batch.length > 1 && (await this.serveAll(batch))) return;
    // One after the other, as they came: whoever is to blame is among them.
    for (const { alone, hear, fail } of batch) await alone().then(hear, fail);
  }

  /** False where it has failed: which of them it is about is not said, and whoever it is will hear of it alone. */
  private async serveAll(batch: readonly Asked<Wish, Outcome>[]): Promise<boolean> {
    try {
      const outcomes = await this.all(batch.map(({ wish }) => wish));
      for (const [index, { hear }] of batch.entries()) hear(present(outcomes[index], 'an outcome for each'));
      return true;
    } catch {
      return false;
    }
  }
}
