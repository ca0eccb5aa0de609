import type { Tx } from '#platform/database';
import type { SearchPlan } from './search-plan.rules.js';
import type { Candidate } from './search-rank.rules.js';
import type { SearchText, SpokenWord } from './search-text.rules.js';

/** What a product is found by. */
export interface SearchDocument extends SearchText {
  readonly productId: string;
}

export interface SearchView {
  /** Products on sale that answer, at most so many: what holds most of it first, then what has been bought most. */
  match(plan: SearchPlan, limit: number): Promise<Candidate[]>;
}

/** The search port: whoever keeps the index. Another engine takes the place of the database's own by another half of this. */
export abstract class ProductSearchGateway {
  /** Writes or replaces; with the transaction that changes the products, so that neither is without the other. */
  abstract put(tx: Tx, documents: readonly SearchDocument[]): Promise<void>;

  /** With the transaction that puts products on sale or takes them off. */
  abstract touch(tx: Tx, productIds: readonly string[]): Promise<void>;

  /** For one search, which asks several questions of what has been committed until it began, or later. */
  abstract asOfNow(): Promise<SearchView>;

  /** Gets ready for searches; whoever does not wait for it is answered all the same, and waits longer. */
  abstract prepare(): Promise<void>;

  /** How many words names hold; when it has not changed, neither have they. */
  abstract wordCount(): Promise<number>;

  abstract words(): Promise<SpokenWord[]>;
}
