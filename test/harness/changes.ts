import { present } from '#libs/kernel';
import { statementsOf } from './statements.js';
import type { World } from './world.js';

const WRITE =
  /^\s*(?:INSERT(?:\s+IGNORE)?\s+INTO|REPLACE\s+INTO|UPDATE(?:\s+IGNORE)?|DELETE\s+(?:\w+\s+)?FROM)\s+`?(\w+)`?/i;

/** Attempts are counted, in the log and with the code that was guessed at, also those that fail; what is logged waits for its seal. */
const NOTED = new Set(['audit_entry', 'seal_waiting', 'sign_in_code', 'migration']);

/** What `work` has written and committed, one transaction after the other, by the tables that its statements name. What was rolled back is not in it. */
async function tablesWritten(work: () => Promise<unknown>, statements: string[] = []): Promise<Set<string>> {
  const committed = new Set<string>();
  let open: Set<string> | null = null;
  for (const statement of await statementsOf(work, statements)) {
    const table = WRITE.exec(statement)?.[1];
    if (/^\s*(START TRANSACTION|BEGIN)/i.test(statement)) open = new Set();
    else if (/^\s*ROLLBACK/i.test(statement)) open = null;
    else if (/^\s*COMMIT/i.test(statement)) {
      for (const each of open ?? []) committed.add(each);
      open = null;
    } else if (table !== undefined && !NOTED.has(table)) (open ?? committed).add(table);
  }
  return committed;
}

/** Checksums of all tables, kept up to date by what is written: so whether a request has changed anything costs little where it has not. */
export class Changes {
  private sums = new Map<string, string>();
  /** Where it is told what would have been committed, while nothing is. */
  private instead: string[] | null = null;

  private constructor(private readonly world: World) {}

  static async watch(world: World): Promise<Changes> {
    const changes = new Changes(world);
    const { dataSource } = world.database;
    const make = dataSource.createQueryRunner.bind(dataSource);
    dataSource.createQueryRunner = (mode) => {
      const runner = make(mode);
      const commit = runner.commitTransaction.bind(runner);
      runner.commitTransaction = async () => {
        if (!changes.instead) return commit();
        changes.instead.push('COMMIT');
        await runner.rollbackTransaction();
      };
      return runner;
    };
    changes.sums = await changes.checksums(await changes.allTables());
    return changes;
  }

  /** The tables in which `work` has left something else than before. */
  async of<T>(work: () => Promise<T>): Promise<{ readonly result: T; readonly changed: readonly string[] }> {
    const results: T[] = [];
    const written = await tablesWritten(async () => results.push(await work()));
    const changed = written.size === 0 ? [] : await this.renew([...written]);
    return { result: present(results[0], 'a result'), changed };
  }

  /** What `work` would have written: each of its transactions is taken back where it would be committed, so the world stands still. */
  async attempted<T>(
    work: () => Promise<T>,
  ): Promise<{ readonly result: T; readonly wrote: readonly string[] }> {
    const results: T[] = [];
    const statements: string[] = [];
    this.instead = statements;
    try {
      const wrote = await tablesWritten(async () => results.push(await work()), statements);
      return { result: present(results[0], 'a result'), wrote: [...wrote] };
    } finally {
      this.instead = null;
    }
  }

  /** Of all tables, whatever was seen of statements: proves that nothing was written past the watch. */
  async unseen(): Promise<string[]> {
    return this.renew(await this.allTables());
  }

  private async renew(tables: readonly string[]): Promise<string[]> {
    const now = await this.checksums(tables);
    const changed = [...now].filter(([table, sum]) => this.sums.get(table) !== sum).map(([table]) => table);
    for (const [table, sum] of now) this.sums.set(table, sum);
    return changed;
  }

  private async allTables(): Promise<string[]> {
    const rows = await this.world.database.query<{ name: string }>(
      `SELECT table_name AS name FROM information_schema.tables
       WHERE table_schema = DATABASE() AND table_type = 'BASE TABLE' ORDER BY table_name`,
    );
    return rows.map(({ name }) => name).filter((name) => !NOTED.has(name));
  }

  private async checksums(tables: readonly string[]): Promise<Map<string, string>> {
    const rows = await this.world.database.query<{ Table: string; Checksum: string }>(
      `CHECKSUM TABLE ${tables.join(', ')}`,
    );
    return new Map(
      rows.map(({ Table: table, Checksum: sum }) => [
        present(table.split('.').at(-1), 'a table'),
        String(sum),
      ]),
    );
  }
}
