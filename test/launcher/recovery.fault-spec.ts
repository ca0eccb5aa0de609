import { jest } from '@jest/globals';
import { createConnection } from 'mysql2/promise';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { Checkout, killQuietly, until, type Run } from './checkout.js';
import { present } from '../../libs/kernel/src/index.js';

/** Any part may be killed with -9 at any moment; the next start, or the launcher itself, mends it and no row is lost. */

jest.setTimeout(60_000);

const UP = 'Taoyuan is up';

let checkout: Checkout;
let run: Run;

beforeAll(async () => {
  checkout = await Checkout.make();
  run = checkout.run(['start']);
  await run.says(UP);
  await sql('CREATE TABLE kept (id INT PRIMARY KEY)');
});

afterAll(() => checkout.remove());

async function sql(statement: string): Promise<unknown> {
  // As the owner: the fixture's migrations give the services' account no right to anything.
  const url = new URL(
    present((await checkout.ask('storefront'))?.env.DATABASE_URL, 'the storefront answers'),
  );
  const secrets = JSON.parse(checkout.read('.data/secrets.json')) as { databasePassword: string };
  [url.username, url.password] = ['taoyuan', secrets.databasePassword];
  const connection = await createConnection(url.toString());
  try {
    return (await connection.query(statement))[0];
  } finally {
    await connection.end();
  }
}

function pidsOf(pattern: RegExp): number[] {
  return checkout
    .processes()
    .filter(({ command }) => pattern.test(command))
    .map(({ pid }) => pid);
}

const MARIADBD = /^\S*mariadbd /;
const REDIS = /^\S*redis-server /;

describe('while it runs', () => {
  it('tells a second launcher where the first one serves', async () => {
    const second = checkout.run(['start']);

    expect(await second.ended).toBe(1);
    expect(second.output).toContain(
      `already runs from this checkout (process ${run.process.pid}: storefront ${checkout.url('storefront', '')}`,
    );
    expect(await checkout.ask('storefront')).toBeDefined();
  });

  it('refuses to delete the data under it', async () => {
    const reset = checkout.run(['reset', '--yes']);

    expect(await reset.ended).toBe(1);
    expect(reset.output).toContain('stop it with Ctrl-C there, then reset');
  });

  it('lets other commands use its servers', async () => {
    const seed = checkout.run(['run', 'scripts/seed']);

    expect(await seed.ended).toBe(0);
    expect(seed.output).toContain('nothing new');
    expect(pidsOf(MARIADBD)).toHaveLength(1);
  });

  it('brings a dead service back and leaves the others alone', async () => {
    const merchant = present(await checkout.ask('merchant'), 'the merchant app answers');
    const storefront = await checkout.ask('storefront');

    await fetch(checkout.url('merchant', '/crash')).catch(() => undefined);
    await run.says('merchant is back.');

    expect((await checkout.ask('merchant'))?.pid).not.toBe(merchant.pid);
    expect((await checkout.ask('storefront'))?.pid).toBe(storefront?.pid);
    expect(run.output).toContain('merchant ended unasked (code 3)');
  });

  it('brings killed servers back at the same addresses, with every committed row', async () => {
    await sql('INSERT INTO kept VALUES (1)');

    for (const pid of [...pidsOf(MARIADBD), ...pidsOf(REDIS)]) killQuietly(pid);
    await run.says('The private mariadb server is back.');
    await run.says('The private redis server is back.');

    expect(await sql('SELECT id FROM kept')).toEqual([{ id: 1 }]);
  });
});

describe('after kill -9', () => {
  it('of the launcher, its guards end everything and an immediate start recovers', async () => {
    await sql('INSERT INTO kept VALUES (2)');

    run.kill('SIGKILL');
    run = checkout.run(['start']);
    await run.says(UP);

    expect(await sql('SELECT id FROM kept ORDER BY id')).toEqual([{ id: 1 }, { id: 2 }]);
    expect(pidsOf(MARIADBD)).toHaveLength(1);
  });

  it('of the launcher and every guard, the next start ends the orphans and recovers', async () => {
    await sql('INSERT INTO kept VALUES (3)');
    const orphan = present((await checkout.ask('storefront'))?.pid, 'the storefront answers');

    for (const pid of pidsOf(/ guard \d/)) killQuietly(pid);
    run.kill('SIGKILL');
    expect((await checkout.ask('storefront'))?.pid).toBe(orphan);
    run = checkout.run(['start']);
    await run.says(UP);

    expect((await checkout.ask('storefront'))?.pid).not.toBe(orphan);
    expect(await sql('SELECT count(*) AS kept FROM kept')).toEqual([{ kept: 3 }]);
    expect(pidsOf(MARIADBD)).toHaveLength(1);
  });
});

describe('Ctrl-C', () => {
  it('stops everything within ten seconds, in order, and leaves the data', async () => {
    const startedMs = Date.now();

    run.kill('SIGINT');

    expect(await run.ended).toBe(0);
    expect(Date.now() - startedMs).toBeLessThan(10_000);
    expect(run.output).toContain('Stopped. The data is kept.');
    await until(() => checkout.processes().length === 0, 1_000);
    expect(checkout.has('.data/mysql/.ok')).toBe(true);
  });

  it('also half-way up', async () => {
    checkout.write('scripts/seed.ts', 'setTimeout(() => undefined, 60_000);\n');
    run = checkout.run(['start']);
    await run.says('migrations');

    run.kill('SIGINT');

    expect(await run.ended).toBe(0);
    await until(() => checkout.processes().length === 0);
    checkout.write('scripts/seed.ts', '');
  });
});

describe('the servers alone', () => {
  it('are made again when their first making was cut short', async () => {
    rmSync(join(checkout.dir, '.data/mysql/.ok'));
    rmSync(join(checkout.dir, '.data/mysql/ibdata1'));

    const infra = checkout.run(['infra', '--', 'true']);

    expect(await infra.ended).toBe(0);
    expect(checkout.has('.data/mysql/.ok')).toBe(true);
  });

  it('are shared by two commands, and stay when the one that started them leaves', async () => {
    const first = checkout.run(['infra']);
    const second = checkout.run(['infra']);
    await Promise.all([first.says('REDIS_URL'), second.says('REDIS_URL')]);
    const owningPid = checkout.launcherOf(present(pidsOf(MARIADBD)[0], 'one server runs'));
    const [owner, guest] = owningPid === first.process.pid ? [first, second] : [second, first];

    owner.kill('SIGTERM');
    await owner.ended;
    await guest.says('The private mariadb server is back.');
    await guest.says('The private redis server is back.');

    expect(pidsOf(MARIADBD)).toHaveLength(1);
    guest.kill('SIGTERM');
    expect(await guest.ended).toBe(0);
    await until(() => checkout.processes().length === 0);
  });
});
