import { Injectable } from '@nestjs/common';
import { Clock } from '#libs/kernel';
import { Database, type Tx } from '#platform/database';
import { booleanTextOf } from './fulltext-query.rules.js';
import { spell } from './pinyin.gateway.js';
import { ProductSearchGateway, type SearchDocument } from './product-search.gateway.js';
import type { SearchPlan } from './search-plan.rules.js';
import type { Candidate } from './search-rank.rules.js';
import { type SpokenWord, termsOf, wordsOf } from './search-text.rules.js';

/** A market of 100,000 names holds some ten thousand; past this, spelling is corrected towards a part of them. */
const WORDS_MAX = 200_000;

/** FULLTEXT of the database itself: a row is found once its transaction has committed. */
@Injectable()
export class FulltextSearchGateway extends ProductSearchGateway {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {
    super();
  }

  async put(tx: Tx, documents: readonly SearchDocument[]): Promise<void> {
    if (documents.length === 0) return;
    const indexedAt = this.clock.now();
    await tx.write(
      `INSERT INTO product_search (product_id, terms, indexed_at) VALUES ?
       ON DUPLICATE KEY UPDATE terms = VALUES(terms), indexed_at = VALUES(indexed_at)`,
      [documents.map((document) => [document.productId, termsOf(document, spell).join(' '), indexedAt])],
    );
    const words = new Map(
      documents.flatMap(({ name }) => wordsOf(name, spell)).map(({ word, pinyin }) => [word, pinyin]),
    );
    if (words.size === 0) return;
    // In order, so that two who teach the same words do not lock them crosswise.
    const rows = [...words].toSorted(([a], [b]) => (a < b ? -1 : 1));
    await tx.write(
      'INSERT INTO search_word (word, pinyin) VALUES ? ON DUPLICATE KEY UPDATE pinyin = VALUES(pinyin)',
      [rows],
    );
  }

  async match(plan: SearchPlan, limit: number): Promise<Candidate[]> {
    const text = booleanTextOf(plan);
    if (text === '') return [];
    // What holds only some of the question is ordered by how much; what holds all of it by what people bought.
    const [order, values] =
      plan.mode === 'SOME'
        ? ['MATCH (s.terms) AGAINST (? IN BOOLEAN MODE) DESC, p.id', [text, text, limit]]
        : ['p.sold_quantity DESC, p.id', [text, limit]];
    return this.database.query<Candidate>(
      `SELECT p.id, p.name, p.sold_quantity AS soldQuantity
       FROM product_search s JOIN product p ON p.id = s.product_id
       WHERE MATCH (s.terms) AGAINST (? IN BOOLEAN MODE) AND p.state = 'ON_SALE' ORDER BY ${order} LIMIT ?`,
      values,
    );
  }

  async wordCount(): Promise<number> {
    const [row] = await this.database.query<{ words: string }>('SELECT COUNT(*) AS words FROM search_word');
    return Number(row?.words ?? 0);
  }

  words(): Promise<SpokenWord[]> {
    return this.database.query<SpokenWord>('SELECT word, pinyin FROM search_word ORDER BY word LIMIT ?', [
      WORDS_MAX,
    ]);
  }
}
