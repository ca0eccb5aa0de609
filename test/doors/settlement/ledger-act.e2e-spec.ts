import { DAY_MS, businessDay, newId } from '#libs/kernel';
import {
  type AccountCode,
  LedgerDayBalanceService,
  LedgerReader,
  LedgerReversalService,
  LedgerService,
  posted,
} from '#libs/ledger';
import type { Grant } from '#platform/auth';
import { World } from '../../harness/world.js';

const ADJUSTMENT = 'id debit credit amountFen reason state requestedBy { id } decidedAt journalId';
const REQUEST = `mutation ($input: LedgerAdjustmentRequestInput!) { ledgerAdjustmentRequest(input: $input) {
  ... on LedgerAdjustmentRequestPayload { adjustment { ${ADJUSTMENT} } }
  ... on InvalidInputError { code fields { path } } ... on DomainError { code } } }`;
const DECIDE = `mutation ($input: LedgerAdjustmentDecideInput!) { ledgerAdjustmentDecide(input: $input) {
  ... on LedgerAdjustmentDecidePayload { adjustment { ${ADJUSTMENT} } }
  ... on InsufficientBalanceError { code accountCode shortFen } ... on DomainError { code } } }`;
const WITHDRAW = `mutation ($adjustmentId: ID!) { ledgerAdjustmentWithdraw(adjustmentId: $adjustmentId) {
  ... on LedgerAdjustmentWithdrawPayload { adjustment { state } }
  ... on AdjustmentStateError { code adjustmentState } } }`;
const ADJUSTMENTS = `query ($first: Int, $after: String) { ledgerAdjustments(first: $first, after: $after) {
  nodes { id state } pageInfo { hasNextPage endCursor } } }`;
const APPROVALS = '{ approvals(first: 100) { nodes { kind subjectId } } }';
const acting = (act: string) => `mutation ($input: LedgerAccountInput!) { ledgerAccount${act}(input: $input) {
  ... on LedgerAccount${act}Payload { account { code state balanceFen } } ... on DomainError { code } } }`;
const ACCOUNT =
  'query ($code: String!, $asOf: Date) { ledgerAccount(code: $code, asOf: $asOf) { balanceFen state } }';
const ACCOUNTS =
  'query ($prefix: String, $asOf: Date) { ledgerAccounts(prefix: $prefix, asOf: $asOf) { nodes { balanceFen } } }';
const TRIAL =
  'query ($asOf: Date) { trialBalance(asOf: $asOf) { differenceFen rows { type debitsFen creditsFen } } }';
const PENDINGS = `query ($state: PendingState, $first: Int) { ledgerPendings(state: $state, first: $first) {
  nodes { idempotencyKey amountFen postedFen state expiresAt } pageInfo { hasNextPage } } }`;
const JOURNALS = `query ($subject: ID!) { journals(subject: $subject) {
  id kind phase pendingJournalId reversesJournalId eventId transfers { debit credit amountFen reversedFen } } }`;

const FINANCE: Grant = { role: 'FINANCE', scopeKind: 'PLATFORM', scopeId: '*' };
type Answer = Record<string, unknown> & { readonly adjustment: Record<string, string> };

describe('finance at the books', () => {
  let world: World;
  let payee: AccountCode;

  beforeAll(async () => {
    world = await World.start({ services: ['settlement'] });
  });
  beforeEach(() => {
    payee = `liability:available:mer_${newId('x').slice(2)}`;
  });
  afterEach(async () => {
    expect((await world.get(LedgerReader).trialBalance()).differenceFen).toBe(0n);
    expect(await world.get(LedgerReader).disagreements()).toEqual([]);
  });
  afterAll(() => world.close());

  const somebody = (grant = FINANCE) => {
    const person = world.person(grant);
    return { ...person, client: world.client('settlement').as(person.token) };
  };
  const input = (more: object = {}) => ({
    idempotencyKey: newId('key'),
    debit: 'liability:suspense',
    credit: payee,
    amountFen: '500',
    reason: '多收退回',
    attachmentHash: 'a'.repeat(64),
    ...more,
  });
  const post = async (
    key: string,
    amountFen: bigint,
    credit: string = payee,
    debit = 'liability:suspense',
  ) => {
    const transfers = [{ debit: debit as AccountCode, credit: credit as AccountCode, amountFen }];
    const said = { idempotencyKey: key, kind: 'test', subject: key, eventId: null };
    const draft = { ...said, effectiveAt: world.clock.now(), transfers };
    posted(await world.database.transaction((tx) => world.get(LedgerService).post(tx, [draft])));
  };
  const balance = async () => (await world.get(LedgerReader).accountByCode(payee))?.balanceFen ?? 0n;
  const audited = (subject: string) =>
    world.database.query<{ act: string }>('SELECT act FROM audit_entry WHERE subject = ? ORDER BY id', [
      subject,
    ]);

  it('H6: moves nothing without a second person; with one it is a journal like any other', async () => {
    const [maker, checker] = [somebody(), somebody()];
    const { adjustment } = await maker.client.ask<Answer>(REQUEST, { input: input() });
    const decide = { input: { adjustmentId: adjustment['id'], verdict: 'APPROVE' } };

    expect(adjustment).toMatchObject({
      state: 'REQUESTED',
      journalId: null,
      requestedBy: { id: maker.userId },
    });
    expect(await maker.client.ask(DECIDE, decide)).toEqual({ code: 'SELF_APPROVAL' });
    expect(await balance()).toBe(0n);
    expect(await checker.client.ask<{ nodes: unknown[] }>(APPROVALS)).toMatchObject({
      nodes: expect.arrayContaining([{ kind: 'LEDGER_ADJUSTMENT', subjectId: adjustment['id'] }]),
    });

    const { adjustment: done } = await checker.client.ask<Answer>(DECIDE, decide);

    expect(done).toMatchObject({ state: 'POSTED', decidedAt: world.clock.now().toISOString() });
    expect(await balance()).toBe(500n);
    expect(await checker.client.ask(JOURNALS, { subject: adjustment['id'] })).toEqual([
      {
        id: done['journalId'],
        kind: 'adjustment',
        phase: 'POSTED',
        pendingJournalId: null,
        reversesJournalId: null,
        eventId: null,
        transfers: [{ debit: 'liability:suspense', credit: payee, amountFen: '500', reversedFen: '0' }],
      },
    ]);
    expect(await checker.client.ask(DECIDE, decide)).toEqual({ code: 'ADJUSTMENT_STATE' });
    expect((await audited(`LEDGER_ADJUSTMENT:${adjustment['id']}`)).map(({ act }) => act)).toEqual([
      'approval.requested',
      'approval.approved',
    ]);
  });

  it('is asked for once per key, and refused the key for anything else', async () => {
    const { client } = somebody();
    const wish = input();
    const { adjustment } = await client.ask<Answer>(REQUEST, { input: wish });

    expect(await client.ask(REQUEST, { input: wish })).toMatchObject({
      adjustment: { id: adjustment['id'] },
    });
    expect(await client.ask(REQUEST, { input: { ...wish, amountFen: '501' } })).toEqual({
      code: 'IDEMPOTENCY_CONFLICT',
    });
  });

  it('is not posted once it is rejected or withdrawn', async () => {
    const [maker, checker] = [somebody(), somebody()];
    const [first, second] = [
      await maker.client.ask<Answer>(REQUEST, { input: input() }),
      await maker.client.ask<Answer>(REQUEST, { input: input() }),
    ].map(({ adjustment }) => adjustment['id']);

    expect(await checker.client.ask(DECIDE, { input: { adjustmentId: first, verdict: 'REJECT' } })).toEqual({
      code: 'INVALID_INPUT',
    });
    expect(
      await checker.client.ask(DECIDE, { input: { adjustmentId: first, verdict: 'REJECT', reason: '无据' } }),
    ).toMatchObject({ adjustment: { state: 'REJECTED', journalId: null } });
    expect(await checker.client.codeOf(WITHDRAW, { adjustmentId: second })).toBe('NOT_FOUND');
    expect(await maker.client.ask(WITHDRAW, { adjustmentId: second })).toEqual({
      adjustment: { state: 'WITHDRAWN' },
    });
    expect(await maker.client.ask(WITHDRAW, { adjustmentId: second })).toEqual({
      code: 'ADJUSTMENT_STATE',
      adjustmentState: 'WITHDRAWN',
    });
    for (const adjustmentId of [first, second]) {
      expect(await checker.client.ask(DECIDE, { input: { adjustmentId, verdict: 'APPROVE' } })).toEqual({
        code: 'ADJUSTMENT_STATE',
      });
    }
    expect(await balance()).toBe(0n);
  });

  it('leaves the request open when the ledger refuses', async () => {
    const [maker, checker] = [somebody(), somebody()];
    const wish = input({ debit: payee, credit: 'liability:suspense' });
    const { adjustment } = await maker.client.ask<Answer>(REQUEST, { input: wish });
    const decide = { input: { adjustmentId: adjustment['id'], verdict: 'APPROVE' } };

    expect(await checker.client.ask(DECIDE, decide)).toEqual({
      code: 'INSUFFICIENT_BALANCE',
      accountCode: payee,
      shortFen: '500',
    });
    await post(newId('key'), 600n);
    expect(await checker.client.ask(DECIDE, decide)).toMatchObject({ adjustment: { state: 'POSTED' } });
    expect(await balance()).toBe(100n);
  });

  it('names every fault of what nobody may ask for', async () => {
    const wrong = {
      idempotencyKey: '桃',
      debit: 'x',
      credit: "'",
      amountFen: '0',
      reason: ' ',
      attachmentHash: 'z',
    };

    expect(await somebody().client.ask(REQUEST, { input: wrong })).toMatchObject({
      code: 'INVALID_INPUT',
      fields: ['idempotencyKey', 'debit', 'credit', 'amountFen', 'reason', 'attachmentHash'].map((path) => ({
        path,
      })),
    });
    expect(
      await somebody().client.codeOf(DECIDE, { input: { adjustmentId: '桃', verdict: 'APPROVE' } }),
    ).toBe('NOT_FOUND');
  });

  it('lists adjustments, the latest first, page by page', async () => {
    const { client } = somebody();
    const made: string[] = [];
    for (let n = 0; n < 3; n += 1) {
      const { adjustment } = await client.ask<Answer>(REQUEST, { input: input() });
      made.unshift(adjustment['id'] ?? '');
    }
    interface List {
      readonly nodes: readonly { readonly id: string }[];
      readonly pageInfo: { readonly endCursor: string };
    }
    const first = await client.ask<List>(ADJUSTMENTS, { first: 2 });
    const second = await client.ask<List>(ADJUSTMENTS, { first: 1, after: first.pageInfo.endCursor });

    expect([...first.nodes, ...second.nodes].map(({ id }) => id)).toEqual(made);
  });

  it('freezes, thaws and closes accounts, and leaves behind who and why', async () => {
    const { client } = somebody();
    await post(newId('key'), 10n);
    const act = (name: string, code: string = payee, reason = '司法冻结') =>
      client.ask(acting(name), { input: { code, reason } });

    expect(await act('Freeze')).toEqual({ account: { code: payee, state: 'FROZEN', balanceFen: '10' } });
    expect(await act('Freeze')).toMatchObject({ account: { state: 'FROZEN' } });
    await post(newId('key'), 1n);
    await expect(post(newId('key'), 1n, 'liability:suspense', payee)).rejects.toThrow('ACCOUNT_NOT_OPEN');
    expect(await act('Close')).toEqual({ code: 'ACCOUNT_NOT_EMPTY' });
    expect(await act('Thaw')).toMatchObject({ account: { state: 'OPEN' } });
    expect(await act('Freeze', 'liability:suspense')).toEqual({ code: 'ACCOUNT_ALWAYS_OPEN' });
    expect(await act('Freeze', payee, ' ')).toEqual({ code: 'INVALID_INPUT' });
    expect(
      await client.codeOf(acting('Freeze'), { input: { code: 'liability:held:mer_x', reason: 'x' } }),
    ).toBe('NOT_FOUND');
    expect((await audited(payee)).map(({ act: name }) => name)).toEqual([
      'ledger_account.moved',
      'ledger_account.moved',
    ]);
  });

  it('H8: sees any account and the trial balance as of any day', async () => {
    const { client } = somebody();
    await post(newId('key'), 10n);
    const first = businessDay(world.clock.now());
    world.clock.advance(DAY_MS);
    await post(newId('key'), 5n);
    await world.get(LedgerDayBalanceService).addUp(100);
    await post(newId('key'), 1n);

    const asOf = async (day: string | null) =>
      (await client.ask<{ balanceFen: string }>(ACCOUNT, { code: payee, asOf: day })).balanceFen;
    expect([await asOf('2020-01-01'), await asOf(first), await asOf(null)]).toEqual(['0', '10', '16']);
    expect(await client.ask(ACCOUNTS, { prefix: payee, asOf: first })).toEqual({
      nodes: [{ balanceFen: '10' }],
    });
    expect(await client.ask(TRIAL, { asOf: first })).toMatchObject({ differenceFen: '0' });
    expect(await client.codeOf(TRIAL, { asOf: '2026-02-30' })).not.toBeNull();
  });

  it('sees what is set aside and what was taken back', async () => {
    const { client } = somebody();
    const key = newId('key');
    await post(key, 100n);
    const transfers = [{ debit: payee, credit: 'liability:suspense', amountFen: 40n }] as const;
    const said = { idempotencyKey: `p:${key}`, kind: 'payout', subject: key, eventId: null };
    const pending = { ...said, effectiveAt: world.clock.now(), transfers, expiresAt: null };
    const end = { pendingKey: `p:${key}`, act: 'POST', idempotencyKey: `e:${key}`, amountFen: 30n } as const;
    const reversal = { reversesKey: key, idempotencyKey: `r:${key}`, kind: 'test_reversed' } as const;
    await world.database.transaction(async (tx) => {
      posted(await world.get(LedgerService).reserve(tx, [pending]));
    });
    expect(await client.ask(PENDINGS, { first: 1 })).toEqual({
      nodes: [
        { idempotencyKey: `p:${key}`, amountFen: '40', postedFen: '0', state: 'PENDING', expiresAt: null },
      ],
      pageInfo: { hasNextPage: false },
    });
    await world.database.transaction(async (tx) => {
      const at = world.clock.now();
      posted(await world.get(LedgerService).resolve(tx, [{ ...end, at, eventId: null }]));
      const parts = [{ lineNo: 1, amountFen: 20n }];
      posted(await world.get(LedgerReversalService).reverse(tx, [{ ...reversal, parts, at, eventId: null }]));
    });

    expect(await client.ask(PENDINGS, {})).toMatchObject({ nodes: [] });
    expect(await client.ask(PENDINGS, { state: 'POSTED' })).toMatchObject({ nodes: [{ postedFen: '30' }] });
    const journals = await client.ask<{ id: string }[]>(JOURNALS, { subject: key });
    expect(journals).toMatchObject([
      { kind: 'test', transfers: [{ amountFen: '100', reversedFen: '20' }] },
      { kind: 'payout', phase: 'PENDING' },
      { kind: 'payout', phase: 'POST', pendingJournalId: journals[1]?.id, transfers: [{ amountFen: '30' }] },
      {
        kind: 'test_reversed',
        reversesJournalId: journals[0]?.id,
        transfers: [{ debit: payee, amountFen: '20' }],
      },
    ]);
  });

  it.each([
    ['ledgerAdjustmentRequest', REQUEST, { input: { ...input(), credit: 'liability:escrow' } }, false],
    ['ledgerAdjustmentDecide', DECIDE, { input: { adjustmentId: 'adj_1', verdict: 'APPROVE' } }, false],
    ['ledgerAdjustmentWithdraw', WITHDRAW, { adjustmentId: 'adj_1' }, false],
    ['ledgerAccountFreeze', acting('Freeze'), { input: { code: 'x', reason: 'x' } }, false],
    ['ledgerAccountThaw', acting('Thaw'), { input: { code: 'x', reason: 'x' } }, false],
    ['ledgerAccountClose', acting('Close'), { input: { code: 'x', reason: 'x' } }, false],
    ['ledgerAdjustments', ADJUSTMENTS, {}, true],
    ['ledgerPendings', PENDINGS, {}, true],
  ])("%s is for the platform's finance", async (_, query, variables, isForOperators) => {
    const codeOf = (grant: Grant) => somebody(grant).client.codeOf(query, variables);

    expect(await world.client('settlement').codeOf(query, variables)).toBe('UNAUTHENTICATED');
    expect(await codeOf({ role: 'OFFICIAL', scopeKind: 'DIVISION', scopeId: '430200' })).toBe('FORBIDDEN');
    expect(await codeOf({ role: 'FINANCE', scopeKind: 'DIVISION', scopeId: '430225' })).toBe('FORBIDDEN');
    const operator = { role: 'OPERATOR', scopeKind: 'PLATFORM', scopeId: '*' } as const;
    if (isForOperators) expect((await somebody(operator).client.send(query, variables)).errors).toEqual([]);
    else expect(await codeOf(operator)).toBe('FORBIDDEN');
  });
});
