import { readFile, readdir } from 'node:fs/promises';
import { present } from '#libs/kernel';
import { SettlementRooms, claim, goods } from './settlement-rooms.js';

const FOLDER = 'libs/platform/migrations';
const FUND = 'liability:available:fund:430225';

describe('the migration that locks what relief funds may be paid out of', () => {
  let house: SettlementRooms;

  beforeAll(async () => {
    house = await SettlementRooms.open();
  });
  afterAll(() => house.close());

  const migrate = async () => {
    const file = (await readdir(FOLDER)).find((name) => name.endsWith('-lock-fund-accounts.sql'));
    const sql = await readFile(`${FOLDER}/${present(file, 'the migration')}`, 'utf8');
    const statements = sql.split(/;[ \t]*$/m).filter((statement) => statement.trim() !== '');
    await house.rooms.asOwner(async (tx) => {
      for (const statement of statements) await tx.write(statement);
    });
  };
  /** As the foundation left it: summed from its transfers, which had no versions. */
  const unlock = () =>
    house.rooms.asOwner(async (tx) => {
      const id = "(SELECT id FROM ledger_account WHERE code = 'liability:available:fund:430225')";
      await tx.write(`UPDATE ledger_transfer SET debit_version = NULL WHERE debit_account_id = ${id}`);
      await tx.write(`UPDATE ledger_transfer SET credit_version = NULL WHERE credit_account_id = ${id}`);
      await tx.write(
        `UPDATE ledger_account SET balance_mode = 'DEFERRED', has_floor = 0, debits_posted_fen = 0, credits_posted_fen = 0, version = 0
         WHERE code = ?`,
        [FUND],
      );
    });

  it('keeps the balance, gives every transfer its version, and goes on from there', async () => {
    await house.sell(goods('oln_1', 10_000n));
    await house.release();
    await house.reserve(claim(2_500n));
    await unlock();
    const before = await house.reader.accountByCode(FUND);

    await migrate();
    await migrate();

    expect(await house.reader.accountByCode(FUND)).toMatchObject({
      balanceMode: 'LOCKED',
      balanceFen: before?.balanceFen,
    });
    expect(before?.balanceFen).toBe(150n);
    expect(await house.reader.disagreements()).toEqual([]);
    await house.reserve(claim(7_500n, undefined, 'rfd_2'));
    expect(await house.books()).not.toHaveProperty(FUND);
    await house.proveAndForget();
  });
});
