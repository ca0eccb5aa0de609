import { createConnection } from 'mysql2/promise';
import { type Fen, newId, present } from '#libs/kernel';
import { type AccountCode, LedgerModule, LedgerReader, LedgerService, posted } from '#libs/ledger';
import { eventually } from '../harness/fleet.js';
import { fillPool } from '../harness/pool.js';
import { type Rooms, openRooms } from '../harness/rooms.js';

const WRITERS = 16;
const JOURNALS_EACH = 12;
const ACCOUNTS = Array.from({ length: 5 }, (_, n) => `liability:held:mer_${n}` as const);

describe('at once', () => {
  let rooms: Rooms;

  beforeAll(async () => {
    rooms = await openRooms(LedgerModule);
    await fillPool(rooms.database);
  });
  afterAll(() => rooms.close());
  afterEach(async () => {
    expect(await rooms.get(LedgerReader).disagreements()).toEqual([]);
    expect((await rooms.get(LedgerReader).trialBalance()).differenceFen).toBe(0n);
  });

  const post = (idempotencyKey: string, moves: readonly (readonly [AccountCode, AccountCode, Fen])[]) => {
    const transfers = moves.map(([debit, credit, amountFen]) => ({ debit, credit, amountFen }));
    const said = { idempotencyKey, kind: 'test', subject: 'ord_1', eventId: null };
    const draft = { ...said, effectiveAt: rooms.clock.now(), transfers };
    return rooms.database.transaction((tx) => rooms.get(LedgerService).post(tx, [draft]));
  };
  const balances = async () =>
    Promise.all(
      ACCOUNTS.map(async (code) => (await rooms.get(LedgerReader).accountByCode(code))?.balanceFen),
    );

  it('G16: sixteen writers on five accounts all get through, and the balances are exact', async () => {
    posted(
      await post(
        'fund',
        ACCOUNTS.map((code) => ['liability:escrow', code, 100_000n] as const),
      ),
    );
    const expected = ACCOUNTS.map(() => 100_000n);
    const at = (n: number) => present(ACCOUNTS[n % ACCOUNTS.length], 'an account');
    /** Each in an order of its own, so that whoever locked row by row would meet the others in circles. */
    const movesOf = (writer: number, n: number) =>
      [0, 1, 2].map((step) => {
        const from = writer * 3 + n + step * 2;
        const to = from + 1 + (writer % 4);
        const amountFen = BigInt(1 + ((writer + n) % 7));
        expected[from % ACCOUNTS.length] = present(expected[from % ACCOUNTS.length], 'a sum') - amountFen;
        expected[to % ACCOUNTS.length] = present(expected[to % ACCOUNTS.length], 'a sum') + amountFen;
        return [at(from), at(to), amountFen] as const;
      });

    // A transaction gives up after eight attempts and throws, so whoever comes back has needed no more.
    await Promise.all(
      Array.from({ length: WRITERS }, async (_, writer) => {
        for (let n = 0; n < JOURNALS_EACH; n += 1) posted(await post(newId('key'), movesOf(writer, n)));
      }),
    );

    expect(await balances()).toEqual(expected);
  });

  it('are locked in the order of their ids, whatever order they are named in', async () => {
    const [one, two] = ['liability:held:mer_one', 'liability:held:mer_two'] as const;
    posted(
      await post('two', [
        ['liability:escrow', one, 1n],
        ['liability:escrow', two, 1n],
      ]),
    );
    const accounts = await rooms.database.query<{ id: string; code: AccountCode }>(
      'SELECT id, code FROM ledger_account WHERE code IN (?) ORDER BY id',
      [[one, two]],
    );
    const [first, last] = [present(accounts[0], 'an account'), present(accounts[1], 'another')];
    const isFree = async ({ id }: { readonly id: string }) =>
      rooms.database.transaction(async (tx) => {
        const sql = 'SELECT id FROM ledger_account WHERE id = ? FOR UPDATE SKIP LOCKED';
        return (await tx.query(sql, [id])).length === 1;
      });
    const blocker = await createConnection({ uri: rooms.url });
    const lock = (...codes: AccountCode[]) =>
      rooms.database.transaction((tx) => rooms.get(LedgerService).lockFree(tx, codes));
    await lock(first.code, last.code); // From now on their ids are remembered, and come in the order in which they are named.
    await blocker.beginTransaction();
    await blocker.query('SELECT id FROM ledger_account WHERE id = ? FOR UPDATE', [first.id]);
    const locking = lock(last.code, first.code);
    // Not from innodb_locks: whoever asks it more often than ten times a second is shown the same picture for ever.
    await eventually('somebody waits for the first', async () => {
      const waiting = await rooms.asOwner((tx) =>
        tx.query(
          "SELECT id FROM information_schema.processlist WHERE db = DATABASE() AND time_ms > 200 AND info LIKE '%FROM ledger_account WHERE id%FOR UPDATE%' AND id <> CONNECTION_ID()",
        ),
      );
      return waiting.length > 0;
    });

    const isLastFree = await isFree(last);
    await blocker.end();

    expect((await locking).size).toBe(2);
    expect(isLastFree).toBe(true);
  });

  it('forty callers with one key make one journal', async () => {
    const before = await balances();

    const results = await Promise.all(
      Array.from({ length: 40 }, () =>
        post('forty', [['liability:escrow', ACCOUNTS[0] ?? 'liability:escrow', 7n]]),
      ),
    );

    const journals = results.flatMap((result) => posted(result));
    expect(journals.filter(({ isNew }) => isNew)).toHaveLength(1);
    expect(new Set(journals.map(({ id }) => id)).size).toBe(1);
    expect((await balances())[0]).toBe((before[0] ?? 0n) + 7n);
  });
});
