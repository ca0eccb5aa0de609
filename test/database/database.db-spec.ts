import { AsyncResource } from 'node:async_hooks';
import { DomainError } from '#libs/kernel';
import { Database, RetryTransaction, SESSION_STATEMENTS } from '#platform/database';
import { createTestDatabase, onServer, type TestDatabase } from '../harness/database.js';
import { countStatements, statementsOf } from '../harness/statements.js';

class NoError extends DomainError {
  readonly code = 'NO';
  readonly message = { zh: '不', en: 'No.' };
}

/** Where the first `count` who come wait for each other; later ones pass. */
function meetingOf(count: number): () => Promise<void> {
  let missing = count;
  let open: () => void = () => undefined;
  const complete = new Promise<void>((resolve) => {
    open = resolve;
  });
  return () => {
    missing -= 1;
    if (missing <= 0) open();
    return complete;
  };
}

it('I11: keeps UTC at a server that keeps another time', async () => {
  await onServer(async (query) => {
    const ahead = () =>
      query('SELECT TIMESTAMPDIFF(MINUTE, UTC_TIMESTAMP(6), CURRENT_TIMESTAMP(6)) AS minutes');
    await query("SET SESSION time_zone = '+08:00'");
    expect(await ahead()).toEqual([{ minutes: 480 }]);

    for (const set of SESSION_STATEMENTS) await query(set);

    expect(await ahead()).toEqual([{ minutes: 0 }]);
  });
});

describe('a transaction', () => {
  let test: TestDatabase;

  beforeAll(async () => {
    test = await createTestDatabase();
    await test.database.transaction((tx) =>
      tx.insert('category', [
        { code: 'A', nameZh: '甲', nameEn: 'A', position: 0 },
        { code: 'B', nameZh: '乙', nameEn: 'B', position: 0 },
      ]),
    );
  });
  afterAll(() => test.drop());

  const positionOf = async (code: string) => {
    const [row] = await test.database.query<{ position: number }>(
      'SELECT position FROM category WHERE code = ?',
      [code],
    );
    return row?.position;
  };
  const setPosition = (code: string, position: number) =>
    test.database.transaction((tx) =>
      tx.write('UPDATE category SET position = ? WHERE code = ?', [position, code]),
    );

  it('commits what its work wrote', async () => {
    await setPosition('A', 7);

    expect(await positionOf('A')).toBe(7);
  });

  it('rolls back when its work throws', async () => {
    await setPosition('A', 1);

    const failing = test.database.transaction(async (tx) => {
      await tx.write("UPDATE category SET position = 2 WHERE code = 'A'");
      throw new Error('half-way');
    });

    await expect(failing).rejects.toThrow('half-way');
    expect(await positionOf('A')).toBe(1);
  });

  it('rolls back a refusal and returns it', async () => {
    await setPosition('A', 1);

    const result = await test.database.transaction(async (tx) => {
      await tx.write("UPDATE category SET position = 2 WHERE code = 'A'");
      return new NoError();
    });

    expect(result).toBeInstanceOf(NoError);
    expect(await positionOf('A')).toBe(1);
  });

  it('refuses to open inside another', async () => {
    const nested = test.database.transaction(() => test.database.transaction(async () => undefined));

    await expect(nested).rejects.toThrow('already open');
  });

  it('tells gateways that locks are held', async () => {
    const calling = test.database.transaction(async () => test.database.assertNoneOpen());

    await expect(calling).rejects.toThrow('no network within a transaction');
    expect(() => test.database.assertNoneOpen()).not.toThrow();
  });

  it('refuses what would wait for a second connection', async () => {
    const ask = test.database.transaction(() => test.database.query('SELECT 1'));
    const find = test.database.transaction(async () => test.database.manager);

    await expect(ask).rejects.toThrow('beside an open transaction');
    await expect(find).rejects.toThrow('beside an open transaction');
    expect(test.database.manager).toBe(test.database.dataSource.manager);
  });

  it('answers it where it is to be told, and counts it', async () => {
    const told: Error[] = [];
    const lenient = new Database(test.database.dataSource, (error) => told.push(error));

    const rows = await lenient.transaction(() => lenient.query<{ one: number }>('SELECT 1 AS one'));
    await lenient.query('SELECT 1');

    expect(rows).toEqual([{ one: 1 }]);
    expect([told.length, lenient.askedBeside]).toEqual([1, 1]);
    expect(told[0]?.stack).toContain('database.db-spec');
  });

  it('lets what a transaction has begun ask once its connection is given back', async () => {
    const later: { ask?: () => Promise<unknown[]> } = {};
    await test.database.transaction(async () => {
      const resource = new AsyncResource('left to itself');
      later.ask = () => resource.runInAsyncScope(() => test.database.query('SELECT 1 AS one'));
      await expect(async () => later.ask?.()).rejects.toThrow('beside an open transaction');
    });

    expect(await later.ask?.()).toEqual([{ one: 1 }]);
  });

  it('begins again after a deadlock, and both sides succeed', async () => {
    await setPosition('A', 0);
    await setPosition('B', 0);
    let attempts = 0;
    const bothHoldOne = meetingOf(2);
    const bump = (first: string, second: string) =>
      test.database.transaction(async (tx) => {
        attempts += 1;
        await tx.write('UPDATE category SET position = position + 1 WHERE code = ?', [first]);
        await bothHoldOne();
        await tx.write('UPDATE category SET position = position + 1 WHERE code = ?', [second]);
      });

    await Promise.all([bump('A', 'B'), bump('B', 'A')]);

    expect([await positionOf('A'), await positionOf('B')]).toEqual([2, 2]);
    expect(attempts).toBeGreaterThan(2);
  });

  it('gives up after a bounded number of attempts', async () => {
    let attempts = 0;

    const hopeless = test.database.transaction(async () => {
      attempts += 1;
      throw new RetryTransaction('again');
    });

    await expect(hopeless).rejects.toThrow('again');
    expect(attempts).toBe(8);
  });

  it('reads what others have committed meanwhile, on every pooled connection', async () => {
    await setPosition('A', 0);
    const READERS = 10;
    const [everybodyHasRead, itIsWritten] = [meetingOf(READERS + 1), meetingOf(READERS + 1)];
    const readTwice = () =>
      test.database.transaction(async (tx) => {
        const read = async () =>
          (await tx.query<{ position: number }>("SELECT position FROM category WHERE code = 'A'"))[0]
            ?.position;
        const before = await read();
        await everybodyHasRead();
        await itIsWritten();
        return [before, await read()];
      });

    const reading = Array.from({ length: READERS }, readTwice);
    await everybodyHasRead();
    await setPosition('A', 5);
    await itIsWritten();

    expect(new Set((await Promise.all(reading)).map(String))).toEqual(new Set(['0,5']));
  });

  it('costs one statement to begin and one to commit', async () => {
    const statements = await statementsOf(() => setPosition('A', 3));

    expect(statements).toEqual(['START TRANSACTION', expect.stringContaining('UPDATE category'), 'COMMIT']);
  });

  it('counts matched rows, changed or not', async () => {
    await setPosition('A', 3);

    expect(await setPosition('A', 3)).toBe(1);
    expect(await setPosition('Z', 3)).toBe(0);
  });

  it('carries amounts beyond 2^53 exactly', async () => {
    const id = 'prd_big';
    const amount = 9_007_199_254_740_993n;
    const product = {
      id,
      merchantId: 'mer_x',
      categoryCode: 'A',
      name: '桃🍑𠮷',
      description: '',
      originCountyCode: '430225',
    };
    const rest = {
      isPerishable: true,
      state: 'ON_SALE',
      listedAt: new Date(0),
      updatedAt: new Date(0),
      priceFromFen: amount,
    };

    await test.database.transaction((tx) => tx.insert('product', [{ ...product, ...rest }]));

    const rows = await test.database.query('SELECT price_from_fen AS price, name FROM product WHERE id = ?', [
      id,
    ]);
    expect(rows).toEqual([{ price: '9007199254740993', name: '桃🍑𠮷' }]);
  });

  it('inserts many rows in one statement, and none in none', async () => {
    const rows = Array.from({ length: 50 }, (_, index) => ({
      code: `C${index}`,
      nameZh: '丙',
      nameEn: 'C',
      position: index,
    }));

    expect(await countStatements(() => test.database.transaction((tx) => tx.insert('category', rows)))).toBe(
      3,
    );
    expect(await countStatements(() => test.database.transaction((tx) => tx.insert('category', [])))).toBe(2);
  });
});
