import { DAY_MS, newId } from '#libs/kernel';
import { LedgerService, posted } from '#libs/ledger';
import { PayoutRunService } from '#libs/settlement';
import type { Client } from '../../harness/client.js';
import { countStatements } from '../../harness/statements.js';
import { World } from '../../harness/world.js';

interface Batch {
  readonly __typename: string;
  readonly batch: { readonly id: string; readonly batchNo: number; readonly state: string };
  readonly file?: { readonly name: string; readonly contentBase64: string; readonly hash: string };
}
interface Listed {
  readonly nodes: readonly Readonly<Record<string, unknown>>[];
}

const ERROR = '... on DomainError { code message }';
const PROPOSE = `mutation ($input: PayeeAccountProposeInput!) { payeeAccountPropose(input: $input) { __typename ${ERROR}
  ... on PayeeAccountProposePayload { account { id state maskedName lastFour method } } } }`;
const VERIFY = `mutation ($input: PayeeAccountVerifyInput!) { payeeAccountVerify(input: $input) { __typename ${ERROR}
  ... on PayeeAccountVerifyPayload { account { id state verifiedHow evidence } } } }`;
const BLOCK = `mutation ($accountId: ID!, $reason: String!) { payeeAccountBlock(accountId: $accountId, reason: $reason) { __typename ${ERROR}
  ... on PayeeAccountBlockPayload { account { id state blockReason } } } }`;
const ACCOUNTS = `query ($state: PayeeAccountState) { payeeAccounts(state: $state) { nodes { id payeeId maskedName lastFour state } } }`;
const START = `mutation { payoutRunStart { __typename ${ERROR} ... on PayoutRunStartPayload { run { id day state } }
  ... on NotAWorkingDayError { day nextOn } } }`;
const RUNS = '{ payoutRuns { nodes { id day state origin payoutCount totalFen skipCount } } }';
const SKIPS = `query ($runId: ID!) { payoutSkips(runId: $runId) { nodes { payeeId reason amountFen } } }`;
const PAYOUTS = `query ($filter: PayoutFilter, $first: Int, $after: String) { payouts(filter: $filter, first: $first, after: $after) {
  nodes { id payeeId amountFen state batchId failureCode account { maskedName lastFour } } pageInfo { hasNextPage endCursor } } }`;
const PAYOUT = 'query ($id: ID!) { payout(payoutId: $id) { id state resolveBy } }';
const ITEMS = `query ($id: ID!, $first: Int, $after: String) { payoutItems(payoutId: $id, first: $first, after: $after) {
  nodes { kind subject amountFen } pageInfo { hasNextPage endCursor } } }`;
const OVERDUE = '{ payoutsOverdue { nodes { id payeeId } } }';
const CALENDAR = '{ payoutCalendar { today isWorkingDay nextRunOn isYearKnown isNextYearKnown } }';
const CREATE = `mutation ($input: PayoutBatchCreateInput!) { payoutBatchCreate(input: $input) { __typename ${ERROR}
  ... on PayoutBatchCreatePayload { batch { id batchNo state lineCount totalFen contentHash } } } }`;
const BATCH = (name: string) => `mutation ($id: ID!) { ${name}(batchId: $id) { __typename ${ERROR}
  ... on ${name.charAt(0).toUpperCase()}${name.slice(1)}Payload { batch { id state } } } }`;
const REASONED = (
  name: string,
) => `mutation ($id: ID!, $reason: String!) { ${name}(batchId: $id, reason: $reason) { __typename ${ERROR}
  ... on ${name.charAt(0).toUpperCase()}${name.slice(1)}Payload { batch { id state voidReason } } } }`;
const EXPORT = `mutation ($id: ID!) { payoutBatchExport(batchId: $id) { __typename ${ERROR} ... on PayoutAccountChangedError { payoutIds }
  ... on PayoutBatchExportPayload { batch { id state } file { name contentBase64 hash } } } }`;
const IMPORT = `mutation ($id: ID!, $content: String!) { payoutResultImport(batchId: $id, contentBase64: $content) { __typename ${ERROR}
  ... on PayoutResultImportPayload { batch { state } import { id outcome breakCode breakNote lineCount paidFen unpaidFen } } } }`;
const IMPORTS = 'query ($id: ID!) { payoutImports(batchId: $id) { outcome breakCode } }';
const BATCHES =
  'query ($state: PayoutBatchState) { payoutBatches(state: $state) { nodes { id batchNo state } } }';
const ONE_BATCH = `query ($id: ID!) { payoutBatch(batchId: $id) { id state maker { id name } exporter { id }
  approval { contentHash requestedBy { id } requiredCount votes { by { id } verdict reason } } } }`;
const LOOKED = `mutation ($id: ID!, $seen: String!) { payoutBatchApprove(batchId: $id, contentHash: $seen) { __typename ${ERROR}
  ... on PayoutBatchApprovePayload { batch { state } } } }`;
const CANCEL = `mutation ($id: ID!, $reason: String!) { payoutCancel(payoutId: $id, reason: $reason) { __typename ${ERROR}
  ... on PayoutStateError { payoutState } ... on PayoutCancelPayload { payout { state failureNote } } } }`;
const RECALL = `mutation ($id: ID!, $reason: String!) { payoutRecall(payoutId: $id, reason: $reason) { __typename ${ERROR}
  ... on PayoutStateError { payoutState } } }`;
const ABSENT = `mutation ($id: ID!) { payoutDeclareAbsent(payoutId: $id) { __typename ${ERROR} ... on PayoutStateError { payoutState } } }`;

describe('payouts at the console', () => {
  let world: World;
  let maker: Client;
  let checker: Client;

  beforeAll(async () => {
    world = await World.start({ services: ['settlement'] });
    world.clock.set('2026-11-03T08:00:00.000Z');
    const finance = () =>
      world
        .client('settlement')
        .as(world.person({ role: 'FINANCE', scopeKind: 'PLATFORM', scopeId: '*' }).token);
    [maker, checker] = [finance(), finance()];
  });
  afterAll(() => world.close());

  let number = 0;
  const details = (payeeId: string) => ({
    payeeId,
    method: 'BANK',
    accountName: '张三丰',
    bankName: '株洲农商银行（演示）',
    bankCode: null,
    accountNumber: `62300000000000${String((number += 1)).padStart(5, '0')}`,
    idempotencyKey: newId('key'),
  });
  const account = async (payeeId: string): Promise<string> => {
    const { account: made } = await maker.ask<{ account: { id: string } }>(PROPOSE, {
      input: details(payeeId),
    });
    await checker.ask(VERIFY, {
      input: { accountId: made.id, how: 'DOCUMENTS', evidence: '身份证与存折（演示）' },
    });
    return made.id;
  };
  const credit = (payeeId: string, amountFen: bigint) =>
    world.database.transaction(async (tx) => {
      const transfers = [
        {
          debit: 'liability:suspense',
          credit: `liability:available:${payeeId}` as 'liability:available:mer_1',
          amountFen,
        },
      ] as const;
      const effectiveAt = new Date(world.clock.now().getTime() - 3 * DAY_MS);
      const journal = {
        idempotencyKey: newId('key'),
        kind: 'release',
        subject: newId('ord'),
        eventId: null,
        effectiveAt,
        transfers,
      };
      posted(await world.get(LedgerService).post(tx, [journal]));
    });
  const work = async () => {
    while ((await world.get(PayoutRunService).work()) > 0);
  };
  /** Payouts of the next day's run, one per payee. */
  const plan = async (...payeeIds: readonly string[]): Promise<string[]> => {
    for (const payeeId of payeeIds) {
      await account(payeeId);
      await credit(payeeId, 20_000n);
    }
    await maker.ask(START);
    await work();
    const ids: string[] = [];
    for (const payeeId of payeeIds) {
      const { nodes } = await maker.ask<Listed>(PAYOUTS, { filter: { payeeId } });
      ids.push(String(nodes[0]?.['id']));
    }
    return ids;
  };
  const nextDay = () => world.clock.advance(DAY_MS);
  const batch = async (): Promise<Batch['batch']> => {
    const input = { method: 'BANK', idempotencyKey: newId('key') };
    return (await maker.ask<Batch>(CREATE, { input })).batch;
  };

  it('go from the account to the bank and back', async () => {
    const payeeId = newId('hhd');
    const [payoutId = ''] = await plan(payeeId);

    const { nodes: payouts } = await maker.ask<Listed>(PAYOUTS, {
      filter: { payeeId, state: 'PLANNED', payeeKind: 'HOUSEHOLD' },
    });
    expect(payouts).toMatchObject([
      {
        id: payoutId,
        amountFen: '20000',
        batchId: null,
        account: { maskedName: '张**', lastFour: expect.stringMatching(/^\d{4}$/) },
      },
    ]);
    expect(await maker.ask(ITEMS, { id: payoutId })).toMatchObject({
      nodes: [{ kind: 'release', amountFen: '20000' }],
    });

    const made = await batch();
    expect(made).toMatchObject({ state: 'AWAITING_APPROVAL', lineCount: 1, totalFen: '20000' });
    expect(await maker.ask(BATCH('payoutBatchApprove'), { id: made.id })).toMatchObject({
      code: 'SELF_APPROVAL',
    });
    expect(await checker.ask(BATCH('payoutBatchApprove'), { id: made.id })).toMatchObject({
      batch: { state: 'APPROVED' },
    });
    const { file } = await maker.ask<Batch>(EXPORT, { id: made.id });
    const text = Buffer.from(file?.contentBase64 ?? '', 'base64').toString();
    expect(file?.name).toBe(`payout-2026-11-03-${String(made.batchNo).padStart(6, '0')}.csv`);
    expect(text).toContain(`D,1,${payoutId},张三丰,`);
    expect((await maker.ask<Batch>(EXPORT, { id: made.id })).file).toEqual(file);

    const answer = [
      `H,TAOYUAN-PAYOUT-RESULT,1,${made.batchNo},2026-11-04`,
      `D,1,${payoutId},200.00,PAID,B1,,`,
      'T,1,200.00,0.00,',
    ].join('\r\n');
    const broken = Buffer.from(answer.replace('PAID', 'REJECTED')).toString('base64');
    expect(await maker.ask(IMPORT, { id: made.id, content: broken })).toMatchObject({
      import: { outcome: 'BROKEN', breakCode: 'CONTROL_TOTALS' },
      batch: { state: 'EXPORTED' },
    });
    const content = Buffer.from(answer).toString('base64');
    expect(await maker.ask(IMPORT, { id: made.id, content })).toMatchObject({
      import: { outcome: 'APPLIED', breakCode: null, lineCount: 1, paidFen: '20000', unpaidFen: '0' },
      batch: { state: 'CLOSED' },
    });
    expect(await maker.ask(IMPORTS, { id: made.id })).toMatchObject([
      { outcome: 'BROKEN' },
      { outcome: 'APPLIED' },
    ]);
    expect(await maker.ask(PAYOUT, { id: payoutId })).toMatchObject({ state: 'PAID' });
    nextDay();
  });

  it('say who was not paid, and why', async () => {
    const [payeeId, other] = [newId('hhd'), newId('hhd')];
    await credit(payeeId, 20_000n);
    await account(other);
    await credit(other, 999n);
    const { run } = await maker.ask<{ run: { id: string } }>(START);
    await work();

    const { nodes } = await maker.ask<Listed>(SKIPS, { runId: run.id });
    expect(nodes).toEqual(
      expect.arrayContaining([
        { payeeId, reason: 'NO_ACCOUNT', amountFen: '20000' },
        { payeeId: other, reason: 'BELOW_MINIMUM', amountFen: '999' },
      ]),
    );
    const { nodes: runs } = await maker.ask<Listed>(RUNS);
    expect(runs[0]).toMatchObject({ id: run.id, origin: 'HAND', state: 'PLANNED', skipCount: nodes.length });
    nextDay();
  });

  it('are void, turned down, withdrawn or cancelled in words', async () => {
    const [payoutId = ''] = await plan(newId('hhd'));
    const first = await batch();
    expect(await checker.ask(REASONED('payoutBatchReject'), { id: first.id, reason: '' })).toMatchObject({
      code: 'INVALID_INPUT',
    });
    expect(
      await checker.ask(REASONED('payoutBatchReject'), { id: first.id, reason: '待核对' }),
    ).toMatchObject({
      batch: { state: 'REJECTED' },
    });
    const second = await batch();
    expect(await maker.ask(BATCH('payoutBatchWithdraw'), { id: second.id })).toMatchObject({
      batch: { state: 'VOIDED' },
    });
    const third = await batch();
    const looked = await checker.ask<{ approval: { contentHash: string } }>(ONE_BATCH, { id: third.id });
    const seen = looked.approval.contentHash;
    expect(await checker.ask(LOOKED, { id: third.id, seen: '0'.repeat(64) })).toMatchObject({
      code: 'CONTENT_CHANGED',
    });
    expect(await checker.ask(LOOKED, { id: third.id, seen })).toMatchObject({ batch: { state: 'APPROVED' } });
    await maker.ask(EXPORT, { id: third.id });
    expect(await maker.ask(REASONED('payoutBatchVoid'), { id: third.id, reason: '未上传' })).toMatchObject({
      batch: { state: 'VOID_REQUESTED', voidReason: '未上传' },
    });
    // Whoever has looked at the batch and comes late does not void it by agreeing to pay it.
    expect(await checker.ask(LOOKED, { id: third.id, seen })).toMatchObject({ code: 'CONTENT_CHANGED' });
    expect(await maker.ask(ONE_BATCH, { id: third.id })).toMatchObject({
      state: 'VOID_REQUESTED',
      maker: { id: expect.any(String) },
      approval: { requiredCount: 1, votes: [] },
    });
    expect(await checker.ask(BATCH('payoutBatchApprove'), { id: third.id })).toMatchObject({
      batch: { state: 'VOIDED' },
    });
    expect(await maker.ask(ONE_BATCH, { id: third.id })).toMatchObject({
      approval: { votes: [{ by: { id: expect.any(String) }, verdict: 'APPROVE', reason: null }] },
    });
    expect(await maker.ask(EXPORT, { id: third.id })).toMatchObject({ code: 'PAYOUT_BATCH_STATE' });

    expect(await maker.ask(CANCEL, { id: payoutId, reason: '农户要求' })).toMatchObject({
      payout: { state: 'CANCELLED', failureNote: '农户要求' },
    });
    expect(await maker.ask(CANCEL, { id: payoutId, reason: '农户要求' })).toMatchObject({
      code: 'PAYOUT_STATE',
      payoutState: 'CANCELLED',
    });
    expect(await maker.ask(RECALL, { id: payoutId, reason: '误付' })).toMatchObject({ code: 'PAYOUT_STATE' });
    expect(await maker.ask(ABSENT, { id: payoutId })).toMatchObject({ code: 'PAYOUT_STATE' });
    nextDay();
  });

  it('name the account that was changed in between', async () => {
    const payeeId = newId('hhd');
    const [payoutId = ''] = await plan(payeeId);
    const made = await batch();
    await checker.ask(BATCH('payoutBatchApprove'), { id: made.id });
    await maker.ask(PROPOSE, { input: details(payeeId) });

    expect(await maker.ask(EXPORT, { id: made.id })).toMatchObject({
      code: 'PAYOUT_ACCOUNT_CHANGED',
      payoutIds: [payoutId],
    });
    await maker.ask(REASONED('payoutBatchVoid'), { id: made.id, reason: '账户变更' });
    await maker.ask(CANCEL, { id: payoutId, reason: '账户变更' });
    nextDay();
  });

  it('are overdue after three working days', async () => {
    world.clock.set('2026-11-09T08:00:00Z'); // Monday.
    const payeeId = newId('hhd');
    await plan(payeeId);
    const made = await batch();
    await checker.ask(BATCH('payoutBatchApprove'), { id: made.id });
    await maker.ask(EXPORT, { id: made.id });
    expect((await maker.ask<Listed>(OVERDUE)).nodes).toEqual([]);

    world.clock.advance(7 * DAY_MS);

    const { nodes } = await maker.ask<Listed>(OVERDUE);
    expect(nodes.map((node) => node['payeeId'])).toContain(payeeId);
  });

  it('accounts are proposed by one and verified by another', async () => {
    const input = details(newId('chp'));
    const { account: made } = await maker.ask<{ account: { id: string } }>(PROPOSE, { input });

    expect(made).toMatchObject({ state: 'UNVERIFIED', maskedName: '张**', method: 'BANK' });
    expect(await maker.ask(PROPOSE, { input })).toMatchObject({ account: { id: made.id } });
    expect(await maker.ask(PROPOSE, { input: { ...input, bankName: '另一家银行' } })).toMatchObject({
      code: 'PAYOUT_KEY_REUSED',
    });
    expect(await maker.ask(PROPOSE, { input: { ...input, accountNumber: 'x' } })).toMatchObject({
      code: 'INVALID_INPUT',
    });
    expect(await maker.codeOf(PROPOSE, { input: { ...input, payeeId: 'usr_1' } })).toBe('NOT_FOUND');
    const evidence = { accountId: made.id, how: 'TEST_TRANSFER', evidence: '试付 0.01 元' };
    expect(await maker.ask(VERIFY, { input: evidence })).toMatchObject({ code: 'SELF_VERIFICATION' });
    expect(await checker.ask(VERIFY, { input: { ...evidence, evidence: '' } })).toMatchObject({
      code: 'INVALID_INPUT',
    });
    expect((await maker.ask<Listed>(ACCOUNTS, { state: 'UNVERIFIED' })).nodes.map(({ id }) => id)).toContain(
      made.id,
    );
    expect(await checker.ask(VERIFY, { input: evidence })).toMatchObject({
      account: { state: 'VERIFIED', verifiedHow: 'TEST_TRANSFER' },
    });
    expect(await checker.ask(VERIFY, { input: evidence })).toMatchObject({ code: 'PAYEE_ACCOUNT_STATE' });
    expect(await checker.ask(BLOCK, { accountId: made.id, reason: '户名不符' })).toMatchObject({
      account: { state: 'BLOCKED', blockReason: '户名不符' },
    });
    expect(await checker.codeOf(BLOCK, { accountId: newId('pba'), reason: '户名不符' })).toBe('NOT_FOUND');
  });

  it('are made on working days, and warn of years that are not on file', async () => {
    world.clock.set('2026-11-14T02:00:00Z'); // Saturday.

    expect(await maker.ask(CALENDAR)).toEqual({
      today: '2026-11-14',
      isWorkingDay: false,
      nextRunOn: '2026-11-16',
      isYearKnown: false, // Nothing has been loaded in this world.
      isNextYearKnown: false,
    });
    expect(await maker.ask(START)).toMatchObject({
      code: 'NOT_A_WORKING_DAY',
      day: '2026-11-14',
      nextOn: '2026-11-16',
    });
  });

  it('take no file that is none, and no key that is none', async () => {
    const [made] = (await maker.ask<Listed>(BATCHES, { state: 'CLOSED' })).nodes;

    for (const content of ['', 'not base64!', 'A'.repeat(140_001)]) {
      expect(await maker.ask(IMPORT, { id: made?.['id'], content })).toMatchObject({ code: 'INVALID_INPUT' });
    }
    expect(
      await maker.ask(IMPORT, { id: made?.['id'], content: Buffer.from('\0\n\0').toString('base64') }),
    ).toMatchObject({
      import: { outcome: 'BROKEN', breakCode: 'UNREADABLE' },
    });
    expect(
      await maker.ask(CREATE, { input: { method: 'BANK', idempotencyKey: 'with blanks' } }),
    ).toMatchObject({ code: 'INVALID_INPUT' });
    expect(await maker.ask(CREATE, { input: { method: 'STRIPE', idempotencyKey: 'k' } })).toMatchObject({
      code: 'NOTHING_TO_PAY_OUT',
    });
  });

  it('list as many statements for two as for one', async () => {
    const one = await countStatements(() => maker.ask(PAYOUTS, { first: 1 }));

    expect(await countStatements(() => maker.ask(PAYOUTS, { first: 4 }))).toBe(one);
    expect(one).toBe(2 + 4); // And one transaction that writes down who has looked.
  });

  it.each([
    ['payout', PAYOUT],
    ['payoutItems', ITEMS],
    ['payoutBatch', ONE_BATCH],
    ['payoutImports', IMPORTS],
    ['payoutBatchApprove', BATCH('payoutBatchApprove')],
    ['payoutBatchWithdraw', BATCH('payoutBatchWithdraw')],
    ['payoutBatchExport', EXPORT],
    ['payoutDeclareAbsent', ABSENT],
  ])('%s finds nothing that is not there', async (_, query) => {
    for (const id of ['pob_01ARZ3NDEKTSV4RRFFQ69G5FAV', "' OR 1=1"]) {
      expect(await maker.codeOf(query, { id })).toBe('NOT_FOUND');
    }
    // What cannot be an id is no question.
    expect(await maker.codeOf(query, { id: '炎陵' })).toBe('INVALID_INPUT');
  });

  it.each([
    ['payoutRuns', RUNS, {}],
    ['payoutSkips', SKIPS, { runId: 'prn_1' }],
    ['payouts', PAYOUTS, {}],
    ['payout', PAYOUT, { id: 'pyo_1' }],
    ['payoutItems', ITEMS, { id: 'pyo_1' }],
    ['payoutsOverdue', OVERDUE, {}],
    ['payoutCalendar', CALENDAR, {}],
    ['payoutBatches', BATCHES, {}],
    ['payoutBatch', ONE_BATCH, { id: 'pob_1' }],
    ['payoutImports', IMPORTS, { id: 'pob_1' }],
    ['payeeAccounts', ACCOUNTS, {}],
  ])('%s is shown to the platform’s finance and operators only', async (_, query, variables) => {
    const client = world.client('settlement');
    const official = world.person({ role: 'OFFICIAL', scopeKind: 'DIVISION', scopeId: '430200' });
    const countyFinance = world.person({ role: 'FINANCE', scopeKind: 'DIVISION', scopeId: '430225' });
    const operator = world.person({ role: 'OPERATOR', scopeKind: 'PLATFORM', scopeId: '*' });

    expect(await client.codeOf(query, variables)).toBe('UNAUTHENTICATED');
    expect(await client.as(world.person().token).codeOf(query, variables)).toBe('FORBIDDEN');
    expect(await client.as(official.token).codeOf(query, variables)).toBe('FORBIDDEN');
    expect(await client.as(countyFinance.token).codeOf(query, variables)).toBe('FORBIDDEN');
    const { errors } = await client.as(operator.token).send(query, variables);
    expect(errors.map(({ extensions }) => extensions.code).filter((code) => code !== 'NOT_FOUND')).toEqual(
      [],
    );
  });

  it.each([
    ['payoutRunStart', START, {}],
    ['payoutCancel', CANCEL, { id: 'pyo_1', reason: 'why' }],
    ['payoutRecall', RECALL, { id: 'pyo_1', reason: 'why' }],
    ['payoutDeclareAbsent', ABSENT, { id: 'pyo_1' }],
    ['payoutBatchCreate', CREATE, { input: { method: 'BANK', idempotencyKey: 'k' } }],
    ['payoutBatchApprove', BATCH('payoutBatchApprove'), { id: 'pob_1' }],
    ['payoutBatchReject', REASONED('payoutBatchReject'), { id: 'pob_1', reason: 'why' }],
    ['payoutBatchWithdraw', BATCH('payoutBatchWithdraw'), { id: 'pob_1' }],
    ['payoutBatchVoid', REASONED('payoutBatchVoid'), { id: 'pob_1', reason: 'why' }],
    ['payoutBatchExport', EXPORT, { id: 'pob_1' }],
    ['payoutResultImport', IMPORT, { id: 'pob_1', content: 'AAAA' }],
    [
      'payeeAccountPropose',
      PROPOSE,
      {
        input: {
          payeeId: 'mer_1',
          method: 'BANK',
          accountName: 'a',
          bankName: 'b',
          accountNumber: '1',
          idempotencyKey: 'k',
        },
      },
    ],
    ['payeeAccountVerify', VERIFY, { input: { accountId: 'pba_1', how: 'DOCUMENTS', evidence: 'why' } }],
    ['payeeAccountBlock', BLOCK, { accountId: 'pba_1', reason: 'why' }],
  ])('%s is for the platform’s finance alone', async (_, query, variables) => {
    const client = world.client('settlement');
    const operator = world.person({ role: 'OPERATOR', scopeKind: 'PLATFORM', scopeId: '*' });
    const countyFinance = world.person({ role: 'FINANCE', scopeKind: 'DIVISION', scopeId: '430225' });

    expect(await client.codeOf(query, variables)).toBe('UNAUTHENTICATED');
    expect(await client.as(operator.token).codeOf(query, variables)).toBe('FORBIDDEN');
    expect(await client.as(countyFinance.token).codeOf(query, variables)).toBe('FORBIDDEN');
  });
});
