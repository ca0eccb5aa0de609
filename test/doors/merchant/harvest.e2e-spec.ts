import { DivisionService } from '#libs/division';
import { StockService } from '#libs/inventory';
import { type IdOf, newId, present } from '#libs/kernel';
import { countStatements } from '../../harness/statements.js';
import { World } from '../../harness/world.js';
import { makeScan } from '../../make/application.make.js';
import { makeDivisions } from '../../make/division.make.js';
import { makeMerchant } from '../../make/merchant.make.js';
import { makeCertification, makeProduct } from '../../make/product.make.js';

const BATCH = `batch { id traceCode productName villageCode villageName harvestedFrom harvestedUntil dailyG weightG grantedG reviewState closedAt
  bestBeforeOn receivedG onHandG stops testReport { laboratory reportNo testedOn result } }`;
const ANSWER = (payload: string) =>
  `{ __typename ... on ${payload} { ${BATCH} } ... on DomainError { code message } ... on InvalidInputError { fields { path } } }`;
const REGISTER = `mutation ($input: HarvestBatchRegisterInput!) { harvestBatchRegister(input: $input) ${ANSWER('HarvestBatchRegisterPayload')} }`;
const CHANGE = `mutation ($input: HarvestBatchChangeInput!) { harvestBatchChange(input: $input) ${ANSWER('HarvestBatchChangePayload')} }`;
const CLOSE = `mutation ($batchId: ID!) { harvestBatchClose(batchId: $batchId) { __typename ... on HarvestBatchClosePayload { ${BATCH} } ... on DomainError { code } } }`;
const REPORT = `mutation ($input: BatchTestReportAddInput!) { batchTestReportAdd(input: $input) ${ANSWER('BatchTestReportAddPayload')} }`;
const RECEIVE = `mutation ($input: StockReceiveInput!) { stockReceive(input: $input) { __typename
  ... on DomainError { code message } ... on BatchReceivableExceededError { receivableG receivedG } } }`;
const LIST = `query ($merchantId: ID!, $productId: ID, $first: Int, $after: String) { harvestBatches(merchantId: $merchantId, productId: $productId, first: $first, after: $after) {
  nodes { id receivedG onHandG stops testReport { result } } pageInfo { hasNextPage endCursor } } }`;
const TRACE = `query ($code: String!) { trace(code: $code) { traceCode productName isProductOnSale countyName villageName harvestedFrom harvestedUntil
  certification { catalogueNo revokedAt } linkedHouseholdCount householdShareBps isStopped testReport { laboratory hasPassed fileUrl } } }`;
const ONE = 'query ($id: ID!) { harvestBatch(id: $id) { id traceCode } }';

interface Answer {
  readonly __typename: string;
  readonly code?: string;
  readonly fields?: readonly { readonly path: string }[];
  readonly batch?: { readonly id: string; readonly traceCode: string; readonly [field: string]: unknown };
}

const VILLAGE = {
  code: '430225209225',
  parentCode: '430225209',
  level: 'VILLAGE',
  name: '平乐村',
  isDesignated: false,
  longitude: null,
  latitude: null,
} as const;

let world: World;

beforeAll(async () => {
  world = await World.start({ services: ['merchant', 'storefront'] });
  await makeDivisions(world);
  await world.get(DivisionService).load([VILLAGE]);
});
afterAll(() => world.close());

const personOf = (merchantId: string) =>
  world.person({ role: 'MERCHANT_CLERK', scopeKind: 'MERCHANT', scopeId: merchantId });
const harvest = (productId: string, changes: object = {}) => ({
  input: {
    idempotencyKey: newId('req'),
    productId,
    villageCode: VILLAGE.code,
    harvestedFrom: '2026-10-20',
    harvestedUntil: '2026-10-29',
    weightG: 100_000,
    bestBeforeOn: '2026-12-31',
    ...changes,
  },
});
const statusOf = async (token: string, batchId: string) => {
  const path = `/harvest-batches/${batchId}/test-report`;
  return (await world.client('merchant').http.get(path).set('authorization', `Bearer ${token}`)).status;
};

async function stand() {
  const made = await makeProduct(world, { batches: [{ quantity: 3 }] });
  const person = personOf(made.merchantId);
  const client = world.client('merchant').as(person.token);
  const register = (changes: object = {}) => client.ask<Answer>(REGISTER, harvest(made.productId, changes));
  return { ...made, ...person, client, register };
}
const batchOf = (answer: Answer) => present(answer.batch, JSON.stringify(answer));

describe('a harvest', () => {
  it('is registered once per key, with a code that cannot be guessed', async () => {
    const { client, productId } = await stand();
    const input = harvest(productId);

    const answers = await Promise.all([1, 2, 3].map(() => client.ask<Answer>(REGISTER, input)));

    const batch = batchOf(present(answers[0], 'an answer'));
    expect(new Set(answers.map((answer) => answer.batch?.id))).toEqual(new Set([batch.id]));
    expect(batch).toMatchObject({
      traceCode: expect.stringMatching(/^[1-9A-HJKMNP-TV-Z]{11}$/),
      productName: '炎陵黄桃',
      villageCode: VILLAGE.code,
      harvestedFrom: '2026-10-20',
      harvestedUntil: '2026-10-29',
      dailyG: null,
      weightG: 100_000,
      grantedG: 100_000,
      reviewState: 'NONE',
      receivedG: 0,
      stops: [],
      testReport: null,
    });
    const other = await client.ask<Answer>(REGISTER, {
      input: { ...input.input, harvestedFrom: '2026-10-21' },
    });
    expect(other.code).toBe('HARVEST_KEY_USED');
  });

  it('that says too little is refused, and nothing is written', async () => {
    const { register, client, merchantId } = await stand();
    const before = (await client.ask<{ nodes: unknown[] }>(LIST, { merchantId })).nodes.length;

    const answer = await register({ weightG: null, villageCode: '430225209', bestBeforeOn: null });

    expect(answer.fields?.map(({ path }) => path)).toEqual(['weightG', 'villageCode', 'bestBeforeOn']);
    expect((await client.ask<{ nodes: unknown[] }>(LIST, { merchantId })).nodes).toHaveLength(before);
  });

  it('lets no more come in than it weighs, whatever it is packed as and however many receive at once', async () => {
    const { register, client, variantId } = await stand();
    const { id: batchId } = batchOf(await register());
    const receive = (causeKey: string, quantity: number) =>
      client.ask<Answer>(RECEIVE, { input: { causeKey, variantId, batchId, quantity } });

    // Forty boxes of 2.5 kg are the hundred kilograms.
    const answers = await Promise.all(['a', 'b', 'c'].map((key) => receive(key, 20)));

    expect(answers.map(({ code = 'done' }) => code).toSorted()).toEqual([
      'BATCH_RECEIVABLE_EXCEEDED',
      'done',
      'done',
    ]);
    expect(await receive('d', 1)).toMatchObject({ receivableG: 100_000, receivedG: 100_000 });
    const change = (weightG: number) =>
      client.ask<Answer>(CHANGE, { input: { batchId, harvestedUntil: '2026-10-30', weightG } });
    expect((await change(99_000)).fields).toEqual([{ path: 'weightG' }]);
    expect(batchOf(await change(102_500))).toMatchObject({ weightG: 102_500, receivedG: 100_000 });
    expect((await receive('d', 1)).__typename).toBe('StockReceivePayload');
  });

  it('is closed once, and then takes nothing more and is changed no more', async () => {
    const { register, client, variantId } = await stand();
    const { id: batchId } = batchOf(await register());
    const close = () => client.ask<Answer>(CLOSE, { batchId });

    const first = batchOf(await close());

    expect(first['closedAt']).not.toBeNull();
    world.clock.advance(1_000);
    expect(batchOf(await close())['closedAt']).toBe(first['closedAt']);
    const receipt = { causeKey: 'late', variantId, batchId, quantity: 1 };
    expect((await client.ask<Answer>(RECEIVE, { input: receipt })).code).toBe('BATCH_RECEIVABLE_EXCEEDED');
    const change = { batchId, harvestedUntil: '2026-10-30', weightG: 200_000 };
    expect((await client.ask<Answer>(CHANGE, { input: change })).code).toBe('HARVEST_CLOSED');
  });
});

describe('a test report', () => {
  it('stops the sale when it says no, and lets it go on when another says yes', async () => {
    const { register, client, variantId, batchIds, userId, token } = await stand();
    const { id: batchId } = batchOf(await register());
    await client.ask(RECEIVE, { input: { causeKey: 'in', variantId, batchId, quantity: 10 } });
    const plan = async (quantity: number) => {
      const planned = await world.database.transaction((tx) =>
        world.get(StockService).plan(tx, [{ variantId, quantity }]),
      );
      return Array.isArray(planned) ? planned.map((each) => each.batchId) : planned.code;
    };
    const input = {
      idempotencyKey: newId('req'),
      batchId,
      fileId: await makeScan(world, userId),
      laboratory: '株洲市农产品检测中心',
      reportNo: 'NO.1',
      testedOn: '2026-10-20',
      result: 'FAILED',
    };
    expect(await plan(13)).toEqual([batchIds[0], batchId]);

    const failed = batchOf(await client.ask<Answer>(REPORT, { input }));

    expect(failed).toMatchObject({
      stops: ['TEST_FAILED'],
      testReport: { result: 'FAILED', reportNo: 'NO.1' },
    });
    expect([await plan(3), await plan(4)]).toEqual([[batchIds[0]], 'INSUFFICIENT_STOCK']);
    const level = await world.database.query<{ id: IdOf<'stk'> }>(
      'SELECT id FROM stock_level WHERE batch_id = ?',
      [batchId],
    );
    const reservations = level.map(({ id }) => ({ orderLineId: newId('lin'), levelId: id, quantity: 1 }));
    // Planned before it was stopped: the statement that takes looks again.
    await expect(
      world.database.transaction((tx) => world.get(StockService).reserve(tx, newId('ord'), reservations)),
    ).rejects.toThrow('no longer has 1');

    const passing = { ...input, idempotencyKey: newId('req'), reportNo: 'NO.2', result: 'PASSED' };
    const passed = batchOf(await client.ask<Answer>(REPORT, { input: passing }));
    expect(passed).toMatchObject({ stops: [], testReport: { reportNo: 'NO.2' } });
    // The first one once more is known, and stops nothing.
    expect(batchOf(await client.ask<Answer>(REPORT, { input }))).toMatchObject({ stops: [] });
    expect((await client.ask<Answer>(REPORT, { input: { ...input, reportNo: 'NO.3' } })).code).toBe(
      'HARVEST_KEY_USED',
    );
    expect(await plan(13)).toEqual([batchIds[0], batchId]);
    expect(await statusOf(token, batchId)).toBe(200);
  });

  it('says all that is wrong with it, and nobody brings the file of another', async () => {
    const { register, client } = await stand();
    const { id: batchId } = batchOf(await register());
    const stranger = await stand();
    const input = {
      idempotencyKey: newId('req'),
      batchId,
      fileId: await makeScan(world, stranger.userId),
      laboratory: ' ',
      reportNo: '',
      testedOn: '2027-01-01',
      result: 'PASSED',
    };
    expect((await client.ask<Answer>(REPORT, { input })).fields?.map(({ path }) => path)).toEqual([
      'fileId',
      'laboratory',
      'reportNo',
      'testedOn',
    ]);
    expect(await stranger.client.codeOf(REPORT, { input })).toBe('NOT_FOUND');
  });
});

describe('a trace code', () => {
  it('says to anybody where it grew, by whom and what was found in it, however it is typed', async () => {
    const { register, client, userId, productId } = await stand();
    await makeCertification(world, productId);
    const batch = batchOf(await register());
    const input = {
      idempotencyKey: newId('req'),
      batchId: batch.id,
      fileId: await makeScan(world, userId),
      laboratory: '检测中心',
      reportNo: 'NO.9',
      testedOn: '2026-10-20',
    };
    const shop = world.client('storefront');
    const code = batch.traceCode;
    expect((await shop.ask<{ testReport: null }>(TRACE, { code })).testReport).toBeNull();
    await client.ask(REPORT, { input: { ...input, result: 'FAILED' } });

    const typed = `${code.slice(0, 5).toLowerCase()} ${code.slice(5)}`;
    const traced = await shop.ask<{ testReport: { fileUrl: string } }>(TRACE, { code: typed });

    expect(traced).toEqual({
      traceCode: code,
      productName: '炎陵黄桃',
      isProductOnSale: true,
      countyName: '炎陵县',
      villageName: '平乐村',
      harvestedFrom: '2026-10-20',
      harvestedUntil: '2026-10-29',
      certification: { catalogueNo: expect.any(String), revokedAt: null },
      linkedHouseholdCount: null,
      householdShareBps: null,
      isStopped: true,
      testReport: { laboratory: '检测中心', hasPassed: false, fileUrl: `/trace/${code}/test-report` },
    });
    expect((await shop.http.get(traced.testReport.fileUrl)).status).toBe(200);
    // What counted that day and was taken back since is shown, and says so.
    const revokedAt = world.clock.now();
    await world.database.transaction((tx) =>
      tx.write('UPDATE certification SET revoked_at = ? WHERE product_id = ?', [revokedAt, productId]),
    );
    expect(await shop.ask(TRACE, { code })).toMatchObject({
      certification: { revokedAt: revokedAt.toISOString() },
    });
    for (const unknown of [code.slice(0, 10), `${code}1`, 'x', '', '桃'])
      expect(await shop.ask(TRACE, { code: unknown })).toBeNull();
    expect((await shop.http.get('/trace/x/test-report')).status).toBe(404);
  });
});

describe('a list of batches', () => {
  it('comes page by page, and costs the same for one as for ten', async () => {
    const { register, client, merchantId, productId } = await stand();
    const one = await countStatements(() => client.ask(LIST, { merchantId }));
    for (let n = 0; n < 5; n += 1) await register({ harvestedFrom: `2026-10-1${n}` });
    const page = (variables: object) =>
      client.ask<{ nodes: { id: string }[]; pageInfo: { endCursor: string; hasNextPage: boolean } }>(LIST, {
        merchantId,
        productId,
        ...variables,
      });

    expect(await countStatements(() => client.ask(LIST, { merchantId }))).toBe(one);
    const first = await page({ first: 4 });
    const rest = await page({ first: 4, after: first.pageInfo.endCursor });
    expect(new Set([...first.nodes, ...rest.nodes].map(({ id }) => id)).size).toBe(6);
    expect([first.pageInfo.hasNextPage, rest.pageInfo.hasNextPage]).toEqual([true, false]);
  });

  it('is nobody else’s', async () => {
    const { register, merchantId, productId } = await stand();
    const { id } = batchOf(await register());
    const { token } = personOf((await makeMerchant(world)).id);
    const outsider = world.client('merchant').as(token);
    const buyer = world.client('merchant').as(world.person().token);

    expect(await world.client('merchant').codeOf(LIST, { merchantId })).toBe('UNAUTHENTICATED');
    expect(await buyer.codeOf(LIST, { merchantId })).toBe('FORBIDDEN');
    expect(await outsider.codeOf(LIST, { merchantId })).toBe('NOT_FOUND');
    expect(await outsider.codeOf(REGISTER, harvest(productId))).toBe('NOT_FOUND');
    expect(await outsider.codeOf(CLOSE, { batchId: id })).toBe('NOT_FOUND');
    expect(await outsider.ask(ONE, { id })).toBeNull();
    expect(await statusOf(token, id)).toBe(404);
  });
});
