import { jest } from '@jest/globals';
import { DivisionService } from '#libs/division';
import { MembershipService, SmsGateway } from '#libs/identity';
import { StockReader, StockService } from '#libs/inventory';
import { DAY_MS, businessDay, newId, plus, present, refused } from '#libs/kernel';
import { OrderPlacementService, OrderService } from '#libs/ordering';
import { countStatements } from '../../harness/statements.js';
import { World } from '../../harness/world.js';
import { makeDivisions } from '../../make/division.make.js';
import { makeOrder, makePaidOrder, orderInput, partsOf } from '../../make/order.make.js';
import { makeGoodsKind, makeProduct } from '../../make/product.make.js';
import { makeUser } from '../../make/user.make.js';

const CODE = '__typename ... on DomainError { code } ... on InvalidInputError { fields { path } }';
const BATCH =
  'id traceCode presaleId weightG grantedG receivedG reviewState reviewReason stops orderCount soldG';
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
const PRESALE = `presale { id state waitingG days { announcedG capacityG reservedG } batch { id } harvest { ${BATCH} } }`;
const OPEN = mutation(
  'presaleOpen',
  '$input: PresaleOpenInput!',
  'input: $input',
  'PresaleOpenPayload',
  PRESALE,
);
const ROOM = mutation(
  'presaleCapacitySet',
  '$presaleId: ID!, $day: Date!, $capacityG: Int!',
  'presaleId: $presaleId, day: $day, capacityG: $capacityG',
  'PresaleCapacitySetPayload',
  PRESALE,
);
const SHUT = `mutation ($presaleId: ID!) { presaleClose(presaleId: $presaleId) { ... on PresaleClosePayload { ${PRESALE} } } }`;
const DELAY = mutation(
  'presaleDelayAnnounce',
  '$input: PresaleDelayAnnounceInput!',
  'input: $input',
  'PresaleDelayAnnouncePayload',
  `askedCount ${PRESALE}`,
);
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
interface Presale {
  readonly id: string;
  readonly days: readonly { readonly announcedG: number; readonly capacityG: number }[];
  readonly batch: { readonly id: string };
  readonly harvest: Batch | null;
  readonly [field: string]: unknown;
}
interface Answer {
  readonly presale?: Presale;
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
/** Where nothing but presales is registered. */
const AOTOU = '430225209226';
/** Where days are moved and called off. */
const LONGZHA = '430225209227';
const [REASON, ADVICE] = ['农残超标，请停用', 'THROW_AWAY'] as const;

let world: World;

beforeAll(async () => {
  world = await World.start({ services: ['merchant', 'settlement', 'storefront'] });
  await makeDivisions(world);
  await world
    .get(DivisionService)
    .load([
      village(PINGLE, '430225209', '平乐村'),
      village(AOTOU, '430225209', '鳌头村'),
      village(LONGZHA, '430225209', '龙渣村'),
    ]);
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

describe('what a presale promises', () => {
  const inDays = (count: number) => businessDay(plus(world.clock.now(), count * DAY_MS));
  const presaleOf = (answer: Answer) => present(answer.presale, JSON.stringify(answer));

  /** A cooperative of the village that sells four days of so many grams each. */
  async function seller(villageCode = AOTOU) {
    const made = await makeProduct(world, {
      kindCode: 'YELLOW_PEACH',
      pricesFen: [10_000n, 20_000n],
      batches: [{ quantity: 0, originVillageCode: villageCode }],
    });
    const person = world.person({ role: 'MERCHANT_OWNER', scopeKind: 'MERCHANT', scopeId: made.merchantId });
    const client = world.client('merchant').as(person.token);
    const now = world.clock.now();
    const wish = (capacityG: number, days = 4) => ({
      variantIds: made.variantIds,
      likeBatchId: made.batchIds[0],
      firstOn: inDays(20),
      lastOn: inDays(19 + days),
      capacityG,
      ordersOpenAt: now.toISOString(),
      ordersCloseAt: plus(now, 10 * DAY_MS).toISOString(),
      payment: 'FULL',
    });
    const open = (capacityG: number, days = 4) => client.ask<Answer>(OPEN, { input: wish(capacityG, days) });
    const room = (presaleId: string, day: string, capacityG: number) =>
      client.ask<Answer>(ROOM, { presaleId, day, capacityG });
    const boxes = async () =>
      (await world.get(StockReader).availableOf([made.variantId])).get(made.variantId) ?? 0;
    const order = (quantity: number, buyerId = newId('usr')) =>
      world
        .get(OrderPlacementService)
        .place(buyerId, orderInput({ lines: [{ variantId: made.variantId, quantity, channelPointId: '' }] }));
    return { ...made, client, open, room, boxes, order };
  }
  const capacity = (capacityG: number, villageCode = AOTOU) =>
    official().ask(SET, {
      input: {
        villageCode,
        kindCode: 'YELLOW_PEACH',
        seasonFrom: inDays(10),
        seasonTo: inDays(40),
        capacityG,
      },
    });
  const roomsOf = ({ days }: Presale) => days.map(({ capacityG }) => capacityG);

  it('is held by nobody where nothing is registered, and stays granted when something is', async () => {
    const early = await seller();

    const opened = presaleOf(await early.open(200_000));

    expect(opened).toMatchObject({ waitingG: 0, harvest: { grantedG: 800_000, reviewState: 'NONE' } });
    await capacity(500_000);
    // Something else is said of it: what it had is not taken back, and nothing more is granted.
    expect(presaleOf(await early.room(opened.id, inDays(23), 300_000))).toMatchObject({
      waitingG: 100_000,
      harvest: { weightG: 900_000, grantedG: 800_000, reviewState: 'WAITING' },
    });
    await early.client.ask(SHUT, { presaleId: opened.id });
  });

  it('is granted beside the batches of its village; no buyer can order the rest until an official has released it', async () => {
    await capacity(1_000_000);
    const [one, other, third] = [await seller(), await seller(), await seller()];

    const [opened, registered] = await Promise.all([
      one.open(200_000),
      other.client.ask<Answer>(REGISTER, {
        input: {
          ...harvest(other.productId),
          villageCode: AOTOU,
          harvestedFrom: inDays(21),
          harvestedUntil: inDays(25),
        },
      }),
    ]);

    // Eight hundred and six hundred kilograms are asked for, of eleven hundred.
    const [presale, batch] = [presaleOf(opened), batchOf(registered)];
    const grants = [Number(presale.harvest?.['grantedG']), Number(batch['grantedG'])];
    expect([
      [500_000, 600_000],
      [800_000, 300_000],
    ]).toContainEqual(grants);
    const late = presaleOf(await third.open(50_000));
    expect(late).toMatchObject({
      waitingG: 200_000,
      harvest: { presaleId: late.id, weightG: 200_000, grantedG: 0, reviewState: 'WAITING' },
    });
    expect(roomsOf(late)).toEqual([0, 0, 0, 0]);
    expect(late.days.map(({ announcedG }) => announcedG)).toEqual([50_000, 50_000, 50_000, 50_000]);
    expect(await third.boxes()).toBe(0);
    const refusedOrder = await third.order(1);
    expect(refused(refusedOrder) && refusedOrder.code).toBe('INSUFFICIENT_STOCK');

    // The batch is closed before anything came in: said again, the presale is given what is free by now, the earliest days first.
    await other.client.ask(CLOSE, { batchId: batch.id });
    expect(presaleOf(await one.room(presale.id, inDays(20), 200_000))).toMatchObject({
      waitingG: 0,
      harvest: { grantedG: 800_000, reviewState: 'NONE' },
    });
    const more = presaleOf(await third.room(late.id, inDays(23), 150_000));
    expect(more).toMatchObject({ waitingG: 0, harvest: { weightG: 300_000, grantedG: 300_000 } });
    const most = presaleOf(await third.room(late.id, inDays(22), 100_000));
    expect(roomsOf(most)).toEqual([50_000, 50_000, 100_000, 100_000]);
    expect(refused(await third.order(40))).toBe(false);

    const county = official();
    const waiting = await county.ask<List<Batch>>(WAITING);
    expect(waiting.nodes.map(({ id }) => id)).toContain(late.batch.id);
    const verdict = { batchId: late.batch.id, verdict: 'RELEASED', reason: '现场核过，今年丰产' };
    expect(await official('430224').codeOf(DECIDE, verdict)).toBe('NOT_FOUND');
    // Nobody of its merchant, though they sit in the county as well.
    const nephew = await makeUser(world);
    const scope = { scopeKind: 'MERCHANT', scopeId: third.merchantId } as const;
    await world.get(MembershipService).grant(nephew.userId, { role: 'MERCHANT_CLERK', ...scope }, null);
    const both = world.personOf(nephew.userId, {
      role: 'OFFICIAL',
      scopeKind: 'DIVISION',
      scopeId: '430225',
    });
    expect((await world.client('settlement').as(both.token).ask<Answer>(DECIDE, verdict)).code).toBe(
      'OWN_HARVEST',
    );

    const decided = await Promise.all([
      county.ask<Answer>(DECIDE, verdict),
      county.ask<Answer>(DECIDE, verdict),
    ]);

    expect(decided.map((answer) => batchOf(answer)['reviewState'])).toEqual(['RELEASED', 'RELEASED']);
    const read = await third.client.ask<Presale>(
      `query ($id: ID!) { presale(id: $id) { id waitingG days { announcedG capacityG } batch { id } harvest { ${BATCH} } } }`,
      { id: late.id },
    );
    expect(read).toMatchObject({ waitingG: 0, harvest: { grantedG: 350_000, reviewReason: verdict.reason } });
    expect(roomsOf(read)).toEqual([50_000, 50_000, 100_000, 150_000]);
    expect(await third.boxes()).toBe(60);

    // Of its batch nothing comes in beside what is presold, until there is said to be more; and nothing is counted twice.
    const receive = (quantity: number) =>
      third.client.ask<Answer>(RECEIVE, {
        input: { causeKey: newId('req'), variantId: third.variantId, batchId: late.batch.id, quantity },
      });
    expect((await receive(1)).code).toBe('BATCH_RECEIVABLE_EXCEEDED');
    const said = { batchId: late.batch.id, harvestedUntil: inDays(23) };
    expect((await third.client.ask<Answer>(CHANGE, { input: { ...said, weightG: 300_000 } })).fields).toEqual(
      [{ path: 'weightG' }],
    );
    const whole = batchOf(await third.client.ask<Answer>(CHANGE, { input: { ...said, weightG: 400_000 } }));
    expect(whole).toMatchObject({ weightG: 400_000, grantedG: 350_000, reviewState: 'WAITING' });
    await one.client.ask(SHUT, { presaleId: presale.id });
    expect(
      batchOf(await third.client.ask<Answer>(CHANGE, { input: { ...said, weightG: 400_000 } })),
    ).toMatchObject({
      grantedG: 400_000,
    });
    expect([(await receive(20)).code, (await receive(1)).code]).toEqual([
      undefined,
      'BATCH_RECEIVABLE_EXCEEDED',
    ]);

    // Closed, it keeps what is promised, and the rest may come in instead.
    const shut = presaleOf(await third.client.ask<Answer>(SHUT, { presaleId: late.id }));
    expect(shut).toMatchObject({
      state: 'CLOSED',
      harvest: { weightG: 150_000, grantedG: 150_000, receivedG: 50_000 },
    });
    expect(roomsOf(shut)).toEqual([0, 0, 100_000, 0]);
  });

  it('is promised for another day, and what was said of the day waits no more', async () => {
    await capacity(500_000);
    const { client, open, order, room } = await seller();
    const opened = presaleOf(await open(100_000));
    expect(opened).toMatchObject({ waitingG: 0 });
    expect(refused(await order(20))).toBe(false);
    const [presaleId, newDay] = [opened.id, inDays(24)];
    // Beside what was promised and came in above there is no more.
    expect(presaleOf(await room(presaleId, newDay, 100_000))).toMatchObject({ waitingG: 100_000 });

    const input = { presaleId, day: inDays(20), newDay, reason: '连日下雨' };
    const moved = presaleOf(await client.ask<Answer>(DELAY, { input }));

    expect(moved).toMatchObject({ harvest: { reviewState: 'NONE' } });
    expect(roomsOf(moved)).toEqual([0, 100_000, 100_000, 100_000, 100_000]);
    expect(moved).toMatchObject({ waitingG: 0, harvest: { weightG: 400_000, grantedG: 400_000 } });
  });

  it('is granted for the days there are when one was moved, and free once what was called off is closed again', async () => {
    await capacity(100_000, LONGZHA);
    const [one, other, buyerId] = [await seller(LONGZHA), await seller(LONGZHA), newId('usr')];
    const { id: presaleId } = presaleOf(await one.open(100_000, 1));
    const orderId = await one.order(4, buyerId);
    expect(presaleOf(await one.room(presaleId, inDays(21), 100_000))).toMatchObject({
      waitingG: 90_000,
      harvest: { weightG: 200_000, grantedG: 110_000, reviewState: 'WAITING' },
    });

    const input = { presaleId, day: inDays(20), newDay: inDays(21), reason: '连日下雨' };
    const moved = await one.client.ask<Answer>(DELAY, { input });

    expect(moved).toMatchObject({ askedCount: 1 });
    expect(presaleOf(moved)).toMatchObject({
      waitingG: 0,
      days: [{ announcedG: 0 }, { announcedG: 100_000, capacityG: 100_000, reservedG: 10_000 }],
      harvest: { weightG: 100_000, grantedG: 100_000, reviewState: 'NONE' },
    });
    expect(await one.boxes()).toBe(36);

    const shut = async () => presaleOf(await one.client.ask<Answer>(SHUT, { presaleId }));
    expect(await shut()).toMatchObject({ harvest: { weightG: 10_000, grantedG: 10_000 } });
    expect(await world.get(OrderService).cancel(buyerId, refused(orderId) ? '' : orderId)).toBe(orderId);
    expect(presaleOf(await other.open(110_000, 1))).toMatchObject({ waitingG: 10_000 });
    for (const again of [await shut(), await shut()]) {
      expect(again).toMatchObject({ state: 'CLOSED', harvest: { weightG: 0, grantedG: 0 } });
      expect(roomsOf(again)).toEqual([0, 0]);
    }
    const more = await seller(LONGZHA);
    expect(presaleOf(await more.open(5_000, 1))).toMatchObject({ waitingG: 0 });
  });

  it('costs the same statements for a few days and for many, to open and to change', async () => {
    await capacity(1_000_000_000, PINGLE);
    const [few, many] = [await seller(PINGLE), await seller(PINGLE)];
    let opened: Answer = {};
    const one = await countStatements(async () => void (opened = await few.open(10_000, 2)));
    const other: Answer[] = [];
    expect(await countStatements(async () => void other.push(await many.open(10_000, 40)))).toBe(one);
    const change = await countStatements(() => few.room(presaleOf(opened).id, inDays(21), 20_000));
    const last = presaleOf(present(other[0], 'an answer'));
    expect(await countStatements(() => many.room(last.id, inDays(21), 20_000))).toBe(change);
  });
});
