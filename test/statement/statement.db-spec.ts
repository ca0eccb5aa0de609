import { refused } from '#libs/kernel';
import { LedgerReader } from '#libs/ledger';
import { PayeeShareReader } from '#libs/settlement';
import { MoneyLineReader } from '#libs/statement';
import { claim, goods } from '../database/settlement-rooms.js';
import { countStatements } from '../harness/statements.js';
import { StatementRooms } from './statement-rooms.js';

let house: StatementRooms;

beforeAll(async () => {
  house = await StatementRooms.open();
});
beforeEach(() => house.clock.set('2026-10-10T02:00:00.000Z'));
afterEach(() => house.proveAndForget());
afterAll(() => house.close());

const OCTOBER = '2026-10';
const NOVEMBER = '2026-11';

describe('the chain of months', () => {
  it('H7: the October closing is the November opening, line by line to the fen', async () => {
    await house.books.sell(goods('oln_1', 10_000n), goods('oln_2', 3_000n));
    await house.books.release();
    await house.books.reserve(claim(2_000n));
    house.clock.set('2026-11-20T02:00:00Z');
    await house.credit('mer_1', 500n);
    house.clock.set('2026-12-02T02:00:00Z');

    await house.work();

    expect(await house.balancesOf('mer_1', OCTOBER)).toEqual([
      [0, 0, 0],
      [0, 7_700, 0],
    ]);
    expect(await house.balancesOf('mer_1', NOVEMBER)).toEqual([
      [0, 7_700, 0],
      [0, 8_200, 0],
    ]);
    expect(await house.linesOf((await house.of('mer_1', OCTOBER)).id)).toEqual([
      'SALE 10000 7000 0 0',
      'SALE 3000 2100 0 0',
      'RELEASE - -7000 7000 0',
      'RELEASE - -2100 2100 0',
      'REFUND -2000 0 -1400 0',
    ]);
    expect(await house.linesOf((await house.of('mer_1', NOVEMBER)).id)).toEqual(['RELEASE - 0 500 0']);
    // Everybody who was paid has one, and nobody else.
    expect((await house.page({ month: OCTOBER })).map(({ payeeId }) => payeeId).toSorted()).toEqual([
      '430225',
      'chp_1',
      'hhd_1',
      'mer_1',
    ]);
  });

  it('D21: a release at 2026-10-31T16:30Z counts to November, in Shanghai', async () => {
    house.clock.set('2026-11-02T02:00:00Z');
    await house.credit('mer_1', 100n, new Date('2026-10-31T15:59:59.999Z'));
    await house.credit('mer_1', 20n, new Date('2026-10-31T16:30:00Z'));
    house.clock.set('2026-12-02T02:00:00Z');

    await house.work();

    expect(await house.balancesOf('mer_1', OCTOBER)).toEqual([
      [0, 0, 0],
      [0, 100, 0],
    ]);
    expect(await house.balancesOf('mer_1', NOVEMBER)).toEqual([
      [0, 100, 0],
      [0, 120, 0],
    ]);
  });

  it('what is written down after a month was issued, and took effect in it, stands in the next and says so', async () => {
    await house.credit('mer_1', 100n);
    house.clock.set('2026-11-02T02:00:00Z');
    await house.work();
    const before = await house.file((await house.of('mer_1', OCTOBER)).id, 'PDF');

    await house.credit('mer_1', 7n, new Date('2026-10-20T02:00:00Z'));
    await house.credit('mer_1', 30n);
    house.clock.set('2026-12-02T02:00:00Z');
    await house.work();

    expect(await house.balancesOf('mer_1', OCTOBER)).toEqual([
      [0, 0, 0],
      [0, 100, 0],
    ]);
    expect(await house.file((await house.of('mer_1', OCTOBER)).id, 'PDF')).toEqual(before);
    expect(await house.balancesOf('mer_1', NOVEMBER)).toEqual([
      [0, 100, 0],
      [0, 137, 0],
    ]);
    expect(await house.linesOf((await house.of('mer_1', NOVEMBER)).id)).toEqual([
      'late RELEASE - 0 7 0',
      'RELEASE - 0 30 0',
    ]);
  });

  it('leaves out months without movement and without balance, and goes on where it stopped', async () => {
    house.clock.set('2026-11-06T02:00:00Z');
    await house.credit('mer_1', 100n, new Date('2026-08-05T02:00:00Z'));
    await house.move(
      'payout',
      'liability:available:mer_1',
      'asset:bank:main',
      100n,
      new Date('2026-08-20T02:00:00Z'),
    );
    await house.credit('mer_1', 5n, new Date('2026-11-05T02:00:00Z'));
    await house.credit('mer_2', 9n, new Date('2026-09-05T02:00:00Z'));
    house.clock.set('2026-12-02T02:00:00Z');

    await house.work();

    const months = async (payeeId: string) => (await house.page({ payeeId })).map(({ month }) => month);
    expect(await months('mer_1')).toEqual(['2026-11', '2026-08']);
    // Something was there at the end of each of them.
    expect(await months('mer_2')).toEqual(['2026-11', '2026-10', '2026-09']);
  });

  it('is made once, however often the clock comes round, and not before the month is over', async () => {
    await house.credit('mer_1', 100n);
    house.clock.set('2026-10-31T17:59:59Z');
    await house.work();
    expect(await house.page()).toEqual([]);

    house.clock.set('2026-10-31T18:00:00Z');
    await house.work();
    await house.work();

    expect(await house.page()).toMatchObject([{ payeeId: 'mer_1', month: OCTOBER }]);
    const [{ id } = { id: '' }] = await house.page();
    expect(await house.reader.revisionsOf([id])).toMatchObject([
      { number: 'ST-mer_1-202610-1', state: 'ISSUED', payeeName: 'mer_1' },
    ]);
  });

  it('shows what a payee owes, and sets it off', async () => {
    await house.books.sell(goods('oln_1', 10_000n));
    await house.books.release();
    await house.move('payout', 'liability:available:mer_1', 'asset:bank:main', 7_000n);
    await house.books.reserve(claim(1_000n));
    house.clock.set('2026-11-02T02:00:00Z');

    await house.work();

    expect(await house.balancesOf('mer_1', OCTOBER)).toEqual([
      [0, 0, 0],
      [0, 0, 700],
    ]);
    expect(await house.linesOf((await house.of('mer_1', OCTOBER)).id)).toContain('REFUND -1000 0 0 700');
  });
});

describe('what the books do not say, is not issued', () => {
  const brokenBooks = async () => {
    await house.credit('mer_1', 100n);
    await house.credit('mer_2', 100n);
    await house.addUp();
    await house.rooms.asOwner((tx) =>
      tx.write(
        `UPDATE ledger_day_balance b JOIN ledger_account a ON a.id = b.account_id
         SET b.credits_fen = b.credits_fen + 1 WHERE a.code = 'liability:available:mer_1'`,
      ),
    );
    house.clock.set('2026-11-02T02:00:00Z');
    await house.work();
  };
  const mend = () =>
    house.rooms.asOwner((tx) =>
      tx.write(
        `UPDATE ledger_day_balance b JOIN ledger_account a ON a.id = b.account_id
         SET b.credits_fen = b.credits_fen - 1 WHERE a.code = 'liability:available:mer_1'`,
      ),
    );

  it('and the account and the difference are named; the others go out, and so does it once the books are right', async () => {
    await brokenBooks();
    const { id } = await house.of('mer_1', OCTOBER);

    expect(await house.reader.revisionsOf([id])).toMatchObject([
      { state: 'REFUSED', faultAccount: 'liability:available:mer_1', faultFen: 1n, issuedAt: null },
    ]);
    expect(await house.reader.filesOf([id])).toEqual([]);
    expect((await house.of('mer_1', OCTOBER)).balances).toBeNull();
    expect((await house.of('mer_2', OCTOBER)).balances).not.toBeNull();

    await mend();
    house.clock.advance(60 * 60_000);
    await house.work();

    expect(await house.reader.revisionsOf([id])).toMatchObject([
      { state: 'ISSUED', faultAccount: null, faultFen: null },
    ]);
  });

  it('and no later month overtakes it', async () => {
    await brokenBooks();
    house.clock.set('2026-12-02T02:00:00Z');
    await house.work();

    const { id } = await house.of('mer_1', NOVEMBER);
    expect(await house.reader.revisionsOf([id])).toMatchObject([{ state: 'ISSUING' }]);
    await mend();
    house.clock.advance(60 * 60_000);
    await house.work();
    house.clock.advance(60_000);
    await house.work();
    expect(await house.reader.revisionsOf([id])).toMatchObject([{ state: 'ISSUED' }]);
  });
});

describe('on demand', () => {
  it('any days that are over, as the books have them', async () => {
    await house.credit('mer_1', 100n, new Date('2026-10-04T02:00:00Z'));
    await house.credit('mer_1', 20n, new Date('2026-10-06T02:00:00Z'));
    await house.credit('mer_1', 3n, new Date('2026-10-08T02:00:00Z'));

    const id = await house.issue('mer_1', '2026-10-05', '2026-10-07');
    expect(await house.issue('mer_1', '2026-10-05', '2026-10-07')).toBe(id);
    await house.work();

    const [statement] = await house.page({ payeeId: 'mer_1' });
    expect(statement).toMatchObject({
      kind: 'ON_DEMAND',
      month: null,
      balances: { opening: { availableFen: 100n }, closing: { availableFen: 120n }, lineCount: 1 },
    });
    expect(await house.reader.revisionsOf([id])).toMatchObject([
      { number: 'ST-mer_1-20261005-20261007-1', state: 'ISSUED', requestedBy: house.finance },
    ]);
  });

  it('a month that is next is a link of the chain, with those before it', async () => {
    await house.credit('mer_1', 100n, new Date('2026-08-04T02:00:00Z'));
    await house.addUp();

    const id = await house.issue('mer_1', '2026-09-01', '2026-09-30');
    await house.work();

    expect((await house.page({ payeeId: 'mer_1' })).map(({ month }) => month)).toEqual([
      '2026-09',
      '2026-08',
    ]);
    expect((await house.of('mer_1', '2026-09')).id).toBe(id);
    expect(await house.balancesOf('mer_1', '2026-09')).toEqual([
      [0, 100, 0],
      [0, 100, 0],
    ]);
  });

  it.each([
    ['a day that is not over', '2026-10-01', '2026-10-10', 'STATEMENT_PERIOD'],
    ['days in the wrong order', '2026-10-05', '2026-10-04', 'STATEMENT_PERIOD'],
    ['more than a year', '2025-01-01', '2026-09-30', 'STATEMENT_PERIOD'],
  ])('refuses %s', async (_, fromOn, toOn, code) => {
    await house.credit('mer_1', 100n);
    await house.addUp();

    const refusal = await house.issuing.issue(house.finance, { payeeId: 'mer_1', fromOn, toOn });

    expect(refusal).toMatchObject({ code });
    expect(await house.page()).toEqual([]);
  });

  it('knows nobody who never had anything, and nothing that is no payee', async () => {
    const days = { fromOn: '2026-10-01', toOn: '2026-10-05' };

    await expect(house.issuing.issue(house.finance, { payeeId: 'mer_9', ...days })).rejects.toThrow(
      'not found',
    );
    expect(await house.issuing.issue(house.finance, { payeeId: 'nobody', ...days })).toMatchObject({
      code: 'INVALID_INPUT',
    });
  });
});

describe('editions', () => {
  it('H7: another has its own number and reason, the same figures, and the first stays readable', async () => {
    await house.credit('mer_1', 100n);
    house.clock.set('2026-11-02T02:00:00Z');
    await house.work();
    const { id } = await house.of('mer_1', OCTOBER);
    const first = await house.file(id, 'PDF');
    // Of October, and written down after it: that is the next month's, whichever edition says so.
    await house.credit('mer_1', 7n, new Date('2026-10-20T02:00:00Z'));

    const wish = { statementId: id, reason: '商户更名', idempotencyKey: 'again' };
    expect(await house.issuing.reissue(house.finance, wish)).toBe(id);
    expect(await house.issuing.reissue(house.finance, wish)).toBe(id);
    await house.work();

    expect(await house.reader.revisionsOf([id])).toMatchObject([
      { rev: 1, number: 'ST-mer_1-202610-1', reason: null, state: 'ISSUED' },
      {
        rev: 2,
        number: 'ST-mer_1-202610-2',
        reason: '商户更名',
        state: 'ISSUED',
        requestedBy: house.finance,
      },
    ]);
    expect(await house.file(id, 'PDF', 1)).toEqual(first);
    expect((await house.file(id, 'CSV', 2)).toString()).toContain('商户更名,ST-mer_1-202610-1');
    expect(await house.balancesOf('mer_1', OCTOBER)).toEqual([
      [0, 0, 0],
      [0, 100, 0],
    ]);
  });

  it('need a reason, and one that is out', async () => {
    await house.credit('mer_1', 100n, new Date('2026-10-04T02:00:00Z'));
    await house.addUp();
    const id = await house.issue('mer_1', '2026-10-01', '2026-10-05');
    const reissue = (reason: string) =>
      house.issuing.reissue(house.finance, { statementId: id, reason, idempotencyKey: 'again' });

    expect(await reissue('更名')).toMatchObject({ code: 'STATEMENT_NOT_ISSUED' });
    await house.work();
    expect(await reissue(' ')).toMatchObject({ code: 'INVALID_INPUT' });
    expect(refused(await reissue('更名'))).toBe(false);
    expect(await reissue('另一个原因')).toMatchObject({ code: 'INVALID_INPUT' });
    await expect(
      house.issuing.reissue(house.finance, { statementId: 'stm_9', reason: '更名', idempotencyKey: 'x' }),
    ).rejects.toThrow('not found');
  });
});

describe('the files', () => {
  it('are the same bytes whenever they are made', async () => {
    await house.books.sell(goods('oln_1', 10_000n));
    house.clock.set('2026-11-02T02:00:00Z');
    await house.work();
    const { id } = await house.of('mer_1', OCTOBER);
    const files = await house.reader.filesOf([id]);

    house.clock.set('2027-05-05T05:05:05Z');
    const again = await house.printed(id);

    expect(again).toMatchObject({
      csv: { sha256: files.find(({ format }) => format === 'CSV')?.sha256 },
      pdf: { sha256: files.find(({ format }) => format === 'PDF')?.sha256 },
    });
  });

  it('are written once: the services cannot change what a statement says', async () => {
    await house.credit('mer_1', 100n);
    house.clock.set('2026-11-02T02:00:00Z');
    await house.work();
    const change = (sql: string) => house.rooms.database.transaction((tx) => tx.write(sql));

    await expect(change('UPDATE statement_line SET available_fen = 1')).rejects.toThrow(/denied/);
    await expect(change("UPDATE statement_file SET sha256 = ''")).rejects.toThrow(/denied/);
    await expect(change('DELETE FROM statement_balance')).rejects.toThrow(/denied/);
    await expect(change('UPDATE statement_total SET held_fen = 1')).rejects.toThrow(/denied/);
    await expect(change("UPDATE statement_revision SET number = 'ST'")).rejects.toThrow(/denied/);
  });

  it('know a household by its code', async () => {
    await house.books.sell(goods('oln_1', 10_000n));
    house.clock.set('2026-11-02T02:00:00Z');
    await house.work();

    const csv = (await house.file((await house.of('hhd_1', OCTOBER)).id, 'CSV')).toString();

    expect(csv).toContain('收款方 Payee,hhd_1,hhd_1,');
    expect(csv).toContain('期末 Closing,1,20.00,0.00,0.00,20.00');
  });
});

describe('money as it is now, without a statement', () => {
  const payee = { kind: 'MERCHANT', id: 'mer_1' } as const;
  const page = (first = 100, after: readonly string[] | null = null) =>
    house.rooms.get(MoneyLineReader).page(payee, { first, after });

  it('every fen with its order and who else got some, the latest first, together what the books hold', async () => {
    await house.books.sell(goods('oln_1', 10_000n), goods('oln_2', 3_000n));
    await house.books.release();
    await house.books.reserve(claim(2_000n));
    await house.books.payOut('mer_1', 3_000n);

    const { nodes } = await page();

    expect(
      nodes.map(({ kind, orderId, grossFen, amounts: { heldFen, availableFen, owedFen }, deductions }) => [
        `${kind} ${orderId ?? '-'} ${grossFen ?? '-'} ${heldFen} ${availableFen} ${owedFen}`,
        ...deductions.map((each) => `${each.kind} ${each.amountFen}`),
      ]),
    ).toEqual([
      [expect.stringMatching(/^PAYOUT - - 0 -3000 0$/)],
      ['REFUND ord_1 -2000 0 -1400 0'],
      ['RELEASE ord_1 - -2100 2100 0'],
      ['RELEASE ord_1 - -7000 7000 0'],
      ['SALE ord_1 13000 9100 0 0', 'HOUSEHOLD 2600', 'FUND 260', 'OPERATOR 390', 'PLATFORM 650'],
    ]);
    const { held, available } = await house.rooms.get(LedgerReader).balancesOfPayee('mer_1');
    const sumOf = (name: 'heldFen' | 'availableFen') =>
      nodes.reduce((sum, { amounts }) => sum + amounts[name], 0n);
    expect([sumOf('heldFen'), sumOf('availableFen')]).toEqual([held, available]);
  });

  it('of whoever runs the counter as well: what it is of, and who else got some', async () => {
    await house.books.sell(goods('oln_1', 10_000n), goods('oln_2', 3_000n));
    const counter = { kind: 'OPERATOR', id: 'chp_1' } as const;
    const heldOrders = () => house.rooms.get(PayeeShareReader).heldOrdersOf(counter, house.clock.now());
    const held = await heldOrders();
    await house.books.release();

    const { nodes } = await house.rooms.get(MoneyLineReader).page(counter, { first: 9, after: null });

    expect(held).toEqual(['mor_1']);
    expect(await heldOrders()).toEqual([]);
    const sale = nodes.at(-1);
    expect(nodes.map(({ kind }) => kind)).toEqual(['RELEASE', 'RELEASE', 'SALE']);
    expect(sale).toMatchObject({ orderId: 'ord_1', grossFen: 13_000n, amounts: { heldFen: 390n } });
    expect(sale?.deductions.map((each) => `${each.kind} ${each.amountFen}`)).toEqual([
      'MERCHANT 9100',
      'HOUSEHOLD 2600',
      'FUND 260',
      'PLATFORM 650',
    ]);
  });

  it('page after page each line once, at one cost', async () => {
    await house.books.sell(goods('oln_1', 10_000n), goods('oln_2', 3_000n));
    await house.books.release();
    const all = (await page()).nodes.map(({ journalId }) => journalId);
    const [one, two] = [await page(1), await page(1, [all[0] ?? ''])];

    expect([one, two].map(({ nodes }) => nodes[0]?.journalId)).toEqual(all.slice(0, 2));
    expect(one.pageInfo.hasNextPage).toBe(true);
    expect(await countStatements(() => page(3))).toBe(await countStatements(() => page(2)));
    expect(
      (
        await house.rooms
          .get(MoneyLineReader)
          .page({ kind: 'MERCHANT', id: 'mer_2' }, { first: 9, after: null })
      ).nodes,
    ).toEqual([]);
  });
});
