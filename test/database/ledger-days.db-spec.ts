import { DAY_MS, type Fen, businessDay, newId } from '#libs/kernel';
import {
  type AccountCode,
  LedgerAuditReader,
  LedgerDayBalanceService,
  LedgerModule,
  LedgerReader,
  LedgerService,
  posted,
} from '#libs/ledger';
import type { Database } from '#platform/database';
import { dayFaultsOf } from '../harness/ledger-days.js';
import { type Rooms, openRooms } from '../harness/rooms.js';
import { countStatements } from '../harness/statements.js';

const ESCROW = 'liability:escrow';
const HELD = 'liability:held:mer_1';

describe('balances of days', () => {
  let rooms: Rooms;
  let reader: LedgerReader;

  beforeEach(async () => {
    rooms = await openRooms(LedgerModule);
    reader = rooms.get(LedgerReader);
  });
  afterEach(async () => {
    expect(await dayFaultsOf(rooms.get(LedgerAuditReader))).toEqual([]);
    expect((await reader.trialBalance()).differenceFen).toBe(0n);
    await rooms.close();
  });

  const draft = (
    debit: AccountCode,
    credit: AccountCode,
    amountFen: Fen,
    effectiveAt = rooms.clock.now(),
  ) => ({
    idempotencyKey: newId('key'),
    kind: 'test',
    subject: 'ord_1',
    eventId: null,
    effectiveAt,
    transfers: [{ debit, credit, amountFen }],
  });
  const post = async (...drafts: ReturnType<typeof draft>[]) =>
    posted(await rooms.database.transaction((tx) => rooms.get(LedgerService).post(tx, drafts)));
  const addUp = async (limit = 100) => {
    let added = 0;
    for (let n = await rooms.get(LedgerDayBalanceService).addUp(limit); n > 0;) {
      added += n;
      n = await rooms.get(LedgerDayBalanceService).addUp(limit);
    }
    return added;
  };
  const asOf = async (code: string, day: string | null = null) =>
    (await reader.accountByCode(code, day))?.balanceFen;
  const today = () => businessDay(rooms.clock.now());
  /** What the sum of all transfers up to the day is, by a road of its own. */
  const summed = async (day: string) => {
    const [row] = await rooms.database.query<{ sum: string }>(
      `SELECT COALESCE(SUM(CASE WHEN c.code = ? THEN t.amount_fen ELSE 0 END), 0)
         - COALESCE(SUM(CASE WHEN d.code = ? THEN t.amount_fen ELSE 0 END), 0) AS sum
       FROM ledger_transfer t JOIN ledger_journal j ON j.id = t.journal_id
       JOIN ledger_account d ON d.id = t.debit_account_id JOIN ledger_account c ON c.id = t.credit_account_id
       WHERE DATE(DATE_ADD(j.effective_at, INTERVAL 8 HOUR)) <= ?`,
      [ESCROW, ESCROW, day],
    );
    return BigInt(row?.sum ?? 0);
  };

  it('H8: say what any account held at the end of any day, before they are added up and after', async () => {
    const first = today();
    await post(draft(ESCROW, HELD, 100n));
    rooms.clock.advance(2 * DAY_MS);
    const third = today();
    await post(draft(ESCROW, HELD, 20n), draft(HELD, 'liability:refund_payable', 5n));
    const answers = async () => ({
      before: await asOf(HELD, '2020-01-01'),
      first: await asOf(HELD, first),
      second: await asOf(HELD, businessDay(new Date(rooms.clock.now().getTime() - DAY_MS))),
      third: await asOf(HELD, third),
      escrow: [await asOf(ESCROW, first), await asOf(ESCROW, third), await asOf(ESCROW)],
    });
    const expected = { before: 0n, first: 100n, second: 100n, third: 115n, escrow: [-100n, -120n, -120n] };

    expect(await answers()).toEqual(expected);
    expect(await addUp(1)).toBe(3);
    expect(await answers()).toEqual(expected);
    expect(await reader.trialBalance(first)).toEqual({
      rows: [{ type: 'liability', debitsFen: 100n, creditsFen: 100n }],
      differenceFen: 0n,
    });
    expect(await reader.trialBalance('2020-01-01')).toEqual({
      rows: [{ type: 'liability', debitsFen: 0n, creditsFen: 0n }],
      differenceFen: 0n,
    });
  });

  it('D21: belong to the day in Shanghai', async () => {
    await post(draft(ESCROW, HELD, 1n, new Date('2026-10-31T15:59:59Z')));
    await post(draft(ESCROW, HELD, 2n, new Date('2026-10-31T16:00:00Z')));
    await addUp();

    expect([await asOf(HELD, '2026-10-31'), await asOf(HELD, '2026-11-01')]).toEqual([1n, 3n]);
  });

  it('take what is told late of a past day into every day since', async () => {
    const first = rooms.clock.now();
    await post(draft(ESCROW, HELD, 100n));
    rooms.clock.advance(DAY_MS);
    await post(draft(ESCROW, HELD, 20n));
    await addUp();

    await post(draft(ESCROW, HELD, 3n, first));

    for (const add of [() => Promise.resolve(0), addUp]) {
      await add();
      expect([await asOf(HELD, businessDay(first)), await asOf(HELD, today())]).toEqual([103n, 123n]);
      expect(await asOf(ESCROW)).toBe(-123n);
    }
  });

  it('G6: miss nothing that commits later than what came after it', async () => {
    await post(draft(ESCROW, 'liability:deferred_fee', 1n), draft(ESCROW, 'liability:refund_payable', 1n)); // Opens them.
    await addUp();
    let commit = () => {};
    const held = new Promise<void>((resolve) => (commit = resolve));
    let isWritten = () => {};
    const written = new Promise<void>((resolve) => (isWritten = resolve));
    const early = rooms.database.transaction(async (tx) => {
      posted(await rooms.get(LedgerService).post(tx, [draft(ESCROW, 'liability:deferred_fee', 7n)]));
      isWritten();
      await held;
    });
    await written;
    await post(draft(ESCROW, 'liability:refund_payable', 1n)); // Later by id and by moment, and committed first.

    expect(await addUp()).toBe(1);
    expect(await asOf(ESCROW)).toBe(-3n);
    commit();
    await early;

    expect(await asOf(ESCROW)).toBe(-10n);
    expect(await addUp()).toBe(1);
    expect([await asOf(ESCROW), await summed(today())]).toEqual([-10n, -10n]);
  });

  it('equal the full sum whoever adds up beside whoever posts', async () => {
    const posting = Array.from({ length: 30 }, (_, n) =>
      post(
        draft(ESCROW, `liability:held:mer_${n % 3}`, BigInt(n + 1)),
        draft('asset:psp:stripe:cny', ESCROW, 500n, new Date(rooms.clock.now().getTime() - (n % 4) * DAY_MS)),
      ),
    );
    const adding = Array.from({ length: 12 }, () => rooms.get(LedgerDayBalanceService).addUp(7));

    await Promise.all([...posting, ...adding]);
    expect(await asOf(ESCROW)).toBe(await summed(today()));
    await addUp(7);

    expect(await asOf(ESCROW)).toBe(await summed(today()));
    expect(await asOf(ESCROW, '2026-10-31')).toBe(await summed('2026-10-31'));
    expect(await rooms.database.query('SELECT journal_id FROM ledger_day_waiting')).toEqual([]);
  });

  it('read as many rows of a deferred account with a history of 40 or of 400 transfers', async () => {
    const cost = async (transfers: number) => {
      await post(...Array.from({ length: transfers }, () => draft(ESCROW, HELD, 1n)));
      await addUp();
      return rooms.database.transaction(async (tx) => {
        // Counted by the server, for this connection alone.
        const rowsRead = async () => {
          const rows = await tx.query<{ Value: string }>("SHOW SESSION STATUS LIKE 'Handler_read%'");
          return rows.reduce((sum, { Value }) => sum + Number(Value), 0);
        };
        const before = await rowsRead();
        const onTx = new LedgerReader(tx as unknown as Database);
        expect(await onTx.accountByCode(ESCROW)).toMatchObject({ code: ESCROW });
        return (await rowsRead()) - before;
      });
    };

    const first = await cost(40);

    expect(await cost(360)).toBe(first);
    expect(await asOf(ESCROW)).toBe(-400n);
  });

  it.each([1, 10, 60])('are added up with the same number of statements for %i journals', async (size) => {
    await post(...Array.from({ length: size }, (_, n) => draft(ESCROW, `liability:held:hhd_${n}`, 1n)));

    expect(await countStatements(() => rooms.get(LedgerDayBalanceService).addUp(100))).toBe(8);
  });

  it('name an account whose balance of a day was altered by hand', async () => {
    await post(draft(ESCROW, HELD, 100n));
    await addUp();
    const alter = (by: number) =>
      rooms.database.transaction((tx) =>
        tx.write(
          `UPDATE ledger_day_balance SET credits_fen = credits_fen + ?
           WHERE account_id = (SELECT id FROM ledger_account WHERE code = ?)`,
          [by, HELD],
        ),
      );
    await alter(1);

    expect(await dayFaultsOf(rooms.get(LedgerAuditReader))).toEqual([HELD]);
    await alter(-1);
  });
});
