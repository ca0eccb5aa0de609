import { jest } from '@jest/globals';
import { DivisionService } from '#libs/division';
import { SmsGateway } from '#libs/identity';
import { StockService } from '#libs/inventory';
import { newId, present } from '#libs/kernel';
import { countStatements } from '../../harness/statements.js';
import { World } from '../../harness/world.js';
import { makeDivisions } from '../../make/division.make.js';
import { makeOrder, makePaidOrder, partsOf } from '../../make/order.make.js';
import { makeGoodsKind, makeProduct } from '../../make/product.make.js';
import { makeUser } from '../../make/user.make.js';

const CODE = '__typename ... on DomainError { code } ... on InvalidInputError { fields { path } }';
const BATCH = 'id traceCode weightG grantedG receivedG reviewState reviewReason stops orderCount soldG';
const RECALL = `recall { id byKind state advice reason startedAt orderCount toldCount endReason batch { ${BATCH} } }`;
const mutation = (name: string, args: string, call: string, payload: string, shown: string) =>
  `mutation (${args}) { ${name}(${call}) { ${name === 'batchRecallConfirm' ? '__typename ... on DomainError { code }' : CODE} ... on ${payload} { ${shown} } } }`;
const SET = mutation(
  'harvestCapacitySet',
  '$input: HarvestCapacitySetInput!',
  'input: $input',
  'HarvestCapacitySetPayload',
  'villageCode',
);
const DECIDE = mutation(
  'harvestBatchDecide',
  '$batchId: ID!, $verdict: HarvestVerdict!, $reason: String!',
  'batchId: $batchId, verdict: $verdict, reason: $reason',
  'HarvestBatchDecidePayload',
  `batch { ${BATCH} }`,
);
const WISH = [
  '$batchId: ID!, $reason: String!, $advice: RecallAdvice!',
  'batchId: $batchId, reason: $reason, advice: $advice',
] as const;
const OWN = mutation('batchRecall', ...WISH, 'BatchRecallPayload', RECALL);
const PROPOSE = mutation('batchRecallPropose', ...WISH, 'BatchRecallProposePayload', RECALL);
const CONFIRM = mutation(
  'batchRecallConfirm',
  '$recallId: ID!',
  'recallId: $recallId',
  'BatchRecallConfirmPayload',
  RECALL,
);
const END = ['$recallId: ID!, $reason: String!', 'recallId: $recallId, reason: $reason'] as const;
const DROP = mutation('batchRecallDrop', ...END, 'BatchRecallDropPayload', RECALL);
const LIFT = mutation('batchRecallLift', ...END, 'BatchRecallLiftPayload', RECALL);
const REGISTER = mutation(
  'harvestBatchRegister',
  '$input: HarvestBatchRegisterInput!',
  'input: $input',
  'HarvestBatchRegisterPayload',
  `batch { ${BATCH} }`,
);
const CHANGE = mutation(
  'harvestBatchChange',
  '$input: HarvestBatchChangeInput!',
  'input: $input',
  'HarvestBatchChangePayload',
  `batch { ${BATCH} }`,
);
const CLOSE = `mutation ($batchId: ID!) { harvestBatchClose(batchId: $batchId) { ... on HarvestBatchClosePayload { batch { ${BATCH} } } } }`;
const RECEIVE = `mutation ($input: StockReceiveInput!) { stockReceive(input: $input) { __typename ... on DomainError { code } } }`;
const SHIP = `mutation ($input: MerchantOrderShipInput!) { merchantOrderShip(input: $input) { __typename ... on DomainError { code } ... on BatchStoppedError { orderLineIds } } }`;
const ORDERS =
  'query ($batchId: ID!, $first: Int, $after: String) { batchOrders(batchId: $batchId, first: $first, after: $after) { nodes { orderId merchantOrderId state quantity } pageInfo { hasNextPage endCursor } } }';
const RECALLS = `query ($states: [BatchRecallState!]) { batchRecalls(states: $states) { nodes { id state batch { id stops } } } }`;
const WAITING = `query { harvestBatches(reviewState: WAITING) { nodes { ${BATCH} } } }`;
const CAPACITIES =
  'query { harvestCapacities { nodes { villageName kindCode capacityG grantedG waitingG } } }';
const TRACE = 'query ($code: String!) { trace(code: $code) { isStopped recall { advice reason } } }';

interface Batch {
  readonly id: string;
  readonly traceCode: string;
  readonly [field: string]: unknown;
}
interface Answer {
  readonly code?: string;
  readonly fields?: readonly { readonly path: string }[];
  readonly batch?: Batch;
  readonly recall?: { readonly id: string; readonly [field: string]: unknown };
}
interface List<T> {
  readonly nodes: readonly T[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

const village = (code: string, parentCode: string, name: string) =>
  ({
    code,
    parentCode,
    level: 'VILLAGE',
    name,
    isDesignated: false,
    longitude: null,
    latitude: null,
  }) as const;
const PINGLE = '430225209225';
const [REASON, ADVICE] = ['农残超标，请停用', 'THROW_AWAY'] as const;

let world: World;

beforeAll(async () => {
  world = await World.start({ services: ['merchant', 'settlement', 'storefront'] });
  await makeDivisions(world);
  await world.get(DivisionService).load([village(PINGLE, '430225209', '平乐村')]);
  await makeGoodsKind(world);
});
afterAll(() => world.close());

const official = (scopeId = '430225') =>
  world.client('settlement').as(world.person({ role: 'OFFICIAL', scopeKind: 'DIVISION', scopeId }).token);
const batchOf = (answer: Answer) => present(answer.batch, JSON.stringify(answer));
const recallOf = (answer: Answer) => present(answer.recall, JSON.stringify(answer));

async function stand(stocked = 100) {
  const made = await makeProduct(world, {
    kindCode: 'YELLOW_PEACH',
    batches: [{ quantity: stocked, originVillageCode: PINGLE }],
  });
  const grant = { role: 'MERCHANT_CLERK', scopeKind: 'MERCHANT', scopeId: made.merchantId } as const;
  const client = world.client('merchant').as(world.person(grant).token);
  return { ...made, client, batchId: present(made.batchIds[0], 'a batch') };
}
const isSold = async (variantId: string) => {
  const plan = await world.database.transaction((tx) =>
    world.get(StockService).plan(tx, [{ variantId, quantity: 1 }]),
  );
  return Array.isArray(plan);
};

describe('a recall', () => {
  it('by its merchant stops sale and shipping at once, and everybody who has bought is told once', async () => {
    const peaches = await stand();
    const { client, batchId, variantId } = peaches;
    const buyer = await makeUser(world);
    const sold = await makePaidOrder(world, { buyerId: buyer.userId, quantity: 2 }, peaches);
    const unpaid = await makeOrder(world, {}, peaches);
    const told: { phone: string; orderId: string; advice: string }[] = [];
    const sms = jest
      .spyOn(world.app('settlement').get(SmsGateway, { strict: false }), 'sendRecallNotice')
      .mockImplementation(async (phone, { orderId, advice }) => void told.push({ phone, orderId, advice }));
    const ask = () => client.ask<Answer>(OWN, { batchId, reason: REASON, advice: ADVICE });
    expect((await client.ask<Answer>(OWN, { batchId, reason: '坏', advice: ADVICE })).fields).toEqual([
      { path: 'reason' },
    ]);
    expect(await isSold(variantId)).toBe(true);

    const answers = await Promise.all([ask(), ask()]);
    await world.settle();
    await ask();
    await world.settle();

    expect(new Set(answers.map(({ recall }) => recall?.id)).size).toBe(1);
    expect(recallOf(await ask())).toMatchObject({
      byKind: 'MERCHANT',
      state: 'ACTIVE',
      orderCount: 2,
      toldCount: 1,
      batch: { stops: ['RECALLED'], orderCount: 2, soldG: 7_500 },
    });
    expect(told).toEqual([{ phone: buyer.phone, orderId: sold.orderId, advice: ADVICE }]);
    expect(await isSold(variantId)).toBe(false);
    const [part] = await partsOf(world, sold.orderId);
    const parcel = { merchantOrderId: part?.id, carrier: '顺丰', trackingNo: 'SF0000000009' };
    expect(await client.ask(SHIP, { input: parcel })).toMatchObject({
      code: 'BATCH_STOPPED',
      orderLineIds: [expect.any(String)],
    });
    const orders = await client.ask<List<{ orderId: string; quantity: number }>>(ORDERS, {
      batchId,
      first: 1,
    });
    expect(orders.nodes).toMatchObject([{ orderId: unpaid.orderId, state: 'UNPAID', quantity: 1 }]);
    const after = orders.pageInfo.endCursor;
    expect((await client.ask<List<object>>(ORDERS, { batchId, after })).nodes).toMatchObject([
      { orderId: sold.orderId, state: 'TO_SHIP', quantity: 2 },
    ]);
    sms.mockRestore();
  });

  it('by an official stops the sale, and tells nobody until a second one agrees', async () => {
    const peaches = await stand();
    const { batchId, variantId } = peaches;
    await makePaidOrder(world, {}, peaches);
    const [first, second, third] = [official(), official(), official('430200')];

    const proposed = recallOf(await first.ask<Answer>(PROPOSE, { batchId, reason: REASON, advice: ADVICE }));

    expect(proposed).toMatchObject({ byKind: 'OFFICIAL', state: 'PROPOSED', startedAt: null, orderCount: 0 });
    expect(await isSold(variantId)).toBe(false);
    const recallId = proposed.id;
    expect((await first.ask<Answer>(CONFIRM, { recallId })).code).toBe('BATCH_RECALL_BY_ANOTHER');
    expect(recallOf(await second.ask<Answer>(CONFIRM, { recallId }))).toMatchObject({
      state: 'ACTIVE',
      orderCount: 1,
    });
    expect(recallOf(await first.ask<Answer>(CONFIRM, { recallId }))).toMatchObject({ orderCount: 1 });
    const end = { recallId, reason: '复检已经合格' };
    expect((await first.ask<Answer>(DROP, end)).code).toBe('BATCH_RECALL_STATE');
    for (const one of [first, second])
      expect((await one.ask<Answer>(LIFT, { ...end, reason: '复检已经合格' })).code).toBe(
        'BATCH_RECALL_BY_ANOTHER',
      );
    expect((await third.ask<Answer>(LIFT, { recallId, reason: 'x' })).fields).toEqual([{ path: 'reason' }]);
    expect(recallOf(await third.ask<Answer>(LIFT, { ...end, reason: '复检已经合格' }))).toMatchObject({
      state: 'LIFTED',
      endReason: '复检已经合格',
      batch: { stops: [] },
    });
    expect(await isSold(variantId)).toBe(true);

    const again = recallOf(await first.ask<Answer>(PROPOSE, { batchId, reason: REASON, advice: ADVICE }));
    expect(again.id).not.toBe(recallId);
    expect(
      recallOf(await first.ask<Answer>(DROP, { recallId: again.id, reason: '弄错了批次' })),
    ).toMatchObject({
      state: 'DROPPED',
    });
    expect(await isSold(variantId)).toBe(true);
    // What an official has proposed, its merchant's word confirms.
    await first.ask(PROPOSE, { batchId, reason: REASON, advice: ADVICE });
    const confirmed = await peaches.client.ask<Answer>(OWN, { batchId, reason: REASON, advice: 'SEND_BACK' });
    expect(recallOf(confirmed)).toMatchObject({ byKind: 'OFFICIAL', state: 'ACTIVE', advice: ADVICE });
  });

  it('is seen by officials of its county alone, and by whoever has the box', async () => {
    const { client, productId, batchId } = await stand();
    const registered = batchOf(
      await client.ask<Answer>(REGISTER, {
        input: { ...harvest(productId), weightG: 1_000 },
      }),
    );
    const code = registered.traceCode;
    const shop = world.client('storefront');
    expect(await shop.ask(TRACE, { code })).toEqual({ isStopped: false, recall: null });
    await client.ask(OWN, { batchId: registered.id, reason: REASON, advice: ADVICE });
    expect(await shop.ask(TRACE, { code })).toEqual({
      isStopped: true,
      recall: { advice: ADVICE, reason: REASON },
    });

    const [mine, next] = [official(), official('430224')];
    const seen = await mine.ask<List<{ batch: Batch }>>(RECALLS, { states: ['ACTIVE'] });
    expect(seen.nodes.map(({ batch }) => batch.id)).toContain(registered.id);
    expect((await next.ask<List<object>>(RECALLS, {})).nodes).toEqual([]);
    expect(await next.codeOf(PROPOSE, { batchId, reason: REASON, advice: ADVICE })).toBe('NOT_FOUND');
    expect(await next.codeOf(ORDERS, { batchId })).toBe('NOT_FOUND');
    const stranger = (await stand()).client;
    expect(await stranger.codeOf(OWN, { batchId, reason: REASON, advice: ADVICE })).toBe('NOT_FOUND');
    const one = await countStatements(() => mine.ask(RECALLS, { states: ['ACTIVE'] }));
    await client.ask(OWN, { batchId, reason: REASON, advice: ADVICE });
    expect(await countStatements(() => mine.ask(RECALLS, { states: ['ACTIVE'] }))).toBe(one);
  });
});

const harvest = (productId: string, changes: object = {}) => ({
  idempotencyKey: newId('req'),
  productId,
  villageCode: PINGLE,
  harvestedFrom: '2026-10-20',
  harvestedUntil: '2026-10-29',
  weightG: 600_000,
  bestBeforeOn: '2026-12-31',
  ...changes,
});

const SEPTEMBER = { harvestedFrom: '2026-09-10', harvestedUntil: '2026-09-19' };

describe('what a village can grow', () => {
  it('is granted to batches as they come; the rest waits for the county', async () => {
    const { client, productId, variantId } = await stand(0);
    const other = await stand(0);
    const county = official();
    const input = {
      villageCode: PINGLE,
      kindCode: 'YELLOW_PEACH',
      seasonFrom: '2026-09-01',
      seasonTo: '2026-09-30',
      capacityG: 1_000_000,
    };
    expect((await county.ask<Answer>(SET, { input: { ...input, capacityG: 0 } })).fields).toEqual([
      { path: 'capacityG' },
    ]);
    expect(await official('430224').codeOf(SET, { input })).toBe('NOT_FOUND');
    await county.ask(SET, { input });

    const both = await Promise.all([
      client.ask<Answer>(REGISTER, { input: harvest(productId, SEPTEMBER) }),
      other.client.ask<Answer>(REGISTER, { input: harvest(other.productId, SEPTEMBER) }),
    ]);

    // Eleven hundred kilograms together, whoever was faster.
    const grants = both.map((answer) => Number(batchOf(answer)['grantedG'])).toSorted((a, b) => a - b);
    expect(grants).toEqual([500_000, 600_000]);
    const held = present(
      both.map(batchOf).find(({ reviewState }) => reviewState === 'WAITING'),
      'one that waits',
    );
    const owner = held === both[0]?.batch ? { client, variantId } : other;
    const receive = (quantity: number) =>
      owner.client.ask<Answer>(RECEIVE, {
        input: { causeKey: newId('req'), variantId: owner.variantId, batchId: held.id, quantity },
      });
    expect([(await receive(200)).code, (await receive(1)).code]).toEqual([
      undefined,
      'BATCH_RECEIVABLE_EXCEEDED',
    ]);
    const waiting = await county.ask<List<Batch>>(WAITING);
    expect(waiting.nodes.map(({ id }) => id)).toEqual([held.id]);
    expect((await county.ask<List<object>>(CAPACITIES)).nodes).toEqual([
      {
        villageName: '平乐村',
        kindCode: 'YELLOW_PEACH',
        capacityG: 1_000_000,
        grantedG: 1_100_000,
        waitingG: 100_000,
      },
    ]);

    const verdict = { batchId: held.id, verdict: 'RELEASED', reason: '现场核过，今年丰产' };
    expect(await official('430224').codeOf(DECIDE, verdict)).toBe('NOT_FOUND');
    expect((await county.ask<Answer>(DECIDE, { ...verdict, reason: ' ' })).fields).toEqual([
      { path: 'reason' },
    ]);
    expect(batchOf(await county.ask<Answer>(DECIDE, verdict))).toMatchObject({
      grantedG: 600_000,
      reviewState: 'RELEASED',
      reviewReason: '现场核过，今年丰产',
    });
    expect(batchOf(await county.ask<Answer>(DECIDE, verdict))['reviewState']).toBe('RELEASED');
    expect((await county.ask<Answer>(DECIDE, { ...verdict, verdict: 'REFUSED' })).code).toBe(
      'HARVEST_REVIEW_STATE',
    );
    expect((await receive(40)).code).toBeUndefined();

    const change = { batchId: held.id, harvestedUntil: '2026-09-20', weightG: 700_000 };
    expect(batchOf(await owner.client.ask<Answer>(CHANGE, { input: change }))).toMatchObject({
      grantedG: 600_000,
      reviewState: 'WAITING',
    });
    // Where nothing waits any more, and what did not come in is free again.
    const mine = both.map(batchOf).find(({ id }) => id !== held.id);
    const faster = owner === other ? client : other.client;
    expect(batchOf(await faster.ask<Answer>(CLOSE, { batchId: mine?.id }))['grantedG']).toBe(0);
    expect(batchOf(await owner.client.ask<Answer>(CHANGE, { input: change }))).toMatchObject({
      grantedG: 700_000,
      reviewState: 'NONE',
    });
  });
});
