import { Injectable } from '@nestjs/common';
import { Database, type Tx } from '#platform/database';
import { booleanTextOf, choicesOfPlan } from './fulltext-query.rules.js';
import { spell } from './pinyin.gateway.js';
import { ProductSearchGateway, type SearchDocument, type SearchView } from './product-search.gateway.js';
import { SearchMirrorReader } from './search-mirror.reader.js';
import type { Choice, SearchMirror } from './search-mirror.rules.js';
import type { SearchPlan } from './search-plan.rules.js';
import { COVERAGE_MIN, type Candidate } from './search-rank.rules.js';
import { type SpokenWord, termsOf, wordsOf } from './search-text.rules.js';

/** A market of 100,000 names holds some ten thousand; past this, spelling is corrected towards a part of them. */
const WORDS_MAX = 200_000;

/**
 * The documents stand in the database, with FULLTEXT over them: a row is found once its transaction has committed. Each process that is asked keeps a
 * mirror of them, and answers from it what FULLTEXT takes longer for; without one, FULLTEXT answers the same.
 */
@Injectable()
export class FulltextSearchGateway extends ProductSearchGateway {
  constructor(
    private readonly database: Database,
    private readonly mirrors: SearchMirrorReader,
  ) {
    super();
  }

  async put(tx: Tx, documents: readonly SearchDocument[]): Promise<void> {
    if (documents.length === 0) return;
    // By the database's own clock, which all who keep a mirror go by.
    await tx.write(
      `INSERT INTO product_search (product_id, terms) VALUES ?
       ON DUPLICATE KEY UPDATE terms = VALUES(terms), indexed_at = CURRENT_TIMESTAMP(6)`,
      [documents.map((document) => [document.productId, termsOf(document, spell).join(' ')])],
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

  /** Their documents say the same, and count for something else. */
  async touch(tx: Tx, productIds: readonly string[]): Promise<void> {
    await tx.write('UPDATE product_search SET indexed_at = CURRENT_TIMESTAMP(6) WHERE product_id IN (?)', [
      productIds,
    ]);
  }

  async asOfNow(): Promise<SearchView> {
    const mirror = await this.mirrors.current();
    return {
      match: (plan, limit) => {
        const choices = choicesOfPlan(plan);
        if (choices.length === 0) return Promise.resolve([]);
        return mirror
          ? this.matchIn(mirror, choices, plan.mode, limit)
          : this.matchAll(choices, plan.mode, limit);
      },
    };
  }

  prepare(): Promise<void> {
    return this.mirrors.read();
  }

  private matchIn(
    mirror: SearchMirror,
    choices: readonly Choice[],
    mode: SearchPlan['mode'],
    limit: number,
  ): Promise<Candidate[]> {
    const atLeast = mode === 'ALL' ? choices.length : Math.ceil(choices.length * COVERAGE_MIN);
    return this.onSale(mirror.find(choices, atLeast, limit));
  }

  /** What is said and sold of them now: other processes read the same, so that the pages of an answer may come from several. */
  private async onSale(ids: readonly string[]): Promise<Candidate[]> {
    if (ids.length === 0) return [];
    const rows = await this.database.query<Candidate>(
      "SELECT id, name, sold_quantity AS soldQuantity FROM product WHERE id IN (?) AND state = 'ON_SALE'",
      [ids],
    );
    const candidates = new Map(rows.map((row) => [row.id, row]));
    return ids.flatMap((id) => candidates.get(id) ?? []);
  }

  private matchAll(
    choices: readonly Choice[],
    mode: SearchPlan['mode'],
    limit: number,
  ): Promise<Candidate[]> {
    const text = booleanTextOf(choices, mode);
    // What holds only some of the question is ordered by how much; what holds all of it by what people bought.
    const [order, values] =
      mode === 'SOME'
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
