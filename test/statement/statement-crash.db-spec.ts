import { claim, goods } from '../database/settlement-rooms.js';
import { MOMENTS, Plug } from '../harness/plug.js';
import { StatementRooms } from './statement-rooms.js';

let house: StatementRooms;
let plug: Plug;

beforeAll(async () => {
  house = await StatementRooms.open();
  plug = new Plug(house.rooms.database);
});
afterAll(() => house.close());

const provide = async () => {
  house.clock.set('2026-10-10T02:00:00.000Z');
  await house.books.sell(goods('oln_1', 10_000n));
  await house.books.release();
  await house.books.reserve(claim(2_000n));
  await house.addUp();
  house.clock.set('2026-11-02T02:00:00Z');
};
/** The clockwork, round by round, until all is issued; whoever died over one leaves it to the next when their time is up. */
const month = async (): Promise<void> => {
  for (;;) {
    await house.work();
    const open = await house.rooms.database.query(
      'SELECT 1 FROM statement_revision WHERE next_try_at IS NOT NULL',
    );
    const isListed =
      (await house.rooms.database.query('SELECT 1 FROM statement_run WHERE finished_at IS NULL')).length ===
      0;
    if (open.length === 0 && isListed) return;
    house.clock.advance(60_000);
  }
};
const hashes = async () => {
  const statements = await house.page();
  const files = await house.reader.filesOf(statements.map(({ id }) => id));
  return files.map(({ name }) => name).toSorted();
};

it('at whichever moment the plug is pulled, everybody has one statement with both files', async () => {
  await provide();
  const count = await plug.transactionsOf(month);
  const expected = await hashes();
  expect(expected).toHaveLength(8);
  await house.proveAndForget();
  expect(count).toBeGreaterThan(20);

  let pulled = 0;
  for (let nth = 1; nth <= count; nth += 1) {
    await provide();
    plug.arm(nth, MOMENTS[nth % MOMENTS.length] ?? 'WITHIN');
    if (await plug.survive(month)) pulled += 1;

    expect(await hashes()).toEqual(expected);
    expect(await house.balancesOf('mer_1', '2026-10')).toEqual([
      [0, 0, 0],
      [0, 5_600, 0],
    ]);
    await house.proveAndForget();
  }
  expect(pulled).toBe(count);
}, 240_000);

it('by several at once, as often as by one', async () => {
  await provide();

  await Promise.all([month(), month(), month()]);

  expect(await hashes()).toHaveLength(8);
  await house.proveAndForget();
});

it('hands a statement to the next when whoever had it is dead, and goes on where that one stopped', async () => {
  await provide();
  await house.addUp();
  while ((await house.rooms.database.query('SELECT 1 FROM statement')).length === 0) await house.listing();
  // Lines are there, figures are not: what a kill -9 leaves behind.
  plug.arm(3, 'BEFORE');
  await expect(house.issuing.work()).rejects.toThrow();
  expect(await house.rooms.database.query('SELECT 1 FROM statement_balance')).toEqual([]);
  const lines = await house.rooms.database.query(
    'SELECT statement_id, journal_id, part_no FROM statement_line',
  );
  expect(lines).not.toEqual([]);

  house.clock.advance(16 * 60_000);
  await month();

  expect(
    await house.rooms.database.query('SELECT statement_id, journal_id, part_no FROM statement_line'),
  ).toEqual(expect.arrayContaining(lines));
  expect(await hashes()).toHaveLength(8);
  await house.proveAndForget();
});
