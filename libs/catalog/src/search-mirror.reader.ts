import { setImmediate } from 'node:timers/promises';
import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { Clock, MINUTE_MS, present } from '#libs/kernel';
import { Database } from '#platform/database';
import { DOCUMENTS_MAX, MirrorDraft, type MirrorDocument, type SearchMirror } from './search-mirror.rules.js';

/** As many are read and learnt in one go, or whoever else is being served waits. */
const READ_STEP = 250;
/** Documents that have changed are looked through one by one; past so many, reading all again is quicker. */
const CHANGED_MAX = 1_000;
/** While more than this have been written within moments, as by a rebuild, the database answers. */
const WRITTEN_MAX = 5_000;
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
    if (!isCurrent) this.readWithin(TRY_AGAIN_MS);
    else this.readWithin(held.mirror.changedCount > CHANGED_MAX ? TRY_AGAIN_MS : READ_AGAIN_MS);
    return isCurrent ? held.mirror : null;
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

  /** What has been committed since. False where that is more than can be followed. */
  private async follow(held: Held): Promise<boolean> {
    const [now, ...written] = await this.writtenSince(held.asOf);
    if (written.length > WRITTEN_MAX) return false;
    const unknown = written.filter((document) => !held.mirror.knows(document));
    if (unknown.length > CHANGED_MAX) return false;
    if (unknown.length > 0) {
      const ids = unknown.map(({ id }) => id);
      const documents = await this.database.query<Raw>(`${DOCUMENTS} WHERE s.product_id IN (?)`, [ids]);
      held.mirror.change(documents.map(documentOf));
    }
    held.asOf = present(now, 'the time').stamp;
    return true;
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
