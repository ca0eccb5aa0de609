import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { SystemClock, newId, present } from '#libs/kernel';
import { LedgerReader, posted } from '#libs/ledger';
import { type Database, openDatabase } from '#platform/database';
import { eventually } from '../harness/fleet.js';
import { makeLedger } from '../make/ledger.make.js';

const WRITERS = 8;
const JOURNALS_EACH = 120;
/** Of the acknowledged ones, before the server dies: in the middle, wherever each writer is. */
const ACKNOWLEDGED_MIN = 150;
/** How soon a caller without an answer asks again. */
const AGAIN_MS = 100;

/** A MariaDB of its own, because it is killed; the launcher's own servers come back on the same port. */
class OwnServer {
  private constructor(
    private readonly launcher: ChildProcess,
    readonly url: string,
  ) {}

  static async start(): Promise<OwnServer> {
    const { DATABASE_URL: _, TAOYUAN_SERVICES_URL: __, REDIS_URL: ___, ...env } = process.env;
    const launcher = spawn(process.execPath, ['scripts/taoyuan.mjs', 'infra', '--test'], {
      env,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    for await (const line of createInterface({ input: present(launcher.stdout, 'its output') })) {
      const url = /^export DATABASE_URL='(.+)'$/.exec(line)?.[1];
      if (url !== undefined) return new OwnServer(launcher, url);
    }
    throw new Error('the servers did not say where they are');
  }

  async kill(database: Database): Promise<void> {
    const [row] = await database.query<{ file: string }>('SELECT @@pid_file AS file');
    const pid = Number(await readFile(present(row, 'the name of a file').file, 'utf8'));
    process.kill(pid, 'SIGKILL');
  }

  async close(): Promise<void> {
    this.launcher.kill('SIGTERM');
    if (this.launcher.exitCode === null) await once(this.launcher, 'exit');
  }
}

describe('MariaDB, killed in the middle of posting', () => {
  let server: OwnServer;
  let database: Database;

  beforeAll(async () => {
    server = await OwnServer.start();
    const env = { ...process.env, DATABASE_URL: server.url };
    await promisify(execFile)(process.execPath, ['dist/scripts/migrate.js'], { env });
    database = await openDatabase({ databaseUrl: server.url, databasePoolSize: WRITERS });
  }, 90_000);
  afterAll(async () => {
    await database.close();
    await server.close();
  }, 60_000);

  it('G14: what was acknowledged is there, and what was not is there once after it is asked for again', async () => {
    const ledger = makeLedger(new SystemClock());
    const post = async (idempotencyKey: string) => {
      const transfers = [
        {
          debit: 'liability:escrow',
          credit: `liability:held:mer_${idempotencyKey.endsWith('A') ? 1 : 2}`,
          amountFen: 7n,
        },
        { debit: 'liability:escrow', credit: 'liability:held:mer_both', amountFen: 3n },
      ] as const;
      const said = { idempotencyKey, kind: 'test', subject: 'ord_1', eventId: null };
      const draft = { ...said, effectiveAt: new Date('2026-11-02T02:00:00Z'), transfers };
      posted(await database.transaction((tx) => ledger.post(tx, [draft])));
    };
    const keys = Array.from({ length: WRITERS * JOURNALS_EACH }, () => newId('key'));
    const acknowledged: string[] = [];
    const atTheKill: string[] = [];
    let failures = 0;
    /** As every caller of ours does: the same key until there is an answer. */
    const write = async (key: string) => {
      await eventually(
        `an answer for ${key}`,
        async () => {
          try {
            await post(key);
            acknowledged.push(key);
            return true;
          } catch {
            failures += 1;
            await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
            return false;
          }
        },
        60_000,
      );
    };
    const writers = Array.from({ length: WRITERS }, async (_, writer) => {
      for (let n = 0; n < JOURNALS_EACH; n += 1)
        await write(present(keys[writer * JOURNALS_EACH + n], 'a key'));
    });
    await eventually('many are acknowledged', async () => acknowledged.length >= ACKNOWLEDGED_MIN);

    await server.kill(database);
    atTheKill.push(...acknowledged);
    await eventually('it is back', () =>
      database.query('SELECT 1').then(
        () => true,
        () => false,
      ),
    );
    const there = await database.query<{ key: string }>(
      'SELECT idempotency_key AS `key` FROM ledger_journal',
    );
    await Promise.all(writers);

    const found = new Set(there.map(({ key }) => key));
    expect(atTheKill.filter((key) => !found.has(key))).toEqual([]);
    expect(failures).toBeGreaterThan(0); // It was killed in the middle, and not when everything was done.
    const journals = await database.query<{ key: string }>(
      'SELECT idempotency_key AS `key` FROM ledger_journal',
    );
    expect(journals.map(({ key }) => key).toSorted()).toEqual(keys.toSorted());
    const reader = new LedgerReader(database);
    expect(await reader.disagreements()).toEqual([]);
    expect((await reader.trialBalance()).differenceFen).toBe(0n);
    const both = await reader.accountByCode('liability:held:mer_both');
    expect(both?.balanceFen).toBe(3n * BigInt(keys.length));
  }, 150_000);
});
