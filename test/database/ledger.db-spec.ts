import { type Fen, HOUR_MS, newId } from '#libs/kernel';
import {
  AccountNotOpenError,
  EffectiveInFutureError,
  IdempotencyConflictError,
  InsufficientBalanceError,
  type JournalDraft,
  LedgerAuditReader,
  LedgerReader,
  type LedgerService,
  posted,
  type TransferDraft,
} from '#libs/ledger';
import { EFFECTIVE_AHEAD_MAX_MS } from '../../libs/ledger/src/ledger.rules.js';
import { FakeClock } from '../harness/clock.js';
import { type TestDatabase, createTestDatabase } from '../harness/database.js';
import { dayFaultsOf } from '../harness/ledger-days.js';
import { statementsOf } from '../harness/statements.js';
import { makeLedger } from '../make/ledger.make.js';

const TABLES = [
  'ledger_day_waiting',
  'ledger_day_balance',
  'ledger_transfer',
  'ledger_journal',
  'ledger_account',
];
const clock = new FakeClock();
const HELD = 'liability:held:mer_1';
const FREE = 'liability:available:mer_1';

const draft = (idempotencyKey: string, ...transfers: TransferDraft[]): JournalDraft => ({
  idempotencyKey,
  kind: 'test',
  subject: 'ord_1',
  eventId: null,
  effectiveAt: clock.now(),
  transfers,
});
const move = (
  debit: TransferDraft['debit'],
  credit: TransferDraft['credit'],
  amountFen: Fen,
): TransferDraft => ({
  debit,
  credit,
  amountFen,
});

describe('the ledger', () => {
  let test: TestDatabase;
  let ledger: LedgerService;
  let reader: LedgerReader;

  beforeAll(async () => {
    test = await createTestDatabase();
    reader = new LedgerReader(test.database);
  });
  beforeEach(() => {
    ledger = makeLedger(clock);
  });
  afterEach(async () => {
    expect((await reader.trialBalance()).differenceFen).toBe(0n);
    expect(await reader.disagreements()).toEqual([]);
    expect(await dayFaultsOf(new LedgerAuditReader(test.database))).toEqual([]);
    await test.clear(...TABLES);
  });
  afterAll(() => test.drop());

  const post = (...journals: JournalDraft[]) => test.database.transaction((tx) => ledger.post(tx, journals));
  const fund = (amountFen: Fen, payee: TransferDraft['credit'] = HELD) =>
    post(draft(`fund:${newId('jrn')}`, move('liability:escrow', payee, amountFen)));
  const balanceOf = async (code: string) => (await reader.accountByCode(code))?.balanceFen;
  const count = async (table: string) => {
    const [row] = await test.database.query<{ n: string }>(`SELECT COUNT(*) AS n FROM ${table}`);
    return Number(row?.n);
  };

  it('moves money from one account to another', async () => {
    await fund(100n);

    await post(draft('r', move(HELD, FREE, 30n)));

    expect(await reader.balancesOfPayee('mer_1')).toEqual({ held: 70n, available: 30n });
    expect(await balanceOf('liability:escrow')).toBe(-100n);
  });

  it('B3: posts a key once; other content under it is refused and changes nothing', async () => {
    const first = posted(await post(draft('k', move('liability:escrow', HELD, 100n))));
    const again = posted(await post(draft('k', move('liability:escrow', HELD, 100n))));

    const conflict = await post(
      draft('new', move('liability:escrow', HELD, 7n)),
      draft('k', move('liability:escrow', HELD, 101n)),
    );

    expect(first).toMatchObject([{ idempotencyKey: 'k', isNew: true }]);
    expect(again).toEqual([{ ...first[0], isNew: false }]);
    expect(conflict).toEqual(new IdempotencyConflictError('k'));
    expect([await balanceOf(HELD), await count('ledger_journal')]).toEqual([100n, 1]);
  });

  it('posts what is new of a batch beside what is known', async () => {
    await post(draft('a', move('liability:escrow', HELD, 1n)));

    const results = posted(
      await post(
        draft('a', move('liability:escrow', HELD, 1n)),
        draft('b', move('liability:escrow', HELD, 2n)),
      ),
    );

    expect(results.map(({ isNew }) => isNew)).toEqual([false, true]);
    expect(await balanceOf(HELD)).toBe(3n);
  });

  it('refuses to take what is not there, and takes nothing of the batch', async () => {
    await fund(100n);

    const refusal = await post(draft('ok', move(HELD, FREE, 60n)), draft('over', move(HELD, FREE, 41n)));

    expect(refusal).toEqual(new InsufficientBalanceError(HELD, 1n));
    expect(await reader.balancesOfPayee('mer_1')).toEqual({ held: 100n, available: 0n });
  });

  it('I11: refuses what would take effect later, writes nothing, and takes it once its time has come', async () => {
    const effectiveAt = new Date(clock.now().getTime() + EFFECTIVE_AHEAD_MAX_MS + 1);
    const later = { ...draft('later', move('liability:escrow', HELD, 1n)), effectiveAt };

    const refusal = await post(draft('now', move('liability:escrow', HELD, 1n)), later);

    expect(refusal).toEqual(new EffectiveInFutureError('later', effectiveAt));
    expect(await count('ledger_journal')).toBe(0);
    clock.set(effectiveAt.toISOString());
    expect(posted(await post(later))).toMatchObject([{ isNew: true }]);
  });

  it('G15: takes what a fact caused, now, where the clock of whoever told it was ahead; told again it is the same', async () => {
    const effectiveAt = new Date(clock.now().getTime() + 2 * HOUR_MS);
    const told = { ...draft('told', move('liability:escrow', HELD, 1n)), eventId: newId('evt'), effectiveAt };
    const [first] = posted(await post(told));

    expect(await reader.journalByKey('told')).toMatchObject({ id: first?.id, effectiveAt: clock.now() });
    clock.set(effectiveAt.toISOString());
    expect(posted(await post(told))).toEqual([{ ...first, isNew: false }]);
  });

  it('refuses a frozen account', async () => {
    await fund(100n);
    await test.database.transaction((tx) =>
      tx.write("UPDATE ledger_account SET state = 'FROZEN' WHERE code = ?", [HELD]),
    );

    expect(await post(draft('x', move(HELD, FREE, 1n)))).toEqual(new AccountNotOpenError(HELD));
    expect([await balanceOf(HELD), await count('ledger_journal')]).toEqual([100n, 1]);
  });

  it('lets deferred accounts be overdrawn for a while, and never locks or versions them', async () => {
    const statements = await statementsOf(() =>
      post(draft('x', move('liability:refund_payable', 'asset:psp:stripe:cny', 5n))),
    );

    expect(statements.filter((sql) => sql.includes('FOR UPDATE') || sql.startsWith('UPDATE'))).toEqual([]);
    expect(await balanceOf('liability:refund_payable')).toBe(-5n);
    expect(
      await test.database.query('SELECT debit_version AS d, credit_version AS c FROM ledger_transfer'),
    ).toEqual([{ d: null, c: null }]);
  });

  it('A14: carries amounts beyond 2^53 exactly', async () => {
    const amount = 9_007_199_254_740_993n;
    await fund(amount);
    await fund(amount);

    expect(await balanceOf(HELD)).toBe(amount * 2n);
    expect(await balanceOf('liability:escrow')).toBe(amount * -2n);
  });

  it.each([1, 10, 100])('posts %i journals with the same number of statements', async (size) => {
    const payees = Array.from({ length: size }, (_, index) => `liability:held:hhd_${size}x${index}` as const);
    for (const payee of payees) await fund(12n, payee);
    const journals = (name: string) =>
      payees.map((payee, index) =>
        draft(`${name}:${index}`, move(payee, 'liability:refund_payable', 3n), move(payee, FREE, 1n)),
      );
    await post(...journals('first')); // Opens accounts.
    await post(...journals('second')); // Remembers them.

    const statements = await statementsOf(() => post(...journals('third')));

    expect(statements.map((sql) => sql.split(/\s/, 1)[0])).toEqual([
      'START',
      'SELECT', // keys
      'INSERT', // journals
      'INSERT', // their places in the queue for seals
      'SELECT', // locks
      'INSERT', // transfers
      'UPDATE', // balances
      'INSERT', // for the balances of days
      'COMMIT',
    ]);
  });

  it('forgets an account whose opening was rolled back', async () => {
    await test.database
      .transaction(async (tx) => {
        posted(await ledger.post(tx, [draft('a', move('liability:escrow', HELD, 1n))]));
        posted(await ledger.post(tx, [draft('b', move('liability:escrow', HELD, 1n))]));
        throw new Error('rolled back');
      })
      .catch(() => undefined);

    await fund(5n);

    expect([await balanceOf(HELD), await count('ledger_account')]).toEqual([5n, 2]);
  });

  it('loses nothing when twenty post in opposite directions at once', async () => {
    await fund(1_000n);
    await fund(1_000n, FREE);

    const results = await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        post(draft(`p:${n}`, n % 2 ? move(HELD, FREE, BigInt(n)) : move(FREE, HELD, BigInt(n + 1)))),
      ),
    );

    expect(results.every(Array.isArray)).toBe(true);
    expect(await reader.balancesOfPayee('mer_1')).toEqual({ held: 1_000n, available: 1_000n });
    const versions = await test.database.query<{ version: string }>(
      'SELECT version FROM ledger_account WHERE code IN (?) ORDER BY code',
      [[FREE, HELD]],
    );
    expect(versions.map(({ version }) => version)).toEqual(['21', '21']);
  });

  it('never lets twenty at once take more than there is', async () => {
    await fund(100n);

    const results = await Promise.all(
      Array.from({ length: 20 }, (_, n) => post(draft(`t:${n}`, move(HELD, FREE, 9n)))),
    );

    expect(results.filter(Array.isArray)).toHaveLength(11);
    expect(results.filter((result) => result instanceof InsufficientBalanceError)).toHaveLength(9);
    expect(await balanceOf(HELD)).toBe(1n);
  });

  it('posts once when twenty bring the same key at once, to accounts nobody has opened', async () => {
    const results = await Promise.all(
      Array.from({ length: 20 }, () =>
        post(draft('same', move('liability:escrow', HELD, 100n), move('liability:escrow', FREE, 1n))),
      ),
    );

    const journals = results.flatMap((result) => posted(result));
    expect(journals.filter(({ isNew }) => isNew)).toHaveLength(1);
    expect(new Set(journals.map(({ id }) => id)).size).toBe(1);
    expect([await balanceOf(HELD), await count('ledger_journal'), await count('ledger_account')]).toEqual([
      100n,
      1,
      3,
    ]);
  });

  it('reads journals with what they moved, in order', async () => {
    await post(draft('a', move('liability:escrow', HELD, 3n), move('liability:escrow', FREE, 2n)));
    await post(draft('b', move(HELD, FREE, 1n)));

    expect(await reader.journalsOfSubject('ord_1')).toMatchObject([
      {
        idempotencyKey: 'a',
        transfers: [move('liability:escrow', HELD, 3n), move('liability:escrow', FREE, 2n)],
      },
      { idempotencyKey: 'b', transfers: [move(HELD, FREE, 1n)] },
    ]);
    expect(await reader.journalsOfSubject('ord_2')).toEqual([]);
  });

  it('pages accounts by prefix, in the order of codes; wildcards are letters', async () => {
    await fund(1n);
    await fund(2n, FREE);

    const first = await reader.accounts('liability:', { first: 2, after: null });
    const second = await reader.accounts('liability:', { first: 2, after: [first.nodes[1]?.code ?? ''] });

    expect(first.nodes.map(({ code, balanceFen }) => [code, balanceFen])).toEqual([
      [FREE, 2n],
      ['liability:escrow', -3n],
    ]);
    expect([second.nodes.map(({ code }) => code), second.pageInfo.hasNextPage]).toEqual([[HELD], false]);
    expect((await reader.accounts('l%', { first: 2, after: null })).nodes).toEqual([]);
  });

  it('names a locked account whose balance was altered by hand', async () => {
    await fund(10n);
    const alter = (by: number) =>
      test.database.transaction((tx) =>
        tx.write('UPDATE ledger_account SET credits_posted_fen = credits_posted_fen + ? WHERE code = ?', [
          by,
          HELD,
        ]),
      );
    await alter(1);

    expect(await reader.disagreements()).toEqual([HELD]);
    expect((await reader.trialBalance()).differenceFen).toBe(-1n);
    await alter(-1);
  });
});

describe('the tables of the ledger', () => {
  let test: TestDatabase;
  const account = {
    id: 'acc_1',
    code: HELD,
    type: 'liability',
    normalSide: 'credit',
    balanceMode: 'LOCKED',
    hasFloor: true,
    state: 'OPEN',
    createdAt: new Date(0),
  };
  const sums = { debitsPostedFen: 0, creditsPostedFen: 0, debitsPendingFen: 0, creditsPendingFen: 0 };
  const transfer = {
    journalId: 'jrn_1',
    lineNo: 1,
    debitAccountId: 'acc_1',
    creditAccountId: 'acc_2',
    amountFen: 1,
    debitVersion: 1,
    creditVersion: null,
  };
  const journal = {
    id: 'jrn_1',
    idempotencyKey: 'k',
    requestHash: Buffer.alloc(32),
    kind: 'test',
    subject: 's',
    effectiveAt: new Date(0),
    phase: 'POSTED',
    pendingJournalId: null,
  };
  const reversed = { journalId: 'jrn_1', lineNo: 1, amountFen: 10, reversedFen: 0 };
  const pending = {
    journalId: 'jrn_1',
    amountFen: 10,
    state: 'PENDING',
    postedFen: 0,
    resolvedByJournalId: null,
  };
  const ended = { ...pending, resolvedByJournalId: 'jrn_2' };

  beforeAll(async () => {
    test = await createTestDatabase();
    await test.database.transaction(async (tx) => {
      await tx.insert('ledger_account', [{ ...account, ...sums, id: 'acc_good', code: 'good' }]);
      await tx.insert('ledger_journal', [{ ...journal, id: 'jrn_good', idempotencyKey: 'good' }]);
      await tx.insert('ledger_transfer', [{ ...transfer, journalId: 'jrn_good' }]);
    });
  });
  afterAll(() => test.drop());

  it.each([
    ['ledger_account_type_known', 'ledger_account', { ...account, ...sums, type: 'debt' }],
    ['ledger_account_side_known', 'ledger_account', { ...account, ...sums, normalSide: 'left' }],
    ['ledger_account_mode_known', 'ledger_account', { ...account, ...sums, balanceMode: 'LAZY' }],
    ['ledger_account_state_known', 'ledger_account', { ...account, ...sums, state: 'LOST' }],
    ['ledger_account_sums_not_negative', 'ledger_account', { ...account, ...sums, creditsPendingFen: -1 }],
    ['ledger_account_floor', 'ledger_account', { ...account, ...sums, debitsPostedFen: 1 }],
    ['ledger_account_floor', 'ledger_account', { ...account, ...sums, debitsPendingFen: 1 }],
    [
      'ledger_account_floor',
      'ledger_account',
      { ...account, ...sums, normalSide: 'debit', creditsPostedFen: 1 },
    ],
    ['ledger_account_code', 'ledger_account', { ...account, ...sums, code: 'good' }],
    ['ledger_journal_idempotency', 'ledger_journal', { ...journal, idempotencyKey: 'good' }],
    [
      'ledger_account_deferred_open',
      'ledger_account',
      { ...account, ...sums, balanceMode: 'DEFERRED', state: 'FROZEN' },
    ],
    [
      'ledger_account_closed_empty',
      'ledger_account',
      { ...account, ...sums, creditsPostedFen: 1, state: 'CLOSED' },
    ],
    [
      'ledger_account_closed_empty',
      'ledger_account',
      { ...account, ...sums, creditsPendingFen: 1, state: 'CLOSED' },
    ],
    ['ledger_reversed_within', 'ledger_reversed', { ...reversed, reversedFen: 11 }],
    ['ledger_reversed_within', 'ledger_reversed', { ...reversed, reversedFen: -1 }],
    ['ledger_journal_phase_known', 'ledger_journal', { ...journal, phase: 'LOST' }],
    ['ledger_journal_ends_one', 'ledger_journal', { ...journal, phase: 'POST' }],
    ['ledger_journal_ends_one', 'ledger_journal', { ...journal, pendingJournalId: 'jrn_1' }],
    ['ledger_pending_state_known', 'ledger_pending', { ...ended, state: 'LOST' }],
    ['ledger_pending_posted_within', 'ledger_pending', { ...ended, state: 'POSTED', postedFen: 11 }],
    ['ledger_pending_posted_moves', 'ledger_pending', { ...ended, state: 'VOIDED', postedFen: 1 }],
    ['ledger_pending_posted_moves', 'ledger_pending', { ...ended, state: 'POSTED' }],
    ['ledger_pending_ended_by_one', 'ledger_pending', { ...pending, state: 'VOIDED' }],
    ['ledger_pending_ended_by_one', 'ledger_pending', ended],
    ['ledger_transfer_amount_positive', 'ledger_transfer', { ...transfer, amountFen: 0, debitVersion: 2 }],
    [
      'ledger_transfer_two_accounts',
      'ledger_transfer',
      { ...transfer, creditAccountId: 'acc_1', debitVersion: 2 },
    ],
    ['ledger_transfer_debit_version', 'ledger_transfer', transfer],
    [
      'ledger_transfer_credit_version',
      'ledger_transfer',
      { ...transfer, debitVersion: null, creditVersion: 1, creditAccountId: 'acc_3' },
    ],
  ])('keep %s', async (constraint, table, row) => {
    if (constraint === 'ledger_transfer_credit_version') {
      await test.database.transaction((tx) => tx.insert(table, [{ ...row, journalId: 'jrn_other' }]));
    }

    const inserting = test.database.transaction((tx) => tx.insert(table, [row]));

    await expect(inserting).rejects.toThrow(constraint);
  });
});
