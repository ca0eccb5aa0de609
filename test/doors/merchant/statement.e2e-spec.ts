import { newId, present } from '#libs/kernel';
import { type AccountCode, LedgerDayBalanceService, LedgerService, posted } from '#libs/ledger';
import { StatementIssueService, StatementRunService } from '#libs/statement';
import type { Role } from '#platform/auth';
import { countStatements } from '../../harness/statements.js';
import { World } from '../../harness/world.js';
import { makeCabinet } from '../../make/cabinet.make.js';
import { makeMerchant } from '../../make/merchant.make.js';

const LIST = `query ($merchantId: ID!, $month: String, $first: Int) { statements(merchantId: $merchantId, month: $month, first: $first) {
  nodes { id kind month closing { netFen } lineCount totals { kind } revisions { number state files { format sha256 path } } }
  pageInfo { hasNextPage } } }`;
const LINES = `query ($statementId: ID!) { statementLines(statementId: $statementId) { nodes { kind amounts { availableFen } } } }`;

interface Listed {
  readonly nodes: readonly {
    readonly id: string;
    readonly revisions: readonly { readonly files: readonly { readonly path: string }[] }[];
  }[];
}

let world: World;
let own: string;
let other: string;
/** That `own` runs. */
let counterId: string;

beforeAll(async () => {
  // The console's service makes them; the merchant's shows them.
  world = await World.start({ services: ['merchant', 'settlement'] });
  world.clock.set('2026-10-20T02:00:00Z');
  own = (await makeMerchant(world)).id;
  other = (await makeMerchant(world)).id;
  counterId = (await makeCabinet(world, { operatorId: own })).channelPointId;
  for (const payeeId of [own, other, counterId]) {
    const credit = `liability:available:${payeeId}` as AccountCode;
    const journal = {
      idempotencyKey: newId('key'),
      kind: 'release',
      subject: newId('ord'),
      eventId: null,
      effectiveAt: world.clock.now(),
      transfers: [{ debit: 'liability:suspense', credit, amountFen: 700n }] as const,
    };
    await world.database.transaction(async (tx) => {
      posted(await world.get(LedgerService).post(tx, [journal]));
    });
  }
  world.clock.set('2026-11-02T02:00:00Z');
  while ((await world.get(LedgerDayBalanceService).addUp(1_000)) > 0);
  while ((await world.get(StatementRunService).work()) > 0);
  while ((await world.get(StatementIssueService).work()) > 0);
});
afterAll(() => world.close());

const person = (role: Role, merchantId: string) =>
  world.person({ role, scopeKind: 'MERCHANT', scopeId: merchantId });
const as = (role: Role, merchantId = own) => world.client('merchant').as(person(role, merchantId).token);
const take = (token: string, path: string) =>
  world.client('merchant').http.get(path).set('authorization', `Bearer ${token}`);

it('an owner sees the statements of their merchant, and takes the files', async () => {
  const list = await as('MERCHANT_OWNER').ask<Listed>(LIST, { merchantId: own });

  expect(list).toMatchObject({
    nodes: [
      {
        kind: 'MONTHLY',
        month: '2026-10',
        closing: { netFen: '700' },
        lineCount: 1,
        totals: [{ kind: 'RELEASE' }],
        revisions: [
          { number: `ST-${own}-202610-1`, state: 'ISSUED', files: [{ format: 'CSV' }, { format: 'PDF' }] },
        ],
      },
    ],
    pageInfo: { hasNextPage: false },
  });
  const [statement] = list.nodes;
  expect(await as('MERCHANT_OWNER').ask(LINES, { statementId: statement?.id })).toEqual({
    nodes: [{ kind: 'RELEASE', amounts: { availableFen: '700' } }],
  });
  expect((await as('MERCHANT_OWNER').ask<Listed>(LIST, { merchantId: own, month: '2026-09' })).nodes).toEqual(
    [],
  );
  expect(await countStatements(() => as('MERCHANT_OWNER').ask(LIST, { merchantId: own }))).toBe(4);
  const path = present(statement?.revisions[0]?.files[0], 'a file').path;
  const { text } = await take(person('MERCHANT_OWNER', own).token, path).expect(200);
  expect(text).toContain(own);
});

it('and those of a counter that it runs', async () => {
  const list = LIST.replace('$merchantId: ID!', '$merchantId: ID!, $counterId: ID').replace(
    'merchantId: $merchantId',
    'merchantId: $merchantId, counterId: $counterId',
  );
  const { nodes } = await as('MERCHANT_OWNER').ask<Listed>(list, { merchantId: own, counterId });
  const path = present(nodes[0]?.revisions[0]?.files[0], 'a file').path;
  const statementId = present(nodes[0], 'a statement').id;

  expect(nodes).toMatchObject([{ month: '2026-10', closing: { netFen: '700' } }]);
  expect(await as('MERCHANT_OWNER').ask(LINES, { statementId })).toMatchObject({
    nodes: [{ kind: 'RELEASE' }],
  });
  const { text } = await take(person('MERCHANT_OWNER', own).token, path).expect(200);
  expect(text).toContain('消费扶贫专柜');
  expect(await as('MERCHANT_OWNER', other).codeOf(list, { merchantId: other, counterId })).toBe('NOT_FOUND');
  expect(await as('MERCHANT_OWNER', other).codeOf(LINES, { statementId })).toBe('NOT_FOUND');
  await take(person('MERCHANT_OWNER', other).token, path).expect(404);
});

it('nobody else’s: missing and not one’s own look the same', async () => {
  const [theirs] = (await as('MERCHANT_OWNER', other).ask<Listed>(LIST, { merchantId: other })).nodes;
  const path = present(theirs?.revisions[0]?.files[0], 'a file').path;
  const owner = as('MERCHANT_OWNER');

  expect(await owner.codeOf(LIST, { merchantId: other })).toBe('NOT_FOUND');
  expect(await owner.codeOf(LINES, { statementId: theirs?.id })).toBe('NOT_FOUND');
  expect(await owner.codeOf(LINES, { statementId: 'stm_9' })).toBe('NOT_FOUND');
  await take(person('MERCHANT_OWNER', own).token, path).expect(404);
  await take(person('MERCHANT_OWNER', own).token, `/statements/ST-${own}-202610-9/pdf`).expect(404);
});

it('not for clerks, buyers or strangers', async () => {
  const [statement] = (await as('MERCHANT_OWNER').ask<Listed>(LIST, { merchantId: own })).nodes;
  const path = present(statement?.revisions[0]?.files[0], 'a file').path;

  expect(await as('MERCHANT_CLERK').codeOf(LIST, { merchantId: own })).toBe('FORBIDDEN');
  expect(await as('MERCHANT_CLERK').codeOf(LINES, { statementId: statement?.id })).toBe('FORBIDDEN');
  await take(person('MERCHANT_CLERK', own).token, path).expect(403);
  expect(await world.client('merchant').codeOf(LIST, { merchantId: own })).toBe('UNAUTHENTICATED');
  await world.client('merchant').http.get(path).expect(401);
});
