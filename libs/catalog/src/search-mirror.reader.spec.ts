import { MINUTE_MS, plus, present } from '#libs/kernel';
import type { Database } from '#platform/database';
import { FakeClock } from '../../../test/harness/clock.js';
import { SearchMirrorReader } from './search-mirror.reader.js';

interface Row {
  readonly id: string;
  readonly terms: string;
  readonly at: Date;
}

/** So many documents, as the database would answer about them. */
class Documents {
  readonly rows = new Map<string, Row>();
  readonly asked: string[] = [];

  constructor(private readonly clock: FakeClock) {}

  write(ids: readonly number[], terms: string): void {
    for (const number of ids) {
      const id = `prd_${String(number).padStart(6, '0')}`;
      this.rows.set(id, { id, terms, at: this.clock.now() });
    }
  }

  query(sql: string, values: readonly unknown[] = []): Promise<unknown[]> {
    this.asked.push(sql);
    return Promise.resolve(this.answer(sql, values));
  }

  private answer(sql: string, values: readonly unknown[]): unknown[] {
    const stampOf = (at: Date) => at.toISOString();
    const now = { id: '', stamp: stampOf(this.clock.now()), asOf: stampOf(this.clock.now()) };
    const shown = ({ id, terms, at }: Row) => ({ id, terms, stamp: stampOf(at), soldQuantity: 0, onSale: 1 });
    const rows = [...this.rows.values()].toSorted((a, b) => (a.id < b.id ? -1 : 1));
    if (sql.includes('UNION ALL')) return [now, ...this.written(values, 0)];
    if (sql.includes('product_id IN (?)')) {
      const ids = values[0] as string[];
      return rows.filter(({ id }) => ids.includes(id)).map(shown);
    }
    if (sql.includes('s.product_id > ?'))
      return rows
        .filter(({ id }) => id > String(values[0]))
        .slice(0, Number(values[1]))
        .map(shown);
    return sql.includes('indexed_at >') ? this.written(values, values.length - 2) : [now];
  }

  private written(values: readonly unknown[], keys: number): unknown[] {
    const since = stamp(plus(new Date(String(values[0])), -10_000));
    const [after = '', , id = ''] = keys > 0 ? values.slice(1).map(String) : [];
    return [...this.rows.values()]
      .map((row) => ({ id: row.id, stamp: stamp(row.at) }))
      .filter(
        (row) =>
          row.stamp > since && (keys === 0 || row.stamp > after || (row.stamp === after && row.id > id)),
      )
      .toSorted((a, b) => (a.stamp + a.id < b.stamp + b.id ? -1 : 1))
      .slice(0, Number(values.at(-1)));
  }
}

const stamp = (at: Date) => at.toISOString();
const upTo = (count: number) => Array.from({ length: count }, (_, index) => index);

describe('a mirror of what has been written', () => {
  let clock: FakeClock;
  let documents: Documents;
  let reader: SearchMirrorReader;

  beforeEach(() => {
    clock = new FakeClock();
    documents = new Documents(clock);
    reader = new SearchMirrorReader(documents as unknown as Database, clock);
  });

  const found = async (term: string) => (await reader.current())?.find([[term]], 1, 9_999).length ?? null;

  it('is there as soon as all is read, though all of it was written a moment ago', async () => {
    documents.write(upTo(12_000), 'old');
    await reader.read();

    // Whoever asks first is answered by the database, and the mirror catches up behind them.
    expect(await found('old')).toBeNull();
    await reader.caughtUp();
    clock.advance(10_001);
    // What it has caught up with is looked through once more, for those who began before and committed after.
    expect(await found('old')).toBeNull();
    await reader.caughtUp();

    expect(await found('old')).toBe(9_999);
  });

  it('catches up in pages with what many at once have written, and says what is so now', async () => {
    documents.write(upTo(6_000), 'old');
    clock.advance(MINUTE_MS);
    await reader.read();
    documents.write(upTo(3_500), 'new');

    expect(await found('new')).toBeNull();
    await reader.caughtUp();
    clock.advance(10_001);

    expect([await found('new'), await found('old')]).toEqual([3_500, 2_500]);
    const pages = documents.asked.filter((sql) => sql.includes('ORDER BY indexed_at, product_id'));
    expect(pages).toHaveLength(4);
  });

  it('is asked of one at a time: who asks while it catches up is answered by the database, which is asked nothing for it', async () => {
    documents.write(upTo(6_000), 'old');
    await reader.read();
    await reader.current();
    const before = documents.asked.length;

    const meanwhile = await Promise.all([reader.current(), reader.current()]);

    expect(meanwhile).toEqual([null, null]);
    const since = documents.asked.slice(before).filter((sql) => sql.includes('UNION ALL'));
    expect(since).toEqual([]);
    await reader.caughtUp();
  });

  it('follows a few at once, in one look', async () => {
    documents.write(upTo(500), 'old');
    clock.advance(MINUTE_MS);
    await reader.read();
    documents.write([1, 2, 3], 'new');

    expect([await found('new'), await found('old')]).toEqual([3, 497]);
  });

  it('is read anew where more has changed than is looked through', async () => {
    documents.write(upTo(9_000), 'old');
    clock.advance(MINUTE_MS);
    await reader.read();
    documents.write(upTo(9_000), 'new');
    await reader.current();
    await reader.caughtUp();
    clock.advance(MINUTE_MS + 1);

    expect(await found('new')).toBeNull();
    await reader.read();
    expect(present(await found('new'), 'a mirror')).toBe(9_000);
  });
});
