import { AsyncLocalStorage } from 'node:async_hooks';
import { randomInt } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool, PoolConnection, QueryError, QueryResult } from 'mysql2';
import type { DataSource, EntityManager } from 'typeorm';
import { DomainError, assert } from '#libs/kernel';
import { snakeCase } from './snake-naming.js';

export type SqlValue = string | number | bigint | boolean | Date | Buffer | null | readonly SqlValue[];

/** One open transaction: handed on explicitly, never looked up. */
export interface Tx {
  /** For entities where that is comfortable. */
  readonly manager: EntityManager;
  /** Rows as the driver gives them: BIGINT as text, DATE as text, DATETIME as Date. */
  query<Row>(sql: string, values?: readonly SqlValue[]): Promise<Row[]>;
  /** Rows matched (not: rows changed), so that a guarded UPDATE says whether its guard held. */
  write(sql: string, values?: readonly SqlValue[]): Promise<number>;
  /** One multi-row INSERT; keys are column names in camelCase, the same in every row. */
  insert(table: string, rows: readonly Readonly<Record<string, SqlValue>>[]): Promise<void>;
}

/** Thrown to ask for the whole transaction again, for reasons SQL does not know. */
export class RetryTransaction extends Error {}

/** Deadlock (1213), lock wait timeout (1205), snapshot conflict (1020): nothing was written, so BEGIN again. */
const RETRYABLE_ERRNOS = new Set([1213, 1205, 1020]);

/** Enough for a storm of sixteen writers on five rows; past that, something else is wrong. */
const ATTEMPTS_MAX = 8;
const BACKOFF_BASE_MS = 8;

class Refusal extends Error {
  constructor(readonly refusal: DomainError) {
    super(refusal.code);
  }
}

function isRetryable(error: unknown): boolean {
  if (error instanceof RetryTransaction) return true;
  if (!(error instanceof Error)) return false;
  return 'errno' in error && typeof error.errno === 'number' && RETRYABLE_ERRNOS.has(error.errno);
}

/** True for the violation of a unique key. */
export function isDuplicate(error: unknown): boolean {
  return error instanceof Error && 'errno' in error && error.errno === 1062;
}

/** Joins: where somebody else has just taken a unique key that `write` wants, the whole transaction begins again, and sees what they have written. */
export async function unlessTaken<T>(why: string, write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (isDuplicate(error)) throw new RetryTransaction(why);
    throw error;
  }
}

/**
 * Ids and codes are kept in ASCII and instants as such. Asked for anything else, a server refuses to compare: MariaDB with 1267
 * (1270, 1271 where there are several), MySQL also with 3854, and for instants with 1525.
 */
const INCOMPARABLE_ERRNOS = new Set([1267, 1270, 1271, 3854, 1525]);

/** True where the question held a value that its column cannot hold, so that nothing can be found by it. */
export function isIncomparable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return 'errno' in error && typeof error.errno === 'number' && INCOMPARABLE_ERRNOS.has(error.errno);
}

function run(
  connection: Pool | PoolConnection,
  sql: string,
  values: readonly SqlValue[],
): Promise<QueryResult> {
  return new Promise((resolve, reject) => {
    const done = (error: QueryError | null, result: QueryResult) => (error ? reject(error) : resolve(result));
    connection.query(sql, [...values], done);
  });
}

function rowsOf<Row>(result: QueryResult): Row[] {
  assert(Array.isArray(result), 'the statement returns rows');
  return result as Row[];
}

function matchedBy(result: QueryResult): number {
  assert('affectedRows' in result, 'the statement writes');
  return result.affectedRows;
}

/** What becomes of a question beside an open transaction: thrown to whoever asks, or told to whoever mends it. */
export type OnBeside = (error: Error) => void;

function refuse(error: Error): never {
  throw error;
}

export class Database {
  /** What a transaction has begun and left to itself carries its mark on, so the mark says whether its connection is still held. */
  private readonly open = new AsyncLocalStorage<{ isHeld: boolean }>();
  private readonly underWay = new Set<Promise<unknown>>();
  /** Questions beside an open transaction since the start. */
  askedBeside = 0;

  /** Refuses what is asked beside an open transaction, unless told what else to do. */
  constructor(
    readonly dataSource: DataSource,
    private readonly onBeside: OnBeside = refuse,
  ) {}

  /**
   * Commits unless `work` throws or returns a `DomainError`; a refusal rolls back and is returned.
   * Runs `work` again from BEGIN after a deadlock, at most `ATTEMPTS_MAX` times, so `work` must have no effect outside `tx`.
   */
  transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.noted(this.attempts(() => this.attempt(work)));
  }

  /** One guarded statement that needs no other: a transaction by itself, without BEGIN and COMMIT. Rows matched; asked again after a deadlock. */
  write(sql: string, values: readonly SqlValue[] = []): Promise<number> {
    return this.noted(this.attempts(async () => matchedBy(await run(this.pool, sql, values))));
  }

  private async attempts<T>(once: () => Promise<T>): Promise<T> {
    assert(!this.isOpenHere, 'a transaction is already open; join it instead');
    for (let attempt = 1; ; attempt += 1) {
      const mark = { isHeld: true };
      try {
        return await this.open.run(mark, once);
      } catch (error) {
        if (error instanceof Refusal) return error.refusal as T;
        if (!isRetryable(error) || attempt === ATTEMPTS_MAX) throw error;
        // Jittered, so that those who collided do not collide again.
        await sleep(randomInt(BACKOFF_BASE_MS * 2 ** attempt));
      } finally {
        mark.isHeld = false;
      }
    }
  }

  /** A read outside any transaction. */
  query<Row>(sql: string, values: readonly SqlValue[] = []): Promise<Row[]> {
    this.noneBeside();
    return this.noted(run(this.pool, sql, values).then((result) => rowsOf<Row>(result)));
  }

  /** For entities where that is comfortable; outside any transaction. */
  get manager(): EntityManager {
    this.noneBeside();
    return this.dataSource.manager;
  }

  /** Whoever asks now does so in the midst of a transaction that holds a connection. */
  get isOpenHere(): boolean {
    return this.open.getStore()?.isHeld === true;
  }

  /** Gateways call this first: nothing slow happens while locks are held. */
  assertNoneOpen(): void {
    assert(!this.isOpenHere, 'no network within a transaction');
  }

  /** Whoever waits for a second connection while holding one may wait for ever, once as many do as the pool has. */
  private noneBeside(): void {
    if (!this.isOpenHere) return;
    this.askedBeside += 1;
    this.onBeside(new Error('a question beside an open transaction: ask it within'));
  }

  /** What has begun ends first: a question over a socket is nothing that the server waits for. Whoever stops a service says how long that may take. */
  async close(): Promise<void> {
    await this.settled();
    if (this.dataSource.isInitialized) await this.dataSource.destroy();
  }

  /** When nothing that was begun here is under way any more. */
  async settled(): Promise<void> {
    while (this.underWay.size > 0) await Promise.allSettled(this.underWay);
  }

  /** TypeORM's own pool: one pool serves entities and statements. */
  private get pool(): Pool {
    return (this.dataSource.driver as unknown as { pool: Pool }).pool;
  }

  private async noted<T>(work: Promise<T>): Promise<T> {
    this.underWay.add(work);
    try {
      return await work;
    } finally {
      this.underWay.delete(work);
    }
  }

  private async attempt<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    const runner = this.dataSource.createQueryRunner();
    try {
      const connection = (await runner.connect()) as PoolConnection;
      await runner.startTransaction();
      try {
        const result = await work(txOn(connection, runner.manager));
        if (result instanceof DomainError) throw new Refusal(result);
        await runner.commitTransaction();
        return result;
      } catch (error) {
        // A lost connection has rolled back by itself; the first error is the one that matters.
        await runner.rollbackTransaction().catch(() => undefined);
        throw error;
      }
    } finally {
      await runner.release();
    }
  }
}

function txOn(connection: PoolConnection, manager: EntityManager): Tx {
  return {
    manager,
    query: async <Row>(sql: string, values: readonly SqlValue[] = []) =>
      rowsOf<Row>(await run(connection, sql, values)),
    write: async (sql, values = []) => matchedBy(await run(connection, sql, values)),
    insert: async (table, rows) => {
      const [first] = rows;
      if (!first) return;
      const keys = Object.keys(first);
      const columns = keys.map((key) => `\`${snakeCase(key)}\``).join(', ');
      const values = rows.map((row) => keys.map((key) => row[key] ?? null));
      await run(connection, `INSERT INTO \`${table}\` (${columns}) VALUES ?`, [values]);
    },
  };
}

/**
 * READ COMMITTED with explicit locks: what a guarded UPDATE matched is what is there. And UTC, because the moments that the database
 * itself writes (when a journal was recorded) are sealed, whatever time zone somebody's server keeps.
 */
export const SESSION_STATEMENTS = [
  'SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED',
  "SET SESSION time_zone = '+00:00'",
] as const;

/** Once per pooled connection. */
export async function useOurSession(dataSource: DataSource): Promise<void> {
  const { pool } = dataSource.driver as unknown as { pool: Pool };
  pool.on('connection', (connection) => {
    for (const set of SESSION_STATEMENTS) connection.query(set);
  });
  // The one connection that opening has already made: nobody else uses the pool yet, so both come to it.
  for (const set of SESSION_STATEMENTS) await run(pool, set, []);
}
