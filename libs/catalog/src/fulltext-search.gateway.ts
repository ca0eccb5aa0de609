import { setImmediate } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { Clock, MINUTE_MS } from '#libs/kernel';
import { Database, type Tx } from '#platform/database';
import { booleanTextOf, choicesOfPlan } from './fulltext-query.rules.js';
import { spell } from './pinyin.gateway.js';
import { ProductSearchGateway, type SearchDocument } from './product-search.gateway.js';
import { type FrontDocument, SearchFront } from './search-front.rules.js';
import type { SearchPlan } from './search-plan.rules.js';
import type { Candidate } from './search-rank.rules.js';
import { type SpokenWord, termsOf, wordsOf } from './search-text.rules.js';

/** A market of 100,000 names holds some ten thousand; past this, spelling is corrected towards a part of them. */
const WORDS_MAX = 200_000;

/**
 * A question that these do not answer has some 4,000 answers among 100,000 products at most, unless what it names has never sold; FULLTEXT reads
 * those in time. Their terms take some ten megabytes.
 */
const FRONT_MAX = 5_000;
/** As many are learnt in one go, or whoever else is being served waits. */
const FRONT_STEP = 500;

/** FULLTEXT of the database itself: a row is found once its transaction has committed. */
@Injectable()
export class FulltextSearchGateway extends ProductSearchGateway {
  private front = new SearchFront();
  private frontReadAtMs = Number.NEGATIVE_INFINITY;
  private frontReading: Promise<void> | null = null;

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
    await this.readFront();
    const choices = this.front.rarestFirst(choicesOfPlan(plan));
    if (choices.length === 0) return [];
    // What holds only some of it is ordered by how much; what sells says nothing of that.
    const inFront = plan.mode === 'ALL' ? this.front.first(choices, limit) : null;
    return inFront
      ? this.onSale(inFront)
      : this.matchAll(booleanTextOf(choices, plan.mode), plan.mode, limit);
  }

  /** Names and states as of now, though who stands in front is known as of a minute ago. */
  private onSale(ids: readonly string[]): Promise<Candidate[]> {
    return this.database.query<Candidate>(
      `SELECT id, name, sold_quantity AS soldQuantity FROM product WHERE id IN (?) AND state = 'ON_SALE' ORDER BY sold_quantity DESC, id`,
      [ids],
    );
  }

  private matchAll(text: string, mode: SearchPlan['mode'], limit: number): Promise<Candidate[]> {
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

  /** At most once a minute, shared by all who wait for it. */
  private async readFront(): Promise<void> {
    const nowMs = this.clock.now().getTime();
    if (Math.abs(nowMs - this.frontReadAtMs) < MINUTE_MS) return this.frontReading ?? undefined;
    this.frontReading ??= this.readBestSold().finally(() => {
      this.frontReading = null;
    });
    await this.frontReading;
    this.frontReadAtMs = nowMs;
  }

  private async readBestSold(): Promise<void> {
    const documents = await this.database.query<FrontDocument>(
      `SELECT p.id, s.terms
       FROM (SELECT id, sold_quantity FROM product WHERE state = 'ON_SALE' ORDER BY sold_quantity DESC, id DESC LIMIT ?) p
       JOIN product_search s ON s.product_id = p.id ORDER BY p.sold_quantity DESC, p.id`,
      [FRONT_MAX],
    );
    const front = new SearchFront();
    for (let start = 0; start < documents.length; start += FRONT_STEP) {
      front.add(documents.slice(start, start + FRONT_STEP));
      await setImmediate();
    }
    this.front = front;
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
