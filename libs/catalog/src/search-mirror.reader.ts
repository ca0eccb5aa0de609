import { setImmediate } from 'node:timers/promises';
import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { Clock, MINUTE_MS, present } from '#libs/kernel';
import { Database } from '#platform/database';
import { DOCUMENTS_MAX, MirrorDraft, type MirrorDocument, type SearchMirror } from './search-mirror.rules.js';

/** As many are read and learnt in one go, or whoever else is being served waits. */
const READ_STEP = 250;
/** Documents that have changed are looked through one by one; past so many, all are read again. */
const CHANGED_MAX = 1_000;
/** Past so many, looking through them takes longer than asking the database, which answers until all have been read again. */
const CHANGED_HELD_MAX = 5_000;
/** Whoever asks waits for a look at so many; what is more, as after a rebuild, is caught up with behind them, in pages. */
const WRITTEN_MAX = 5_000;
const WRITTEN_PAGE = 1_000;
/**
 * Between writing a document and committing it lies no network; a transaction that takes longer than this all the same is not noticed until all are
 * read again.
 */
const COMMITTED_WITHIN_S = 10;
/** What has been sold is carried over every ten minutes; it says no more than which two hundred of thousands are looked at. */
const READ_AGAIN_MS = 30 * MINUTE_MS;
/** Where reading all did not help, it is not tried again at once. */
const TRY_AGAIN_MS = MINUTE_MS;

const DOCUMENTS = `SELECT s.product_id AS id, s.terms, CAST(s.indexed_at AS CHAR) AS stamp, p.sold_quantity AS soldQuantity,
    p.state = 'ON_SALE' AS onSale
  FROM product_search s JOIN product p ON p.id = s.product_id`;

interface Raw extends Omit<MirrorDocument, 'isOnSale'> {
  readonly onSale: number;
}

interface Written {
  readonly id: string;
  readonly stamp: string;
}

interface Held {
  readonly mirror: SearchMirror;
  /** By the database's clock: what was committed until then is in the mirror. */
  asOf: string;
}

const documentOf = ({ id, terms, stamp, soldQuantity, onSale }: Raw): MirrorDocument => ({
  id,
  terms,
  stamp,
  soldQuantity,
  isOnSale: onSale === 1,
});

/** Keeps a mirror of what products are found by, and has it say what has been committed until now whenever it is asked for. */
@Injectable()
export class SearchMirrorReader implements OnModuleDestroy {
  private held: Held | null = null;
  private reading: Promise<void> | null = null;
  private catchingUp: Promise<void> | null = null;
  private beganAtMs = Number.NEGATIVE_INFINITY;
  private isStopping = false;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  onModuleDestroy(): void {
    this.isStopping = true;
  }

  /** As of now; null where there is none (yet), so that the database has to be asked. */
  async current(): Promise<SearchMirror | null> {
    const { held } = this;
    const isCurrent = held !== null && (await this.follow(held));
    const isWorn = held === null || held.mirror.changedCount > CHANGED_MAX;
    this.readWithin(isWorn ? TRY_AGAIN_MS : READ_AGAIN_MS);
    return isCurrent ? held.mirror : null;
  }

  /** Once nothing is being caught up with any more. */
  async caughtUp(): Promise<void> {
    await this.catchingUp;
  }

  /** Reads all of them; whoever asks meanwhile is answered by what there was before. */
  read(): Promise<void> {
    this.beganAtMs = this.clock.now().getTime();
    this.reading ??= this.readAll().finally(() => {
      this.reading = null;
    });
    return this.reading;
  }

  /** Unless that was begun less than so long ago. Whoever asks does not wait for it. */
  private readWithin(ms: number): void {
    if (this.reading || Math.abs(this.clock.now().getTime() - this.beganAtMs) < ms) return;
    // A database that cannot be read is told of by whoever asks it next; the mirror is tried again then.
    this.read().catch(() => undefined);
  }

  /** What has been committed since. False where that is more than whoever asks waits for, or more than can be held. */
  private async follow(held: Held): Promise<boolean> {
    // Whoever asks meanwhile would look through the same pages.
    if (this.catchingUp !== null) return false;
    const [now, ...written] = await this.writtenSince(held.asOf);
    const unknown = written.filter((document) => !held.mirror.knows(document));
    if (written.length > WRITTEN_MAX || unknown.length > CHANGED_MAX) {
      // A database that cannot be read is told of by whoever asks it next; what was caught up with stays.
      this.catchingUp = this.catchUp(held)
        .catch(() => undefined)
        .finally(() => {
          this.catchingUp = null;
        });
      return false;
    }
    await this.learn(held, unknown);
    held.asOf = present(now, 'the time').stamp;
    return held.mirror.changedCount <= CHANGED_HELD_MAX;
  }

  /**
   * Page after page, while others are served: everything that was written until it began. What a page has passed is behind it but for who commits late, which
   * the next look finds, as it begins a moment before this one.
   */
  private async catchUp(held: Held): Promise<void> {
    const [now] = await this.database.query<{ asOf: string }>(
      'SELECT CAST(CURRENT_TIMESTAMP(6) AS CHAR) AS asOf',
    );
    for (let after: Written | undefined; ;) {
      const written = await this.writtenAfter(held.asOf, after);
      // What cannot be held is not read: all are read again.
      if (this.isStopping || held.mirror.changedCount > CHANGED_HELD_MAX) return;
      await this.learn(
        held,
        written.filter((document) => !held.mirror.knows(document)),
      );
      after = written.at(-1);
      if (written.length < WRITTEN_PAGE) break;
      await setImmediate();
    }
    held.asOf = present(now, 'the time').asOf;
  }

  private async learn({ mirror }: Held, unknown: readonly Written[]): Promise<void> {
    for (let from = 0; from < unknown.length; from += READ_STEP) {
      const ids = unknown.slice(from, from + READ_STEP).map(({ id }) => id);
      const documents = await this.database.query<Raw>(`${DOCUMENTS} WHERE s.product_id IN (?)`, [ids]);
      mirror.change(documents.map(documentOf));
    }
  }

  /** The database's time, then what has been written since, or a moment before: of two who write, who began first may commit last. */
  private writtenSince(stamp: string): Promise<Written[]> {
    return this.database.query<Written>(
      `SELECT '' AS id, CAST(CURRENT_TIMESTAMP(6) AS CHAR) AS stamp
       UNION ALL (
         SELECT product_id, CAST(indexed_at AS CHAR) FROM product_search
         WHERE indexed_at > CAST(? AS DATETIME(6)) - INTERVAL ${COMMITTED_WITHIN_S} SECOND ORDER BY indexed_at LIMIT ?)`,
      [stamp, WRITTEN_MAX + 1],
    );
  }

  /** A page of the same; documents are written by the hundred at one instant, so their ids part them. */
  private writtenAfter(stamp: string, after: Written | undefined): Promise<Written[]> {
    const beyond = after ? 'AND (indexed_at > ? OR (indexed_at = ? AND product_id > ?))' : '';
    return this.database.query<Written>(
      `SELECT product_id AS id, CAST(indexed_at AS CHAR) AS stamp FROM product_search
       WHERE indexed_at > CAST(? AS DATETIME(6)) - INTERVAL ${COMMITTED_WITHIN_S} SECOND ${beyond}
       ORDER BY indexed_at, product_id LIMIT ?`,
      [stamp, ...(after ? [after.stamp, after.stamp, after.id] : []), WRITTEN_PAGE],
    );
  }

  private async readAll(): Promise<void> {
    const [now] = await this.database.query<{ asOf: string }>(
      'SELECT CAST(CURRENT_TIMESTAMP(6) AS CHAR) AS asOf',
    );
    const draft = new MirrorDraft();
    for (let after = ''; ;) {
      const documents = await this.database.query<Raw>(
        `${DOCUMENTS} WHERE s.product_id > ? ORDER BY s.product_id LIMIT ?`,
        [after, READ_STEP],
      );
      const last = documents.at(-1);
      if (this.isStopping) return;
      if (!last) break;
      if (draft.size + documents.length > DOCUMENTS_MAX) {
        this.held = null;
        return;
      }
      draft.add(documents.map(documentOf));
      after = last.id;
    }
    this.held = { mirror: await draft.finish(() => setImmediate()), asOf: present(now, 'the time').asOf };
  }
}
