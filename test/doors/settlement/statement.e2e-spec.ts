import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { newId, present } from '#libs/kernel';
import { type AccountCode, LedgerDayBalanceService, LedgerService, posted } from '#libs/ledger';
import { CheckpointService, SealReader, SealService, keyText } from '#libs/seal';
import { StatementIssueService, StatementRunService } from '#libs/statement';
import type { Role, ScopeKind } from '#platform/auth';
import type { Client } from '../../harness/client.js';
import { countStatements } from '../../harness/statements.js';
import { World } from '../../harness/world.js';
import { makeHousehold } from '../../make/household.make.js';
import { makeMerchant } from '../../make/merchant.make.js';

const AMOUNTS = '{ heldFen availableFen owedFen netFen }';
const REVISIONS = `revisions { rev number state reason requestedBy issuedAt faultAccount faultFen payeeName checkpointDay provenJournalId
  files { format name sha256 sizeBytes path } }`;
const STATEMENT = `id payeeKind payeeId kind fromOn toOn month opening ${AMOUNTS} closing ${AMOUNTS} lineCount
  totals { kind count grossFen amounts ${AMOUNTS} } ${REVISIONS}`;
const LIST = `query ($filter: StatementFilter, $first: Int, $after: String) {
  statements(filter: $filter, first: $first, after: $after) { nodes { id payeeId totals { kind } revisions { number state files { format } } } pageInfo { hasNextPage endCursor } } }`;
const ONE = `query ($statementId: ID!) { statement(statementId: $statementId) { ${STATEMENT} } }`;
const LINES = `query ($statementId: ID!, $first: Int, $after: String) {
  statementLines(statementId: $statementId, first: $first, after: $after) {
    nodes { journalId partNo kind orderId wording grossFen amounts ${AMOUNTS} isLate } pageInfo { hasNextPage endCursor } } }`;
const ISSUE = `mutation ($input: StatementIssueInput!) { statementIssue(input: $input) { __typename
  ... on StatementIssuePayload { statement { id ${REVISIONS} } } ... on DomainError { code message } } }`;
const REISSUE = `mutation ($input: StatementReissueInput!) { statementReissue(input: $input) { __typename
  ... on StatementReissuePayload { statement { id ${REVISIONS} } }
  ... on DomainError { code message } ... on InvalidInputError { fields { path } } } }`;

interface Revision {
  readonly number: string;
  readonly state: string;
  readonly provenJournalId: string | null;
  readonly files: readonly { readonly format: string; readonly sha256: string; readonly path: string }[];
}
interface Shown {
  readonly id: string;
  readonly payeeId: string;
  readonly revisions: readonly Revision[];
}
interface Listed {
  readonly nodes: readonly Shown[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

let world: World;
let merchantId: `mer_${string}`;
let householdId: string;

const as = (role: Role, scopeKind: ScopeKind = 'PLATFORM', scopeId = '*'): Client =>
  world.client('settlement').as(world.person({ role, scopeKind, scopeId }).token);
const finance = () => as('FINANCE');
const credit = (payeeId: string, amountFen: bigint, effectiveAt: Date) =>
  world.database.transaction(async (tx) => {
    const credit = `liability:available:${payeeId}` as AccountCode;
    const journal = {
      idempotencyKey: newId('key'),
      kind: 'release',
      subject: newId('ord'),
      eventId: null,
      effectiveAt,
      transfers: [{ debit: 'liability:suspense', credit, amountFen }] as const,
    };
    posted(await world.get(LedgerService).post(tx, [journal]));
  });
const work = async () => {
  while ((await world.get(LedgerDayBalanceService).addUp(1_000)) > 0);
  while ((await world.get(StatementRunService).work()) > 0);
  while ((await world.get(StatementIssueService).work()) > 0);
};
const ofOctober = async (payeeId: string): Promise<Shown> => {
  const { nodes } = await finance().ask<Listed>(LIST, { filter: { payeeId, month: '2026-10' } });
  return finance().ask<Shown>(ONE, { statementId: present(nodes[0], 'the statement of October').id });
};
const bytesOf = async (client: string | null, path: string) => {
  const request = world.client('settlement').http.get(path);
  if (client !== null) void request.set('authorization', `Bearer ${client}`);
  return request.buffer(true).parse((answer, done) => {
    const chunks: Buffer[] = [];
    answer.on('data', (chunk: Buffer) => chunks.push(chunk));
    answer.on('end', () => done(null, Buffer.concat(chunks)));
  });
};

beforeAll(async () => {
  world = await World.start({ services: ['settlement'] });
  world.clock.set('2026-10-20T02:00:00Z');
  ({ id: merchantId } = await makeMerchant(world));
  householdId = (await makeHousehold(world)).id;
  await credit(merchantId, 20_000n, new Date('2026-10-05T02:00:00Z'));
  await credit(merchantId, 3_000n, new Date('2026-10-06T02:00:00Z'));
  await credit(householdId, 500n, new Date('2026-10-06T02:00:00Z'));
  await world.get(SealService).sealDue(1_000, { delayMs: 0, leaseMs: 0 });
  world.clock.set('2026-10-31T18:30:00Z');
  await world.get(CheckpointService).signDue();
  await work();
});
afterAll(() => world.close());

describe('statements', () => {
  it('are made at the month’s end, with figures, files and a proof', async () => {
    const amounts = (netFen: string) => ({ heldFen: '0', availableFen: netFen, owedFen: '0', netFen });

    expect(await ofOctober(merchantId)).toMatchObject({
      payeeKind: 'MERCHANT',
      kind: 'MONTHLY',
      fromOn: '2026-10-01',
      toOn: '2026-10-31',
      opening: amounts('0'),
      closing: amounts('23000'),
      lineCount: 2,
      totals: [{ kind: 'RELEASE', count: 2, grossFen: '0', amounts: amounts('23000') }],
      revisions: [
        {
          rev: 1,
          number: `ST-${merchantId}-202610-1`,
          state: 'ISSUED',
          reason: null,
          requestedBy: null,
          checkpointDay: '2026-10-31',
          provenJournalId: expect.stringMatching(/^jrn_/),
          files: [{ format: 'CSV' }, { format: 'PDF' }],
        },
      ],
    });
  });

  it('list what is asked for, page by page, at the same cost whatever its size', async () => {
    const first = await finance().ask<Listed>(LIST, { first: 1 });
    const second = await finance().ask<Listed>(LIST, { first: 1, after: first.pageInfo.endCursor });

    expect([...first.nodes, ...second.nodes].map(({ payeeId }) => payeeId).toSorted()).toEqual(
      [householdId, merchantId].toSorted(),
    );
    expect(second.pageInfo.hasNextPage).toBe(false);
    expect((await finance().ask<Listed>(LIST, { filter: { payeeKind: 'HOUSEHOLD' } })).nodes).toHaveLength(1);
    expect((await finance().ask<Listed>(LIST, { filter: { state: 'REFUSED' } })).nodes).toEqual([]);
    expect((await finance().ask<Listed>(LIST, { filter: { month: '2026-09' } })).nodes).toEqual([]);
    // Statements with figures, their kinds of lines, editions, files.
    expect(await countStatements(() => finance().ask(LIST, { first: 1 }))).toBe(4);
    expect(await countStatements(() => finance().ask(LIST, { first: 100 }))).toBe(4);
    expect(await finance().codeOf(LIST, { first: 101 })).toBe('INVALID_INPUT');
  });

  it('show their lines, page by page', async () => {
    const { id: statementId } = await ofOctober(merchantId);
    interface Lines {
      readonly nodes: readonly object[];
      readonly pageInfo: { readonly endCursor: string };
    }
    const first = await finance().ask<Lines>(LINES, { statementId, first: 1 });

    expect(first.nodes).toMatchObject([
      { kind: 'RELEASE', grossFen: null, amounts: { netFen: '20000' }, isLate: false },
    ]);
    expect(
      await finance().ask(LINES, { statementId, first: 1, after: first.pageInfo.endCursor }),
    ).toMatchObject({
      nodes: [{ amounts: { netFen: '3000' } }],
      pageInfo: { hasNextPage: false },
    });
    expect(await countStatements(() => finance().ask(LINES, { statementId }))).toBe(2);
    expect(await finance().codeOf(LINES, { statementId: 'stm_9' })).toBe('NOT_FOUND');
    expect(await finance().codeOf(ONE, { statementId: 'stm_9' })).toBe('NOT_FOUND');
  });

  it('know a household by its code, on screen and on paper', async () => {
    const statement = await ofOctober(householdId);
    const [row] = await world.database.query<{ name: string }>(
      'SELECT head_name AS name FROM household WHERE id = ?',
      [householdId],
    );
    const csv = present(
      statement.revisions[0]?.files.find(({ format }) => format === 'CSV'),
      'a file',
    );
    const { body } = await bytesOf(
      world.person({ role: 'FINANCE', scopeKind: 'PLATFORM', scopeId: '*' }).token,
      csv.path,
    );

    expect(statement).toMatchObject({ revisions: [{ payeeName: householdId }] });
    expect(row?.name).toMatch(/./);
    expect(`${JSON.stringify(statement)}${(body as Buffer).toString()}`).not.toContain(row?.name);
  });

  it.each([
    ['nobody', null, 'UNAUTHENTICATED'],
    ['a buyer', [], 'FORBIDDEN'],
    ['an official', ['OFFICIAL', 'DIVISION', '430225'], 'FORBIDDEN'],
    ['the merchant at this door', ['MERCHANT_OWNER', 'MERCHANT', 'self'], 'FORBIDDEN'],
    ['finance of a division', ['FINANCE', 'DIVISION', '430225'], 'FORBIDDEN'],
  ] as const)('are not for %s', async (_, grant, code) => {
    const { id: statementId, revisions } = await ofOctober(merchantId);
    const [role, scopeKind, scopeId] = grant ?? [];
    const person =
      grant === null
        ? null
        : role
          ? world.person({ role, scopeKind, scopeId: scopeId === 'self' ? merchantId : scopeId } as never)
          : world.person();
    const client = person ? world.client('settlement').as(person.token) : world.client('settlement');
    const input = { payeeId: merchantId, fromOn: '2026-10-01', toOn: '2026-10-05' };

    expect(await client.codeOf(LIST)).toBe(code);
    expect(await client.codeOf(ONE, { statementId })).toBe(code);
    expect(await client.codeOf(LINES, { statementId })).toBe(code);
    expect(await client.codeOf(ISSUE, { input })).toBe(code);
    expect(
      await client.codeOf(REISSUE, { input: { statementId, reason: '更名', idempotencyKey: 'k' } }),
    ).toBe(code);
    const { status } = await bytesOf(person?.token ?? null, present(revisions[0]?.files[0], 'a file').path);
    expect(status).toBe(code === 'UNAUTHENTICATED' ? 401 : 403);
    expect((await finance().ask<Listed>(LIST)).nodes).toHaveLength(2);
  });

  it('are read by operators and auditors, who issue none', async () => {
    const input = { payeeId: merchantId, fromOn: '2026-10-01', toOn: '2026-10-05' };
    for (const role of ['OPERATOR', 'AUDITOR'] as const) {
      expect((await as(role).ask<Listed>(LIST)).nodes).toHaveLength(2);
      expect(await as(role).codeOf(ISSUE, { input })).toBe('FORBIDDEN');
    }
  });
});

describe('their files', () => {
  it('are the bytes that were issued, each time, and each time is written down', async () => {
    const { userId, token } = world.person({ role: 'FINANCE', scopeKind: 'PLATFORM', scopeId: '*' });
    const { id, revisions } = await ofOctober(merchantId);
    for (const { path, sha256, format } of present(revisions[0], 'an edition').files) {
      const answers = [await bytesOf(token, path), await bytesOf(token, path)];
      for (const { status, body, headers } of answers) {
        expect(status).toBe(200);
        expect(
          createHash('sha256')
            .update(body as Buffer)
            .digest('hex'),
        ).toBe(sha256);
        expect(headers['content-type']).toBe(
          format === 'PDF' ? 'application/pdf' : 'text/csv; charset=utf-8',
        );
        expect(headers['content-disposition']).toContain(`ST-${merchantId}-202610-1.${format.toLowerCase()}`);
      }
    }

    const entries = await world.database.query(
      "SELECT 1 FROM audit_entry WHERE act = 'statement.downloaded' AND subject = ? AND actor_id = ?",
      [id, userId],
    );
    expect(entries).toHaveLength(4);
    expect((await bytesOf(token, '/statements/ST-mer_9-202610-1/pdf')).status).toBe(404);
    expect((await bytesOf(token, `/statements/ST-${merchantId}-202610-1/xlsx`)).status).toBe(404);
  });

  it('H4: hold a proof that somebody checks who does not trust us', async () => {
    const { revisions } = await ofOctober(householdId);
    const csv = present(
      revisions[0]?.files.find(({ format }) => format === 'CSV'),
      'a file',
    );
    const { token } = world.person({ role: 'FINANCE', scopeKind: 'PLATFORM', scopeId: '*' });
    const text = ((await bytesOf(token, csv.path)).body as Buffer).toString();
    const [qr = ''] = /TAOYUAN1\.[\w.-]+/.exec(text) ?? [];
    const seals = world.get(SealReader);
    const directory = await mkdtemp(join(tmpdir(), 'proof-'));
    const file = async (name: string, content: string) => {
      await writeFile(join(directory, name), content);
      return join(directory, name);
    };
    const verify = async (content: string) => {
      const args = [
        'scripts/ledger/verify-proof.mjs',
        await file('qr.txt', content),
        '--key',
        await file('key.txt', present((await seals.keys()).map(keyText)[0], 'a key')),
        '--checkpoint',
        await file('checkpoint.txt', present(await seals.latestCheckpoint('JOURNAL'), 'a checkpoint').note),
      ];
      return promisify(execFile)(process.execPath, args).then(
        ({ stdout }) => stdout,
        (error: { stdout: string }) => error.stdout,
      );
    };

    expect(await verify(qr)).toContain('已验证');
    expect(await verify(qr.replace(/.$/, (sign) => (sign === 'A' ? 'Q' : 'A')))).not.toContain('已验证');
    await rm(directory, { recursive: true });
  });
});

describe('on demand', () => {
  it('is asked for at once and made by the clockwork', async () => {
    const input = { payeeId: merchantId, fromOn: '2026-10-06', toOn: '2026-10-07' };

    const asked = await finance().ask<{ statement: Shown }>(ISSUE, { input });
    expect(asked).toMatchObject({
      __typename: 'StatementIssuePayload',
      statement: { revisions: [{ rev: 1, state: 'ISSUING', files: [], payeeName: null }] },
    });
    await work();

    const again = await finance().ask<{ statement: Shown }>(ISSUE, { input });
    expect(again.statement.id).toBe(asked.statement.id);
    expect(await finance().ask(ONE, { statementId: asked.statement.id })).toMatchObject({
      opening: { netFen: '20000' },
      closing: { netFen: '23000' },
      revisions: [{ state: 'ISSUED', files: [{ format: 'CSV' }, { format: 'PDF' }] }],
    });
  });

  it('refuses days that are not over, in two languages', async () => {
    const input = { payeeId: merchantId, fromOn: '2026-10-06', toOn: '2026-11-01' };

    expect(await finance().ask(ISSUE, { input })).toMatchObject({
      code: 'STATEMENT_PERIOD',
      message: 'A statement ends yesterday (in Shanghai) or earlier.',
    });
    expect(await finance().speaking('zh-CN').ask(ISSUE, { input })).toMatchObject({
      message: expect.stringContaining('昨日'),
    });
    expect(
      await finance().codeOf(ISSUE, { input: { ...input, payeeId: newId('mer'), toOn: '2026-10-31' } }),
    ).toBe('NOT_FOUND');
  });

  it('H7: another edition has a reason, and the first stays readable', async () => {
    const before = await ofOctober(merchantId);
    const input = { statementId: before.id, reason: '合作社更名', idempotencyKey: newId('key') };

    expect(await finance().ask(REISSUE, { input: { ...input, reason: '' } })).toMatchObject({
      code: 'INVALID_INPUT',
      fields: [{ path: 'reason' }],
    });
    await finance().ask(REISSUE, { input });
    expect(await finance().ask(REISSUE, { input: { ...input, reason: '另有原因' } })).toMatchObject({
      code: 'INVALID_INPUT',
      fields: [{ path: 'idempotencyKey' }],
    });
    const early = { ...input, idempotencyKey: newId('key') };
    expect(await finance().ask(REISSUE, { input: early })).toMatchObject({ code: 'STATEMENT_NOT_ISSUED' });
    await work();

    const after = await ofOctober(merchantId);
    expect(after.revisions[0]).toEqual(before.revisions[0]);
    expect(after.revisions[1]).toMatchObject({
      rev: 2,
      number: `ST-${merchantId}-202610-2`,
      state: 'ISSUED',
      reason: '合作社更名',
    });
    expect(await finance().codeOf(REISSUE, { input: { ...input, statementId: 'stm_9' } })).toBe('NOT_FOUND');
  });
});
