import type { Tx } from '#platform/database';
import type { SearchPlan } from './search-plan.rules.js';
import type { Candidate } from './search-rank.rules.js';
import type { SearchText, SpokenWord } from './search-text.rules.js';

/** What a product is found by. */
export interface SearchDocument extends SearchText {
  readonly productId: string;
}

/** The search port: whoever keeps the index. Another engine takes the place of the database's own by another half of this. */
export abstract class ProductSearchGateway {
  /** Writes or replaces; with the transaction that changes the products, so that neither is without the other. */
  abstract put(tx: Tx, documents: readonly SearchDocument[]): Promise<void>;

  /** Products on sale that answer, at most so many, what has been bought most first. */
  abstract match(plan: SearchPlan, limit: number): Promise<Candidate[]>;

  /** How many words names hold; when it has not changed, neither have they. */
  abstract wordCount(): Promise<number>;

  abstract words(): Promise<SpokenWord[]>;
}
