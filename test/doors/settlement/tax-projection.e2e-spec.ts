import readXlsxFile from 'read-excel-file/node';
import { newId } from '#libs/kernel';
import { type AccountCode, LedgerDayBalanceService, LedgerService, posted } from '#libs/ledger';
import { RefundReversalService, type Sale, SaleSplitService, ShareReleaseService } from '#libs/settlement';
import { StatementIssueService, StatementRunService } from '#libs/statement';
import type { Role, ScopeKind } from '#platform/auth';
import { goods } from '../../database/settlement-rooms.js';
import { countStatements } from '../../harness/statements.js';
import { World } from '../../harness/world.js';
import { makeMerchant } from '../../make/merchant.make.js';

const PROJECTION = `query ($year: Int!, $quarter: Int!, $first: Int, $after: String) {
  taxProjection(year: $year, quarter: $quarter, first: $first, after: $after) { fromOn toOn dueOn isComplete
    nodes { payeeId name maskedCreditCode grossFen refundsFen netFen count platformFeeFen providerFeeFen faultAccount faultFen }
    pageInfo { hasNextPage endCursor } } }`;
const Q4 = { year: 2026, quarter: 4 };
const CSV = '/tax-projections/2026/4/csv';

let world: World;
let one: `mer_${string}`;
let two: `mer_${string}`;

const person = (role: Role, scopeKind: ScopeKind = 'PLATFORM', scopeId = '*') =>
  world.person({ role, scopeKind, scopeId });
const as = (role: Role, scopeKind: ScopeKind = 'PLATFORM', scopeId = '*') =>
  world.client('settlement').as(person(role, scopeKind, scopeId).token);
const take = (path: string, token: string, language = 'en') =>
  world
    .client('settlement')
    .http.get(path)
    .set('authorization', `Bearer ${token}`)
    .set('accept-language', language);
const cause = () => ({ eventId: newId('evt'), at: world.clock.now() });
const sell = (orderId: string, merchantId: `mer_${string}`, ...amounts: readonly bigint[]) => {
  const lines = amounts.map((goodsFen, n) =>
    goods(`${orderId}l${n}`, goodsFen, { merchantOrderId: `${orderId}m`, merchantId, operatorId: null }),
  );
  const sale: Sale = { lines, freights: [{ merchantOrderId: `${orderId}m`, merchantId, freightFen: 800n }] };
  const amountFen = amounts.reduce((sum, amount) => sum + amount, 800n);
  const capture = {
    orderId,
    paymentId: `pay_${orderId}`,
    intentRef: `pi_${orderId}`,
    amountFen,
    disposition: 'KEPT' as const,
  };
  return world.database.transaction((tx) => world.get(SaleSplitService).capture(tx, capture, sale, cause()));
};
const refund = (orderId: string, amountFen: bigint) =>
  world.database.transaction((tx) =>
    world.get(RefundReversalService).reserve(
      tx,
      {
        refundId: `rfd_${orderId}`,
        orderId,
        amountFen,
        disposition: 'KEPT',
        borneBy: 'SELLERS',
        parts: [{ lineId: `${orderId}l0`, amountFen }],
      },
      cause(),
    ),
  );
const work = async () => {
  while ((await world.get(LedgerDayBalanceService).addUp(1_000)) > 0);
  while ((await world.get(StatementRunService).work()) > 0);
  while ((await world.get(StatementIssueService).work()) > 0);
};
const late = (amountFen: bigint) =>
  world.database.transaction(async (tx) => {
    const journal = {
      idempotencyKey: newId('key'),
      kind: 'adjustment',
      subject: newId('adj'),
      eventId: null,
      effectiveAt: new Date('2026-12-30T02:00:00Z'),
      transfers: [
        { debit: 'liability:suspense', credit: `liability:available:${one}` as AccountCode, amountFen },
      ] as const,
    };
    posted(await world.get(LedgerService).post(tx, [journal]));
  });

beforeAll(async () => {
  world = await World.start({ services: ['settlement'] });
  one = (await makeMerchant(world)).id;
  two = (await makeMerchant(world)).id;
  [one, two] = [one, two].toSorted() as [`mer_${string}`, `mer_${string}`];
  world.clock.set('2026-10-20T02:00:00Z');
  await sell('ord_1', one, 10_000n, 5_000n);
  await sell('ord_2', one, 2_000n);
  world.clock.set('2026-11-20T02:00:00Z');
  await sell('ord_3', two, 1_000n);
  await world.database.transaction((tx) =>
    world.get(ShareReleaseService).release(tx, { orderId: 'ord_1', merchantOrderId: 'ord_1m' }, cause()),
  );
  world.clock.set('2026-12-20T02:00:00Z');
  await refund('ord_1', 4_000n);
  world.clock.set('2027-01-05T02:00:00Z');
});
afterAll(() => world.close());

it('is not taken out before the quarter’s statements are checked', async () => {
  const { token } = person('FINANCE');

  expect(await as('FINANCE').ask(PROJECTION, Q4)).toMatchObject({ isComplete: false, nodes: [] });
  const { body } = await take(CSV, token).expect(409);
  expect(body).toMatchObject({ code: 'TAX_QUARTER_OPEN', message: expect.stringContaining('statements') });
  expect((await take(CSV, token, 'zh-CN')).body).toMatchObject({
    message: expect.stringContaining('对账单'),
  });

  await work();
});

it('tells of every seller what they took in, as the ledger has it', async () => {
  expect(await as('FINANCE').ask(PROJECTION, Q4)).toEqual({
    fromOn: '2026-10-01',
    toOn: '2026-12-31',
    dueOn: '2027-01-31',
    isComplete: true,
    nodes: [
      {
        payeeId: one,
        name: expect.any(String),
        maskedCreditCode: expect.stringMatching(/^.{4}\*{12}.{2}$/),
        // Goods 17000 and twice freight.
        grossFen: '18600',
        refundsFen: '4000',
        netFen: '14600',
        count: 2,
        // Five per cent of 17000, less of 4000.
        platformFeeFen: '650',
        providerFeeFen: '0',
        faultAccount: null,
        faultFen: null,
      },
      expect.objectContaining({
        payeeId: two,
        grossFen: '1800',
        refundsFen: '0',
        count: 1,
        platformFeeFen: '50',
      }),
    ],
    pageInfo: { hasNextPage: false, endCursor: expect.any(String) },
  });
  expect(await as('FINANCE').ask(PROJECTION, { year: 2026, quarter: 3 })).toMatchObject({ nodes: [] });
});

it('is paged, at the same cost whatever its size', async () => {
  const first = await as('FINANCE').ask<{ pageInfo: { endCursor: string } }>(PROJECTION, { ...Q4, first: 1 });

  expect(first).toMatchObject({ nodes: [{ payeeId: one }], pageInfo: { hasNextPage: true } });
  expect(
    await as('FINANCE').ask(PROJECTION, { ...Q4, first: 1, after: first.pageInfo.endCursor }),
  ).toMatchObject({ nodes: [{ payeeId: two }], pageInfo: { hasNextPage: false } });
  const cost = await countStatements(() => as('FINANCE').ask(PROJECTION, { ...Q4, first: 1 }));
  expect(await countStatements(() => as('FINANCE').ask(PROJECTION, Q4))).toBe(cost);
  expect(cost).toBeLessThanOrEqual(10);
  expect(await as('FINANCE').codeOf(PROJECTION, { year: 2026, quarter: 5 })).toBe('INVALID_INPUT');
});

it('is taken out with codes in full, and that is written down', async () => {
  const { token, userId } = person('FINANCE');
  const codes = await world.database.query<{ code: string }>(
    'SELECT credit_code AS code FROM merchant ORDER BY id',
  );

  const { text } = await take(CSV, token).expect(200);
  const xlsx = await take('/tax-projections/2026/4/xlsx', token)
    .buffer(true)
    .parse((answer, done) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('end', () => done(null, Buffer.concat(chunks)));
    });

  for (const { code } of codes) expect(text).toContain(code);
  expect(text).toContain(`${one},186.00,40.00,146.00,2,6.50,0.00`);
  expect((await take(CSV, token)).text).toBe(text);
  const sheets = await readXlsxFile(xlsx.body as Buffer);
  expect(JSON.stringify(sheets)).toContain(`"${one}",186,40,146,2,6.5,0`);
  const entries = await world.database.query<{ subject: string }>(
    "SELECT subject FROM audit_entry WHERE act = 'tax_projection.exported' AND actor_id = ? ORDER BY id",
    [userId],
  );
  expect(entries.map(({ subject }) => subject)).toEqual([
    'tax-2026Q4.csv',
    'tax-2026Q4.xlsx',
    'tax-2026Q4.csv',
  ]);
  await take('/tax-projections/2026/9/csv', token).expect(404);
  await take('/tax-projections/2026/4/pdf', token).expect(404);
});

it('is not taken out while the books say something else, and says where', async () => {
  await late(33n);

  expect(await as('FINANCE').ask(PROJECTION, { ...Q4, first: 1 })).toMatchObject({
    nodes: [{ grossFen: '18600', faultAccount: `liability:available:${one}`, faultFen: '33' }],
  });
  const { body } = await take(CSV, person('FINANCE').token).expect(409);
  expect(body).toMatchObject({ code: 'TAX_DIFFERENCE', message: expect.stringContaining('33 fen') });

  // The next month's statement has it, late; the quarter's figures are what they were.
  world.clock.set('2027-02-02T02:00:00Z');
  await work();
  expect(await as('FINANCE').ask(PROJECTION, { ...Q4, first: 1 })).toMatchObject({
    nodes: [{ grossFen: '18600', faultAccount: null }],
  });
  await take(CSV, person('FINANCE').token).expect(200);
});

it.each([
  ['an operator', 'OPERATOR', 'PLATFORM', '*'],
  ['an official', 'OFFICIAL', 'DIVISION', '430225'],
  ['finance of a division', 'FINANCE', 'DIVISION', '430225'],
  ['a merchant', 'MERCHANT_OWNER', 'MERCHANT', 'mer_1'],
] as const)('is not for %s', async (_, role, scopeKind, scopeId) => {
  expect(await as(role, scopeKind, scopeId).codeOf(PROJECTION, Q4)).toBe('FORBIDDEN');
  await take(CSV, person(role, scopeKind, scopeId).token).expect(403);
});

it('is read by auditors, who take nothing out; and by nobody who is not signed in', async () => {
  expect(await as('AUDITOR').ask(PROJECTION, Q4)).toMatchObject({ isComplete: true });
  await take(CSV, person('AUDITOR').token).expect(403);
  expect(await world.client('settlement').codeOf(PROJECTION, Q4)).toBe('UNAUTHENTICATED');
  await world.client('settlement').http.get(CSV).expect(401);
});
