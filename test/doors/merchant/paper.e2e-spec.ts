import { jest } from '@jest/globals';
import { SmsGateway, UserReader } from '#libs/identity';
import { StockService } from '#libs/inventory';
import { newId } from '#libs/kernel';
import { StockAlertService } from '#libs/stockkeeping';
import type { Grant } from '#platform/auth';
import { MerchantLicenceService, MerchantReminderService } from '#libs/merchant';
import { PAYMENT_START } from '../../harness/documents.js';
import { countStatements } from '../../harness/statements.js';
import { World } from '../../harness/world.js';
import { makeApproved, makePaper, makeScan, paper } from '../../make/application.make.js';
import { makeDivisions } from '../../make/division.make.js';
import { freshCreditCode } from '../../make/merchant.make.js';
import { makeOrder, makePaidOrder, partsOf } from '../../make/order.make.js';
import { makeProduct } from '../../make/product.make.js';
import { makeUser } from '../../make/user.make.js';

const PAPER = 'id kind state number endsOn isCounting applicationId reason files { id }';
const CODE = '__typename ... on DomainError { code }';
const FIELDS = '... on InvalidInputError { fields { path } }';
const STATE = '... on MerchantPaperStateError { paperState }';
const MINE = `query ($merchantId: ID!) { merchantPapers(merchantId: $merchantId) { licensedUntil
  standings { kind standing endsOn isLicence isWaiting } papers { ${PAPER} } } }`;
const HAND_IN = `mutation ($input: MerchantPaperHandInInput!) { merchantPaperHandIn(input: $input) { ${CODE} ${FIELDS}
  ... on MerchantPaperWaitsError { paperId } ... on MerchantPaperHandInPayload { paper { ${PAPER} } } } }`;
const WITHDRAW = `mutation ($id: ID!) { merchantPaperWithdraw(paperId: $id) { ${CODE} ${STATE} ... on MerchantPaperWithdrawPayload { paper { ${PAPER} } } } }`;
const ACCEPT = `mutation ($id: ID!) { merchantPaperAccept(paperId: $id) { ${CODE} ${FIELDS} ${STATE} ... on MerchantPaperAcceptPayload { paper { ${PAPER} } } } }`;
const RETURN = `mutation ($id: ID!, $reason: String!) { merchantPaperReturn(paperId: $id, reason: $reason) { ${CODE} ${FIELDS} ${STATE}
  ... on MerchantPaperReturnPayload { paper { ${PAPER} } } } }`;
const ONE = `query ($id: ID!) { merchantPaper(id: $id) { ${PAPER} } }`;
const list = (name: string) =>
  `query ($first: Int, $after: String) { ${name}(first: $first, after: $after) { nodes { id kind endsOn merchantName } pageInfo { hasNextPage endCursor } } }`;

interface Paper {
  readonly id: string;
  readonly kind: string;
  readonly state: string;
  readonly endsOn: string | null;
  readonly isCounting: boolean;
  readonly applicationId: string | null;
}
interface Answer {
  readonly __typename: string;
  readonly code?: string;
  readonly paperId?: string;
  readonly paperState?: string;
  readonly fields?: readonly { readonly path: string }[];
  readonly paper?: Paper;
  readonly licensedUntil?: string | null;
  readonly standings?: readonly { readonly kind: string; readonly standing: string }[];
  readonly papers?: readonly Paper[];
}
interface List {
  readonly nodes: readonly Pick<Paper, 'id' | 'kind' | 'endsOn'>[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

let world: World;
beforeAll(async () => {
  world = await World.start({ services: ['merchant', 'settlement', 'storefront'] });
  await makeDivisions(world);
});
beforeEach(() => world.clock.set('2026-11-02T04:00:00.000Z'));
afterAll(() => world.close());

const official = (scopeId = '430225'): Grant => ({ role: 'OFFICIAL', scopeKind: 'DIVISION', scopeId });
const ownerOf = (scopeId: string): Grant => ({ role: 'MERCHANT_OWNER', scopeKind: 'MERCHANT', scopeId });
const at = (service: 'merchant' | 'settlement', token: string) => ({
  token,
  ask: <T = Answer>(query: string, variables: object = {}) =>
    world
      .client(service)
      .as(token)
      .ask<T>(query, variables as Record<string, unknown>),
});
const county = (code?: string) => at('settlement', world.person(official(code)).token);

/** A cooperative that came of an application; its licence ends on the last of November. */
async function cooperative(licensedUntil: string | null = '2026-11-30', countyCode = '430225') {
  const { userId } = await makeUser(world);
  const fileId = await makeScan(world, userId);
  const creditCode = freshCreditCode();
  const { merchantId, applicationId } = await makeApproved(world, userId, {
    creditCode,
    countyCode,
    papers: [
      paper('BUSINESS_LICENCE', fileId, { number: creditCode, validTo: licensedUntil }),
      paper('LEGAL_PERSON_ID', fileId, { number: '430225199001010011', validTo: '2026-12-01' }),
      paper('TRUTH_LETTER', fileId),
    ],
  });
  const owner = at('merchant', world.personOf(userId, ownerOf(merchantId)).token);
  return { userId, merchantId, applicationId, creditCode, fileId, ...owner };
}
type Cooperative = Awaited<ReturnType<typeof cooperative>>;

const wish = async (
  { merchantId, userId, creditCode }: Pick<Cooperative, 'merchantId' | 'userId' | 'creditCode'>,
  changes: object = {},
) => ({
  input: {
    merchantId,
    idempotencyKey: newId('req'),
    paper: paper('BUSINESS_LICENCE', await makeScan(world, userId), {
      number: creditCode,
      validTo: '2031-11-30',
      ...changes,
    }),
  },
});
const fileStatus = async (service: 'merchant' | 'settlement', token: string, path: string) =>
  (await world.client(service).http.get(`/merchant-papers/${path}`).set('authorization', `Bearer ${token}`))
    .status;

it('what was typed in an application are papers of the merchant, and its licence says until when it may sell', async () => {
  const me = await cooperative();

  const { licensedUntil, standings, papers } = await me.ask(MINE, { merchantId: me.merchantId });

  expect(licensedUntil).toBe('2026-11-30');
  expect(standings).toEqual([
    { kind: 'BUSINESS_LICENCE', standing: 'ENDING', endsOn: '2026-11-30', isLicence: true, isWaiting: false },
    { kind: 'LEGAL_PERSON_ID', standing: 'ENDING', endsOn: '2026-12-01', isLicence: false, isWaiting: false },
    { kind: 'TRUTH_LETTER', standing: 'VALID', endsOn: null, isLicence: false, isWaiting: false },
  ]);
  expect(papers).toHaveLength(3);
  for (const each of papers ?? [])
    expect(each).toMatchObject({
      state: 'ACCEPTED',
      isCounting: true,
      applicationId: me.applicationId,
      // Numbers of identity cards are kept nowhere.
      number: each.kind === 'BUSINESS_LICENCE' ? me.creditCode : '',
      files: [{ id: me.fileId }],
    });
});

it('an owner brings the next one before the last has ended, an official accepts it, and it takes its place', async () => {
  const me = await cooperative();
  // Its number is the credit code, which nobody types again.
  const next = await wish(me, { number: null, validFrom: '2026-12-01' });

  const first = await me.ask(HAND_IN, next);
  expect(first.paper).toMatchObject({
    state: 'WAITING',
    isCounting: false,
    endsOn: '2031-11-30',
    number: me.creditCode,
  });
  const paperId = first.paper?.id ?? '';
  // Its answer was lost; with other words under the same key it is refused.
  expect(await me.ask(HAND_IN, next)).toEqual(first);
  const other = { input: { ...next.input, paper: { ...next.input.paper, validTo: '2032-01-01' } } };
  expect(await me.ask(HAND_IN, other)).toMatchObject({ code: 'MERCHANT_PAPER_KEY_USED' });
  expect(await me.ask(HAND_IN, await wish(me))).toMatchObject({ code: 'MERCHANT_PAPER_WAITS', paperId });
  // Until it is accepted nothing has changed.
  expect(await me.ask(MINE, { merchantId: me.merchantId })).toMatchObject({
    licensedUntil: '2026-11-30',
    standings: [{ standing: 'ENDING', isWaiting: true }, {}, {}],
  });

  world.clock.advance(1_000);
  const decided = await Promise.all([
    county().ask(ACCEPT, { id: paperId }),
    county().ask(ACCEPT, { id: paperId }),
  ]);
  expect(decided.map(({ paper: done, code }) => String(done?.state ?? code)).toSorted()).toEqual([
    'ACCEPTED',
    'MERCHANT_PAPER_STATE',
  ]);
  const after = await me.ask(MINE, { merchantId: me.merchantId });
  expect([after.licensedUntil, after.standings?.[0]?.standing]).toEqual(['2031-11-30', 'VALID']);
  // What it was before stays on record.
  expect(
    after.papers?.flatMap(({ kind, endsOn, isCounting }) =>
      kind === 'BUSINESS_LICENCE' ? [[endsOn, isCounting]] : [],
    ),
  ).toEqual([
    ['2031-11-30', true],
    ['2026-11-30', false],
  ]);
  expect(await me.ask(WITHDRAW, { id: paperId })).toMatchObject({ paperState: 'ACCEPTED' });
});

it('says at once everything that is wrong with a paper, and keeps nothing of it', async () => {
  const me = await cooperative();
  const stranger = await makeUser(world);
  const theirs = await makeScan(world, stranger.userId);
  const asked = async (changes: object) => {
    const answer = await me.ask(HAND_IN, await wish(me, changes));
    return answer.fields?.map(({ path }) => path);
  };

  expect(
    await asked({ number: '1', validFrom: '2026-12-02', validTo: '2026-11-01', fileIds: [theirs] }),
  ).toEqual(['paper.number', 'paper.validFrom', 'paper.validTo', 'paper.fileIds']);
  expect(await asked({ fileIds: [] })).toEqual(['paper.fileIds']);
  expect(await asked({ kind: null })).toEqual(['paper.kind']);
  expect(await asked({ number: '1'.repeat(61), fileIds: Array.from({ length: 7 }, () => 'x') })).toEqual([
    'paper.number',
    'paper.fileIds',
  ]);
  expect((await me.ask(MINE, { merchantId: me.merchantId })).papers).toHaveLength(3);
});

it('of two who hand in at once one waits; it may be withdrawn, and returned with a reason', async () => {
  const me = await cooperative();
  const wishes = [await wish(me), await wish(me)];

  const answers = await Promise.all(wishes.map((each) => me.ask(HAND_IN, each)));
  expect(answers.map(({ code }) => code ?? 'kept').toSorted()).toEqual(['MERCHANT_PAPER_WAITS', 'kept']);
  const id = answers.find((answer) => answer.paper)?.paper?.id ?? '';
  for (const twice of [1, 2])
    expect([twice, (await me.ask(WITHDRAW, { id })).paper?.state]).toEqual([twice, 'WITHDRAWN']);
  expect(await county().ask(ACCEPT, { id })).toMatchObject({ paperState: 'WITHDRAWN' });

  const again = await makePaper(world, me.merchantId, me.userId);
  const one = county();
  expect((await one.ask(RETURN, { id: again.paperId, reason: ' ' })).fields).toEqual([{ path: 'reason' }]);
  for (const twice of [1, 2])
    expect([twice, (await one.ask(RETURN, { id: again.paperId, reason: '照片看不清' })).paper]).toMatchObject(
      [twice, { state: 'RETURNED', reason: '照片看不清', isCounting: false }],
    );
  expect((await me.ask(MINE, { merchantId: me.merchantId })).licensedUntil).toBe('2026-11-30');

  // What ends while it waits is not accepted any more.
  const late = await makePaper(world, me.merchantId, me.userId, { validTo: '2026-11-03' });
  world.clock.set('2026-11-03T16:00:00.000Z');
  expect((await one.ask(ACCEPT, { id: late.paperId })).fields).toEqual([{ path: 'paperId' }]);
});

it('is decided by somebody of the county who neither brought it nor works there, and shown to nobody else', async () => {
  const me = await cooperative();
  const stranger = await cooperative();
  const { paperId, fileId } = await makePaper(world, me.merchantId, me.userId);
  const reads: Grant = { role: 'INSPECTOR', scopeKind: 'DIVISION', scopeId: '430225' };
  const self = at('settlement', world.personOf(me.userId, official()).token);
  const [looking, elsewhere] = [at('settlement', world.person(reads).token), county('430224')];

  expect(await self.ask(ACCEPT, { id: paperId })).toMatchObject({ code: 'OWN_PAPER' });
  expect(await self.ask(RETURN, { id: paperId, reason: '不清楚' })).toMatchObject({ code: 'OWN_PAPER' });
  await expect(elsewhere.ask(ACCEPT, { id: paperId })).rejects.toThrow(/NOT_FOUND/);
  await expect(looking.ask(ACCEPT, { id: paperId })).rejects.toThrow(/FORBIDDEN/);
  await expect(stranger.ask(WITHDRAW, { id: paperId })).rejects.toThrow(/NOT_FOUND/);
  await expect(stranger.ask(MINE, { merchantId: me.merchantId })).rejects.toThrow(/NOT_FOUND/);
  await expect(stranger.ask(HAND_IN, await wish(me))).rejects.toThrow(/NOT_FOUND/);
  const clerk: Grant = { role: 'MERCHANT_CLERK', scopeKind: 'MERCHANT', scopeId: me.merchantId };
  await expect(
    at('merchant', world.person(clerk).token).ask(MINE, { merchantId: me.merchantId }),
  ).rejects.toThrow(/FORBIDDEN/);
  expect(await looking.ask(ONE, { id: paperId })).toMatchObject({ id: paperId, files: [{ id: fileId }] });
  expect(await elsewhere.ask(ONE, { id: paperId })).toBeNull();

  const path = `${paperId}/files/${fileId}`;
  expect(
    await Promise.all([
      fileStatus('merchant', me.token, path),
      fileStatus('settlement', looking.token, path),
      fileStatus('merchant', stranger.token, path),
      fileStatus('settlement', elsewhere.token, path),
      fileStatus('merchant', me.token, `${paperId}/files/${me.fileId}`),
    ]),
  ).toEqual([200, 200, 404, 404, 404]);
  expect(
    await world.database.query(
      "SELECT act FROM audit_entry WHERE subject = ? AND act LIKE 'merchant_paper.%seen' ORDER BY act",
      [paperId],
    ),
  ).toEqual([{ act: 'merchant_paper.file_seen' }, { act: 'merchant_paper.seen' }]);
});

it('sells until midnight of its last day and not a moment longer; what was paid stays to be sent, and the next paper brings it back', async () => {
  const me = await cooperative();
  const product = await makeProduct(world, { merchantId: me.merchantId });
  world.clock.set('2026-11-30T15:59:59.000Z');
  const paid = await makePaidOrder(world, {}, product);
  const person = world.person();
  const { orderId } = await makeOrder(world, { buyerId: person.userId }, product);
  const licences = world.get(MerchantLicenceService);
  const stateOf = async () => {
    const [row] = await world.database.query<{ state: string }>('SELECT state FROM product WHERE id = ?', [
      product.productId,
    ]);
    return row?.state;
  };
  const shown = async () =>
    (await me.ask<{ isSelling: boolean }[]>('{ merchants { isSelling licensedUntil } }'))[0];
  expect([await licences.tellEnded(100), await shown()]).toEqual([
    0,
    { isSelling: true, licensedUntil: '2026-11-30' },
  ]);

  // Midnight in Shanghai. No work of the night has been done, and the order waits at the till.
  world.clock.set('2026-11-30T16:00:00.000Z');
  const pay = () =>
    world.client('storefront').as(person.token).ask<Answer>(PAYMENT_START, { orderId, method: 'ALIPAY' });
  expect(await pay()).toMatchObject({ code: 'SELLER_SUSPENDED' });
  await expect(makeOrder(world, {}, product)).rejects.toThrow('may not sell at present');
  expect([await stateOf(), await shown()]).toMatchObject(['ON_SALE', { isSelling: false }]);

  // It leaves the lists once, however many clocks tick.
  const told = await Promise.all([licences.tellEnded(100), licences.tellEnded(100)]);
  expect(told.filter((count) => count > 0)).toHaveLength(1);
  await world.settle();
  expect([await licences.tellEnded(100), await stateOf()]).toEqual([0, 'WITHHELD']);
  const [part] = await partsOf(world, paid.orderId);
  expect(part?.state).toBe('TO_SHIP');

  const { paperId } = await makePaper(world, me.merchantId, me.userId);
  expect((await county().ask(ACCEPT, { id: paperId })).paper?.isCounting).toBe(true);
  expect(
    (
      await makeOrder(
        world,
        { buyerId: person.userId },
        await makeProduct(world, { merchantId: me.merchantId }),
      )
    ).orderId,
  ).toBeDefined();
  await world.settle();
  expect([await stateOf(), await shown()]).toEqual([
    'ON_SALE',
    { isSelling: true, licensedUntil: '2031-12-31' },
  ]);
});

it('whoever makes food and trades others’ has both licences watched, and shows both to whoever buys', async () => {
  const { userId } = await makeUser(world);
  const fileId = await makeScan(world, userId);
  const creditCode = freshCreditCode();
  const made = { number: 'SC10443022500125', validTo: '2026-12-31' };
  const traded = { number: 'JY14302250012341', validTo: '2027-12-31' };
  const { merchantId } = await makeApproved(world, userId, {
    creditCode,
    processedFood: 'MADE_AND_TRADED',
    papers: [
      paper('BUSINESS_LICENCE', fileId, { number: creditCode }),
      paper('LEGAL_PERSON_ID', fileId),
      paper('FOOD_PRODUCTION_LICENCE', fileId, made),
      paper('FOOD_BUSINESS_LICENCE', fileId, traded),
      paper('TEST_REPORT', fileId, { number: 'JC1', validFrom: '2026-10-01' }),
      paper('TRUTH_LETTER', fileId),
    ],
  });
  const product = await makeProduct(world, { merchantId, batches: [{ quantity: 9, bestBeforeOn: null }] });
  const fresh = await makeProduct(world);
  const owner = at('merchant', world.personOf(userId, ownerOf(merchantId)).token);
  const shown = async (productId = product.productId) =>
    (
      await world.client('storefront').ask<{
        merchant: { foodLicences: object[] };
      } | null>('query ($id: ID!) { product(id: $id) { merchant { foodLicences { kind number endsOn } } } }', { id: productId })
    )?.merchant.foodLicences;
  const renew = async (changes: Parameters<typeof makePaper>[3]) => {
    const { paperId } = await makePaper(world, merchantId, userId, changes);
    expect((await county().ask(ACCEPT, { id: paperId })).paper?.isCounting).toBe(true);
    return (await owner.ask(MINE, { merchantId })).licensedUntil;
  };
  const kinds = { made: 'FOOD_PRODUCTION_LICENCE', traded: 'FOOD_BUSINESS_LICENCE' } as const;

  expect(await shown()).toEqual([
    { kind: kinds.made, number: made.number, endsOn: made.validTo },
    { kind: kinds.traded, number: traded.number, endsOn: traded.validTo },
  ]);
  expect(await shown(fresh.productId)).toEqual([]);
  expect((await owner.ask(MINE, { merchantId })).licensedUntil).toBe('2026-12-31');

  world.clock.set('2026-12-31T16:00:00.000Z');
  await expect(makeOrder(world, {}, product)).rejects.toThrow('may not sell at present');
  // The other one is no help.
  expect(await renew({ kind: kinds.traded, ...traded, validTo: '2031-12-31' })).toBe('2026-12-31');
  await expect(makeOrder(world, {}, product)).rejects.toThrow('may not sell at present');
  expect(await renew({ kind: kinds.made, ...made, validTo: '2030-12-31' })).toBe('2030-12-31');
  expect((await makeOrder(world, {}, product)).orderId).toBeDefined();
});

it('owners are told a month, a week and a day before the end, once each by day, and of every decision', async () => {
  const me = await cooperative('2026-12-31');
  const [person] = await world.get(UserReader).phonesOf([me.userId]);
  const told: string[] = [];
  const sms = jest
    .spyOn(world.app('settlement').get(SmsGateway, { strict: false }), 'sendMerchantNotice')
    .mockImplementation(async (phone, { news, paperName, endsOn }) => {
      world.database.assertNoneOpen();
      if (phone === person?.phone) told.push([news, paperName, endsOn ?? ''].join(' ').trim());
    });
  const remindAt = async (instant: string) => {
    world.clock.set(instant);
    const service = world.get(MerchantReminderService);
    await Promise.all([service.remindDue(100), service.remindDue(100)]);
    await world.settle();
    return told.splice(0);
  };
  // The decisions about the application, and the identity card, which ends on the first of December.
  expect((await remindAt('2026-11-02T04:00:00Z')).toSorted()).toEqual([
    'APPLICATION_APPROVED',
    'APPLICATION_RECOMMENDED',
    'PAPER_ENDING 法定代表人（负责人）身份证 2026-12-01',
  ]);
  expect(await remindAt('2026-11-30T16:30:00Z')).toEqual([]);
  // Its last day; a licence that ends in a month.
  expect((await remindAt('2026-12-01T01:00:00Z')).toSorted()).toEqual([
    'PAPER_ENDING 法定代表人（负责人）身份证 2026-12-01',
    'PAPER_ENDING 营业执照 2026-12-31',
  ]);
  expect(await remindAt('2026-12-10T01:00:00Z')).toEqual([]);
  // No service ran on the 24th: a day later they are told all the same.
  expect(await remindAt('2026-12-25T01:00:00Z')).toEqual(['PAPER_ENDING 营业执照 2026-12-31']);

  // What waits is not reminded of; once it is returned it is.
  const { paperId } = await makePaper(world, me.merchantId, me.userId);
  expect(await remindAt('2026-12-31T01:00:00Z')).toEqual([]);
  await county().ask(RETURN, { id: paperId, reason: '照片看不清' });
  expect(await remindAt('2026-12-31T02:00:00Z')).toEqual([
    'PAPER_RETURNED 营业执照 2031-12-31',
    'PAPER_ENDING 营业执照 2026-12-31',
  ]);
  const next = await makePaper(world, me.merchantId, me.userId);
  await county().ask(ACCEPT, { id: next.paperId });
  expect(await remindAt('2027-01-05T02:00:00Z')).toEqual(['PAPER_ACCEPTED 营业执照 2031-12-31']);
  sms.mockRestore();
});

it('officials see what waits and what ends in their county, in order, at the same cost for many as for one', async () => {
  // Of another county, where nothing else is.
  const ends = ['2026-12-20', '2026-11-20', '2027-01-01', '2027-01-02', null];
  const here = county('430224');
  const [waiting, ending] = [list('merchantPapersWaiting'), list('merchantPapersEnding')];
  const costs: number[] = [];
  for (const endsOn of ends) {
    const { merchantId, userId } = await cooperative(endsOn, '430224');
    world.clock.advance(1_000);
    await makePaper(world, merchantId, userId);
    costs.push(await countStatements(() => here.ask(ending)), await countStatements(() => here.ask(waiting)));
  }

  expect(new Set(costs)).toEqual(new Set([1]));
  const licences = async () => {
    const { nodes } = await here.ask<List>(ending, { first: 100 });
    return nodes.flatMap(({ kind, endsOn }) => (kind === 'BUSINESS_LICENCE' ? [endsOn] : []));
  };
  expect(await licences()).toEqual(['2026-11-20', '2026-12-20', '2027-01-01']);
  const pages: string[] = [];
  let after: string | null = null;
  do {
    const page: List = await here.ask<List>(waiting, { first: 2, after });
    pages.push(...page.nodes.map(({ id }) => id));
    after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
  } while (after);
  expect([pages.length, new Set(pages).size]).toEqual([5, 5]);
});

it('owners are told by day, once each time that less of something is left than they want to have', async () => {
  const me = await cooperative(null);
  const { merchantId } = me;
  const peaches = await makeProduct(world, { merchantId, batches: [{ quantity: 20, bestBeforeOn: null }] });
  const [person] = await world.get(UserReader).phonesOf([me.userId]);
  const told: object[] = [];
  const sms = jest
    .spyOn(world.app('settlement').get(SmsGateway, { strict: false }), 'sendStockNotice')
    .mockImplementation(async (phone, { productName, others }) => {
      world.database.assertNoneOpen();
      if (phone === person?.phone) told.push({ productName, others });
    });
  const lookAt = async (instant: string) => {
    world.clock.set(instant);
    const service = world.get(StockAlertService);
    await Promise.all([service.tellLow(1), service.tellLow(100)]);
    await world.settle();
    return told.splice(0);
  };
  const set = (units: number | null, variantId: string = peaches.variantId) =>
    me.ask<{ code?: string; item?: object }>(
      `mutation ($merchantId: ID!, $variantId: ID!, $units: Int) { stockThresholdSet(merchantId: $merchantId, variantId: $variantId, units: $units) {
        ... on StockThresholdSetPayload { item { thresholds { channelPointId units lowSince } } } ... on DomainError { code } } }`,
      { merchantId, variantId, units },
    );
  const alerts = () =>
    me.ask<{ nodes: readonly object[] }>(
      `query ($merchantId: ID!) { stockAlerts(merchantId: $merchantId) { nodes { variant { id } channelPointId units } } }`,
      { merchantId },
    );

  expect(await set(10)).toEqual({
    item: { thresholds: [{ channelPointId: null, units: 10, lowSince: null }] },
  });
  expect(await set(0)).toEqual({ code: 'INVALID_INPUT' });
  expect(await lookAt('2026-11-02T05:00:00Z')).toEqual([]);
  await makePaidOrder(world, { quantity: 11 }, peaches);
  // At night nobody's telephone rings.
  expect(await lookAt('2026-11-02T15:00:00Z')).toEqual([]);
  expect(await lookAt('2026-11-03T01:00:00Z')).toEqual([{ productName: '炎陵黄桃', others: 0 }]);
  await makePaidOrder(world, { quantity: 1 }, peaches);
  expect(await lookAt('2026-11-03T02:00:00Z')).toEqual([]);
  expect((await alerts()).nodes).toEqual([
    { variant: { id: peaches.variantId }, channelPointId: null, units: 10 },
  ]);
  const receive = (quantity: number) => {
    const batchId = peaches.batchIds[0] ?? '';
    const receipt = { variantId: peaches.variantId, batchId, quantity, causeKey: newId('req') };
    return world.get(StockService).receive([merchantId], receipt);
  };
  await receive(3); // Eleven: more than was wanted, and less than a fifth more.
  await lookAt('2026-11-03T03:00:00Z');
  expect((await alerts()).nodes).toHaveLength(1);
  await receive(1);
  await lookAt('2026-11-03T04:00:00Z');
  expect((await alerts()).nodes).toEqual([]);
  await makePaidOrder(world, { quantity: 5 }, peaches);
  expect(await lookAt('2026-11-03T05:00:00Z')).toHaveLength(1);
  await set(null);
  expect((await alerts()).nodes).toEqual([]);
  const other = await makeProduct(world);
  await expect(set(5, other.variantId)).rejects.toThrow();
  sms.mockRestore();
});
