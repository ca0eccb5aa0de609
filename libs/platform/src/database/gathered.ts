import type { Database } from './database.js';
import { endOfTurn } from './turn.js';

/** So many keys go into one statement; whoever would make it more asks alone. */
const KEYS_MAX = 500;

interface Next<Row> {
  readonly keys: Set<string>;
  sharers: number;
  readonly rows: Promise<readonly Row[]>;
}

/**
 * A reading by key that many ask for at once: whoever asks in one turn of the event loop shares it, and whoever asks while one is under way shares the next, so
 * that a busy process asks the database once for many. Nothing is kept and nobody waits for more than one reading before their own. A reading begins after
 * everybody who shares it has asked, so nobody is told of what was before they came. Those who share one go on in step, and share what they ask for next as
 * well. Not within a transaction, which sees what it has written itself: whoever asks from
 * there all the same asks alone, so that nobody's reading depends on another's transaction, and is answered as `Database` sees fit.
 */
export class Gathered<Row> {
  private underWay: Promise<unknown> | null = null;
  private next: Next<Row> | null = null;

  constructor(
    private readonly database: Pick<Database, 'isOpenHere'>,
    private readonly read: (keys: readonly string[]) => Promise<readonly Row[]>,
    private readonly keyOf: (row: Row) => string,
  ) {}

  /** In the order of the reading; shared, so they are not to be changed. */
  async of(keys: readonly string[]): Promise<Row[]> {
    if (keys.length === 0) return [];
    // A list of thousands takes longer than anybody else should wait for.
    const isTooMany = (this.next?.keys.size ?? 0) + keys.length > KEYS_MAX;
    if (isTooMany || this.database.isOpenHere) return [...(await this.read(keys))];
    const next = (this.next ??= this.after(this.underWay ?? endOfTurn()));
    next.sharers += 1;
    for (const key of keys) next.keys.add(key);
    const own = new Set(keys);
    try {
      const rows = await next.rows;
      return next.sharers === 1 ? [...rows] : rows.filter((row) => own.has(this.keyOf(row)));
    } catch (error) {
      if (next.sharers === 1) throw error;
      // Somebody's key cannot be read, and whoever it is will hear of it alone.
      return [...(await this.read(keys))];
    }
  }

  private begin(keys: readonly string[]): Promise<readonly Row[]> {
    const now = this.read(keys);
    this.underWay = now;
    const end = () => {
      if (this.underWay === now) this.underWay = null;
    };
    now.then(end, end);
    return now;
  }

  private after(before: Promise<unknown>): Next<Row> {
    const keys = new Set<string>();
    const beginNext = () => {
      this.next = null;
      return this.begin([...keys]);
    };
    // That the one before failed is for those who wait for it.
    return { keys, sharers: 0, rows: before.then(beginNext, beginNext) };
  }
}
