import { ZoneContractService } from '#libs/channel';
import { OfftakeReader, SellThroughRunService } from '#libs/consignment';
import { SellThroughFeedService } from '#libs/intake';
import { newId } from '#libs/kernel';
import type { Grant } from '#platform/auth';
import { readSheetRows, xlsxFile } from '#platform/sheets';
import { countStatements } from '../../harness/statements.js';
import { World } from '../../harness/world.js';
import { makeDivisions } from '../../make/division.make.js';
import { makeMerchant } from '../../make/merchant.make.js';
import { makePlace, makeZoneContract } from '../../make/place.make.js';
import { makeCertification, makeProduct } from '../../make/product.make.js';
import { makeUser } from '../../make/user.make.js';

const FILE =
  'id state month rowCount faultyCount newCount changedCount amountFen isAfterClose takenCount isCounted rejectedCount reason';
const REFUSAL = '__typename ... on DomainError { code } ... on InvalidInputError { fields { path } }';
const CONFIRM = `mutation ($id: ID!, $reason: String) { sellThroughConfirm(sellThroughId: $id, reason: $reason) { ${REFUSAL} ... on SellThroughConfirmPayload { sellThrough { ${FILE} } } } }`;
const ONE = `query ($id: ID!) { sellThrough(id: $id) { ${FILE} } }`;
const LIST = `query ($merchantId: ID!) { sellThroughs(merchantId: $merchantId) { nodes { id isAfterClose } } }`;
const ROWS = `query ($id: ID!, $isFaulty: Boolean) { sellThroughRows(sellThroughId: $id, isFaulty: $isFaulty) { nodes { rowNo outcome goods faults { column message } } } }`;
const SALES = `query ($merchantId: ID!) { consignmentSales(merchantId: $merchantId, month: "2026-11-01") { nodes { placeName productName quantity amountFen shortUnits } } }`;
const PROPOSE = `mutation ($placeId: ID!, $productIds: [ID!]!) { rangePropose(placeId: $placeId, productIds: $productIds) { ${REFUSAL} ... on RangeProposePayload { offers { id state productName } } } }`;
const DECIDE = `mutation ($offerId: ID!, $act: RangeAct!, $reason: String) { rangeDecide(offerId: $offerId, act: $act, reason: $reason) { ${REFUSAL} ... on RangeOfferStateError { offerState } ... on RangeDecidePayload { offer { id state reason } } } }`;
const OFFERS = `query ($merchantId: ID!, $side: RangeSide!) { rangeOffers(merchantId: $merchantId, side: $side) { nodes { id placeName state } } }`;
const GOODS = `query ($placeId: ID!, $text: String, $first: Int, $after: String) { rangeGoods(placeId: $placeId, text: $text, first: $first, after: $after) {
  nodes { productId merchantName originName isCertified priceFromFen variants { id priceFen } offer { state merchantName operatorName } } pageInfo { hasNextPage endCursor } } }`;
const OFFTAKES = `query ($merchantId: ID!, $side: RangeSide!, $state: OfftakeState) { offtakes(merchantId: $merchantId, side: $side, state: $state) {
  nodes { id placeName productName variantName merchantName operatorName } } }`;
const TELL = `mutation ($input: OfftakeTellInput!) { offtakeTell(input: $input) { ${REFUSAL} ... on OfftakeTellPayload { offtake { id state } } } }`;
const ANSWER = `mutation ($offtakeId: ID!, $act: OfftakeAct!, $reason: String) { offtakeDecide(offtakeId: $offtakeId, act: $act, reason: $reason) { ${REFUSAL} ... on OfftakeDecidePayload { offtake { id state } } } }`;
const RANGE = 'query ($id: ID!) { channelPointRange(channelPointId: $id) { nodes { product { id } } } }';

interface File {
  readonly id: string;
  readonly state: string;
  readonly isCounted: boolean;
}
interface Answer {
  readonly code?: string;
  readonly fields?: readonly { readonly path: string }[];
  readonly sellThrough?: File;
  readonly offers?: readonly { readonly id: string; readonly state: string }[];
  readonly offer?: { readonly id: string; readonly state: string };
  readonly offerState?: string;
  readonly offtake?: { readonly id: string; readonly state: string };
}

let world: World;
beforeAll(async () => {
  world = await World.start({ services: ['merchant', 'storefront'] });
  await makeDivisions(world);
});
beforeEach(() => world.clock.set('2026-11-20T04:00:00.000Z'));
afterAll(() => world.close());

const owner = (scopeId: string): Grant => ({ role: 'MERCHANT_OWNER', scopeKind: 'MERCHANT', scopeId });

async function seller(kind: 'COOPERATIVE' | 'VENUE_OPERATOR') {
  const { id: merchantId } = await makeMerchant(world, { kind });
  const { userId } = await makeUser(world, { grants: [owner(merchantId)] });
  const { token } = world.personOf(userId, owner(merchantId));
  const ask = <T = Answer>(query: string, variables: object = {}) =>
    world
      .client('merchant')
      .as(token)
      .ask<T>(query, variables as Record<string, unknown>);
  return { merchantId, userId, token, ask };
}
type Seller = Awaited<ReturnType<typeof seller>>;

/** A zone under a contract, open since the first of November, with five boxes of a cooperative's peaches in two batches. */
async function zone(me: Seller) {
  world.clock.set('2026-11-01T01:00:00.000Z');
  const placeId = await makePlace(world, {
    operatorId: me.merchantId,
    userId: me.userId,
    place: { name: `专区${newId('req')}` },
  });
  const contractId = await makeZoneContract(world, { hostId: me.merchantId, userId: me.userId });
  const host = { userId: me.userId, merchantIds: [me.merchantId] };
  await world.get(ZoneContractService).attach(contractId, [placeId], host);
  world.clock.set('2026-11-20T04:00:00.000Z');
  const farm = await seller('COOPERATIVE');
  const product = await makeProduct(world, {
    merchantId: farm.merchantId,
    netWeightG: 500,
    batches: [{ quantity: 100 }, { quantity: 100, originCountyCode: '430224' }],
  });
  const locationId = newId('loc');
  await world.database.transaction(async (tx) => {
    await tx.insert('stock_location', [
      {
        id: locationId,
        kind: 'SHELF',
        merchantId: null,
        channelPointId: placeId,
        slotCode: '',
        name: '专区',
      },
    ]);
    await tx.insert(
      'stock_level',
      product.batchIds.map((batchId, index) => ({
        id: newId('stk'),
        variantId: product.variantId,
        locationId,
        batchId,
        bestBeforeOn: `2026-12-0${index + 1}`,
        onHand: index === 0 ? 2 : 3,
        reserved: 0,
      })),
    );
  });
  const onHand = async () => {
    const rows = await world.database.query<{ onHand: number }>(
      'SELECT on_hand AS onHand FROM stock_level WHERE location_id = ? ORDER BY best_before_on',
      [locationId],
    );
    return rows.map((row) => row.onHand);
  };
  const [named] = await world.database.query<{ name: string }>(
    'SELECT name FROM channel_point WHERE id = ?',
    [placeId],
  );
  return { placeId, placeName: named?.name ?? '', farm, product, onHand };
}

const HEAD = '行号,门店,货号,销售日期,数量,金额';
const csv = (...rows: string[]) => Buffer.from([HEAD, ...rows].join('\n'));

async function upload(me: Pick<Seller, 'merchantId' | 'token'>, bytes: Buffer, month = '2026-11-01') {
  const { body, status } = await world
    .client('merchant')
    .http.post(
      `/sell-throughs?operatorId=${me.merchantId}&month=${month}&fileName=${encodeURIComponent('十一月.csv')}`,
    )
    .set('authorization', `Bearer ${me.token}`)
    .set('content-type', 'application/octet-stream')
    .send(bytes);
  return { status, ...(body as { id?: string; code?: string; message?: string }) };
}
const work = async () => {
  while ((await world.get(SellThroughRunService).work()) > 0);
  while ((await world.get(SellThroughFeedService).work()) > 0);
};
/** What the register knows of a place, by county of origin. */
async function register(placeId: string) {
  const rows = await world.database.query<{ origin: string; fen: string; units: string; day: string }>(
    `SELECT origin_county_code AS origin, event_day AS day, SUM(recognised_fen) AS fen, SUM(quantity) AS units FROM volume_fact
     WHERE channel_point_id = ? GROUP BY origin_county_code, event_day HAVING SUM(recognised_fen) <> 0 ORDER BY event_day, origin_county_code`,
    [placeId],
  );
  return rows.map(({ origin, fen, units, day }) => `${day} ${origin || '-'} ${fen} ${units}`);
}
const confirmed = async (me: Seller, bytes: Buffer, reason?: string) => {
  const { id = '' } = await upload(me, bytes);
  const answer = await me.ask(CONFIRM, { id, reason });
  await work();
  return { id, ...answer };
};

it('a month is checked, confirmed and taken: stock falls, the register has every fen by origin, and the seller sees what was short', async () => {
  const me = await seller('VENUE_OPERATOR');
  const { placeId, placeName, farm, product, onHand } = await zone(me);
  const rows = [
    `A1,${placeName},${product.variantId},2026-11-05,3,100.01`,
    `A2,${placeName},${product.variantId},2026/11/6,4,40.00`,
  ];

  const checked = await upload(me, csv(...rows));
  expect(checked.status).toBe(201);
  const id = checked.id ?? '';
  expect(await me.ask(ONE, { id })).toMatchObject({
    state: 'CHECKED',
    newCount: 2,
    amountFen: '14001',
    takenCount: 0,
    isCounted: false,
  });
  // A dry run counts nothing, and the same file again is the same file, in whatever encoding.
  await work();
  expect([await onHand(), await register(placeId)]).toEqual([[2, 3], []]);
  expect(
    (await upload(me, await xlsxFile([HEAD.split(','), ...rows.map((row) => row.split(','))], [10]))).id,
  ).toBe(id);

  const twice = await Promise.all([me.ask(CONFIRM, { id }), me.ask(CONFIRM, { id })]);
  expect(twice.map(({ sellThrough }) => sellThrough?.state)).toEqual(['CONFIRMED', 'CONFIRMED']);
  await Promise.all([world.get(SellThroughRunService).work(), world.get(SellThroughRunService).work()]);
  await work();
  expect(await me.ask(ONE, { id })).toMatchObject({
    state: 'DONE',
    takenCount: 2,
    isCounted: true,
    rejectedCount: 0,
  });
  // Two of the first batch, three of the second; of two more none lay there by the book.
  expect(await onHand()).toEqual([0, 0]);
  expect(await register(placeId)).toEqual([
    '2026-11-05 430224 3334 1',
    '2026-11-05 430225 6667 2',
    '2026-11-06 - 2000 2',
    '2026-11-06 430224 2000 2',
  ]);
  const sales = await farm.ask<{ nodes: object[] }>(SALES, { merchantId: farm.merchantId });
  expect(sales.nodes).toEqual([
    { placeName, productName: '炎陵黄桃', quantity: 7, amountFen: '14001', shortUnits: 2 },
  ]);

  // Told again in another file, nothing changes; told differently, what was told before goes back whole.
  const again = await confirmed(me, csv(...rows, `A3,${placeName},${product.variantId},,1,8`));
  expect(await me.ask(ONE, { id: again.id })).toMatchObject({
    newCount: 1,
    changedCount: 0,
    isCounted: true,
  });
  const mended = await confirmed(
    me,
    csv(`A1,${placeName},${product.variantId},2026-11-05,1,30`, `A3,${placeName},${product.variantId},,0,0`),
  );
  expect(await me.ask(ONE, { id: mended.id })).toMatchObject({
    changedCount: 2,
    isCounted: true,
    rejectedCount: 0,
  });
  expect(await onHand()).toEqual([1, 1]);
  expect(await register(placeId)).toEqual([
    '2026-11-05 430225 3000 1',
    '2026-11-06 - 2000 2',
    '2026-11-06 430224 2000 2',
  ]);
});

it('is checked and taken by as many statements, whatever rows it has, and says how far it is', async () => {
  const me = await seller('VENUE_OPERATOR');
  const { placeName, product } = await zone(me);
  const runs = world.get(SellThroughRunService);
  const cost = async (...keys: string[]) => {
    const rows = keys.map((key) => `${key},${placeName},${product.variantId},2026-11-05,1,10`);
    let id = '';
    const checked = await countStatements(async () => {
      ({ id = '' } = await upload(me, csv(...rows)));
    });
    await me.ask(CONFIRM, { id });
    const taken = await countStatements(() => runs.work());
    expect(await me.ask(ONE, { id })).toMatchObject({ state: 'CONFIRMED', takenCount: keys.length });
    await work();
    return { checked, taken };
  };
  await cost('B0');

  expect(await cost('B1', 'B2', 'B3')).toEqual(await cost('B4'));
});

it('a month that is closed is corrected with a reason, and what changes counts in the current one', async () => {
  const me = await seller('VENUE_OPERATOR');
  const { placeId, placeName, product } = await zone(me);
  const row = (fen: string) => csv(`B1,${placeName},${product.variantId},2026-11-05,1,${fen}`);
  await confirmed(me, row('30'));
  world.clock.set('2026-12-20T04:00:00.000Z');
  const at = world.clock.now();
  await world.database.transaction((tx) =>
    tx.write(
      `INSERT INTO volume_close (month, state, cut_off_on, review_until, cut_off_at) VALUES ('2026-11-01', 'CUT_OFF', '2026-12-03', '2026-12-05', ?)`,
      [at],
    ),
  );

  // What comes after the cut-off counts later.
  world.clock.advance(60_000);
  const { id = '' } = await upload(me, row('40'));
  expect(await me.ask(ONE, { id })).toMatchObject({ isAfterClose: true, changedCount: 1 });
  expect(await me.ask(CONFIRM, { id })).toMatchObject({
    code: 'INVALID_INPUT',
    fields: [{ path: 'reason' }],
  });
  await me.ask(CONFIRM, { id, reason: '十一月漏报一笔' });
  await work();
  expect(await me.ask(ONE, { id })).toMatchObject({ isCounted: true, reason: '十一月漏报一笔' });
  expect(await register(placeId)).toEqual(['2026-11-05 430225 3000 1', '2026-12-01 430225 1000 0']);
  await world.database.transaction((tx) => tx.write("DELETE FROM volume_close WHERE month = '2026-11-01'"));
});

it('says of each row and column what is wrong, and takes nothing of such a file', async () => {
  const me = await seller('VENUE_OPERATOR');
  const stranger = await seller('VENUE_OPERATOR');
  const { placeId, placeName, product, onHand } = await zone(me);
  const bad = csv(`C1,${placeName},${product.variantId},2026-11-05,1,8`, `C1,别处,没有,2026-10-05,半,8.005`);

  // As a Chinese Excel saves it.
  const gb = Buffer.concat([Buffer.from('d0d0bac5', 'hex'), Buffer.from(',')]);
  expect((await upload(me, gb)).code).toBe('SELL_THROUGH_COLUMNS_MISSING');
  expect((await upload(me, Buffer.alloc(0))).code).toBe('SELL_THROUGH_EMPTY');
  expect((await upload(me, csv(), '2026-12-01')).code).toBe('INVALID_INPUT');
  expect((await upload({ ...stranger, merchantId: me.merchantId }, bad)).status).toBe(404);
  const found = await upload(me, bad);
  expect(found).toMatchObject({ status: 201 });
  const { id = '' } = found;
  const { nodes } = await me.ask<{
    nodes: { rowNo: number; faults: { column: string; message: string }[] }[];
  }>(ROWS, {
    id,
    isFaulty: true,
  });
  expect(nodes.map(({ rowNo, faults }) => [rowNo, faults.map(({ column }) => column)])).toEqual([
    [2, ['KEY']],
    [3, ['KEY', 'DAY', 'PLACE', 'GOODS', 'QUANTITY', 'AMOUNT']],
  ]);
  expect(nodes[1]?.faults[2]?.message).toBe('Place is not known.');
  const taken = (by: Pick<Seller, 'token'>, path: string) =>
    world
      .client('merchant')
      .http.get(`/sell-throughs/${path}`)
      .set('authorization', `Bearer ${by.token}`)
      .responseType('blob');
  for (const format of ['csv', 'gb18030', 'xlsx']) {
    const { body } = await taken(me, `${id}/faulty/${format}`);
    const told = await readSheetRows(body as Buffer, 10);
    expect(told).toHaveLength(3);
    expect(told[2]).toMatchObject([
      '3',
      'C1',
      '别处',
      '没有',
      '2026-10-05',
      '半',
      '8.005',
      expect.stringContaining('专区查无此项'),
    ]);
  }
  expect((await taken(me, 'template/gb18030')).status).toBe(200);
  expect((await taken(me, `${id}/faulty/pdf`)).status).toBe(400);
  expect((await taken(stranger, `${id}/faulty/csv`)).status).toBe(404);
  expect((await me.ask(CONFIRM, { id })).code).toBe('SELL_THROUGH_FAULTY');
  await work();
  expect([await onHand(), await register(placeId)]).toEqual([[2, 3], []]);
  await expect(stranger.ask(CONFIRM, { id })).rejects.toThrow(/NOT_FOUND/);
  await expect(stranger.ask(ROWS, { id })).rejects.toThrow(/NOT_FOUND/);
  expect(await stranger.ask(ONE, { id })).toBeNull();
  await expect(stranger.ask(LIST, { merchantId: me.merchantId })).rejects.toThrow(/NOT_FOUND/);
  await expect(stranger.ask(SALES, { merchantId: me.merchantId })).rejects.toThrow(/NOT_FOUND/);
  // A better file of the month takes its place.
  const mended = await upload(me, csv(`C1,${placeName},${product.variantId},2026-11-05,1,8`));
  expect(mended.id).not.toBe(id);
  expect(await me.ask(ONE, { id })).toBeNull();
  const { nodes: files } = await me.ask<{ nodes: object[] }>(LIST, { merchantId: me.merchantId });
  expect(files).toEqual([{ id: mended.id, isAfterClose: false }]);
});

it('a place carries what its operator has asked for and the seller has agreed to, mainly certified', async () => {
  const me = await seller('VENUE_OPERATOR');
  const { placeId, placeName, farm, product } = await zone(me);
  const other = await makeProduct(world, { merchantId: farm.merchantId, name: '未认定的桃' });
  await makeCertification(world, product.productId);
  const range = async () =>
    (
      await world.client('storefront').ask<{ nodes: { product: { id: string } }[] }>(RANGE, { id: placeId })
    ).nodes.map((node) => node.product.id);

  const proposed = await me.ask(PROPOSE, { placeId, productIds: [product.productId, other.productId] });
  const [first, second] = proposed.offers ?? [];
  expect([first?.state, second?.state]).toEqual(['PROPOSED', 'PROPOSED']);
  const again = await me.ask(PROPOSE, { placeId, productIds: [product.productId, other.productId] });
  expect(again.offers?.map(({ id }) => id).toSorted((a, b) => (a < b ? -1 : 1))).toEqual(
    proposed.offers?.map(({ id }) => id).toSorted((a, b) => (a < b ? -1 : 1)),
  );
  const unknown = await me.ask(PROPOSE, { placeId, productIds: ['prd_0'] });
  expect(unknown.fields?.map(({ path }) => path)).toEqual(['productIds.0']);
  const asked = await farm.ask<{ nodes: { id: string; placeName: string }[] }>(OFFERS, {
    merchantId: farm.merchantId,
    side: 'SELLER',
  });
  expect(asked.nodes.map((each) => each.placeName)).toEqual([placeName, placeName]);
  const idOf = async (productId: string) => {
    const [row] = await world.database.query<{ id: string }>(
      'SELECT id FROM range_offer WHERE channel_point_id = ? AND product_id = ?',
      [placeId, productId],
    );
    return row?.id ?? '';
  };
  const [certified, plain] = [await idOf(product.productId), await idOf(other.productId)];

  // What the operator chooses from says what is asked for here, by name or not, page by page, in as many statements for one as for many.
  interface Goods {
    readonly nodes: readonly { readonly productId: string; readonly isCertified: boolean }[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  }
  const goods = (variables: object) => me.ask<Goods>(GOODS, { placeId, ...variables });
  const found = await goods({ text: '未认定' });
  expect(found.nodes).toMatchObject([
    { productId: other.productId, isCertified: false, offer: { state: 'PROPOSED' }, variants: [{}] },
  ]);
  const one = await countStatements(() => goods({ first: 1 }));
  const all = await goods({});
  expect(await countStatements(() => goods({}))).toBe(one);
  expect(all.nodes).toContainEqual(
    expect.objectContaining({ productId: product.productId, isCertified: true }),
  );
  const [firstPage] = [await goods({ first: 1 })];
  expect(firstPage.pageInfo.hasNextPage).toBe(true);
  const next = await goods({ first: 1, after: firstPage.pageInfo.endCursor });
  expect([firstPage.nodes[0]?.productId, next.nodes[0]?.productId]).toEqual(
    all.nodes.slice(0, 2).map(({ productId }) => productId),
  );
  await expect(farm.ask(GOODS, { placeId })).rejects.toThrow(/NOT_FOUND/);
  await expect(me.ask(GOODS, { placeId, text: '桃'.repeat(200) })).rejects.toThrow(/INVALID_INPUT/);

  // The operator does not answer for the seller, and what is not certified does not come first.
  expect((await me.ask(DECIDE, { offerId: certified, act: 'AGREED' })).offerState).toBe('PROPOSED');
  expect((await farm.ask(DECIDE, { offerId: plain, act: 'AGREED' })).code).toBe('RANGE_NOT_CERTIFIED');
  expect(await range()).toEqual([]);
  const agreed = await farm.ask(DECIDE, { offerId: certified, act: 'AGREED' });
  expect(await farm.ask(DECIDE, { offerId: certified, act: 'AGREED' })).toEqual(agreed);
  expect((await farm.ask(DECIDE, { offerId: plain, act: 'AGREED' })).offer?.state).toBe('AGREED');
  expect(await range()).toEqual([product.productId, other.productId]);
  expect((await me.ask(DECIDE, { offerId: plain, act: 'ENDED' })).fields?.map(({ path }) => path)).toEqual([
    'reason',
  ]);
  expect((await me.ask(DECIDE, { offerId: plain, act: 'ENDED', reason: '换季' })).offer).toMatchObject({
    state: 'ENDED',
  });
  expect(await range()).toEqual([product.productId]);
  const stranger = await seller('COOPERATIVE');
  await expect(stranger.ask(DECIDE, { offerId: certified, act: 'ENDED', reason: '不卖了' })).rejects.toThrow(
    /NOT_FOUND/,
  );
  await expect(stranger.ask(PROPOSE, { placeId, productIds: [product.productId] })).rejects.toThrow(
    /NOT_FOUND/,
  );
});

it('what an operator buys outright is told and confirmed, and is in no figure of volume', async () => {
  const me = await seller('VENUE_OPERATOR');
  const { placeId, placeName, farm, product, onHand } = await zone(me);
  const tell = {
    input: {
      placeId,
      variantId: product.variantId,
      quantity: 10,
      amountFen: '88000',
      boughtOn: '2026-11-05',
      documentNo: 'SH-20261105',
      idempotencyKey: newId('req'),
    },
  };
  const sums = async () =>
    (await world.get(OfftakeReader).sums('2026-11-01', '2026-11-30', ['430225'])).map(
      ({ countyCode, purchases, amountFen }) => `${countyCode} ${purchases} ${amountFen}`,
    );

  const twice = await Promise.all([me.ask(TELL, tell), me.ask(TELL, tell)]);
  expect(twice[0]).toEqual(twice[1]);
  const offtakeId = twice[0].offtake?.id ?? '';
  expect((await me.ask(TELL, { input: { ...tell.input, quantity: 11 } })).code).toBe('OFFTAKE_KEY_USED');
  const wrong = { ...tell.input, idempotencyKey: newId('req'), quantity: 0, boughtOn: '2026-12-01' };
  expect((await me.ask(TELL, { input: wrong })).fields?.map(({ path }) => path)).toEqual([
    'quantity',
    'boughtOn',
  ]);
  const told = async (of: Seller, side: string, state?: string) =>
    (await of.ask<{ nodes: object[] }>(OFFTAKES, { merchantId: of.merchantId, side, state })).nodes;
  expect(await told(farm, 'SELLER', 'TOLD')).toMatchObject([
    { id: offtakeId, placeName, productName: '炎陵黄桃' },
  ]);
  expect(await told(me, 'OPERATOR')).toEqual(await told(farm, 'SELLER'));
  expect(await told(me, 'OPERATOR', 'DENIED')).toEqual([]);
  // Until the seller says so, it is told and not summed; the operator does not say so itself.
  expect(await sums()).toEqual([]);
  expect((await me.ask(ANSWER, { offtakeId, act: 'CONFIRMED' })).code).toBe('OFFTAKE_STATE');
  const stranger = await seller('COOPERATIVE');
  await expect(stranger.ask(ANSWER, { offtakeId, act: 'CONFIRMED' })).rejects.toThrow(/NOT_FOUND/);
  await expect(
    stranger.ask(TELL, { input: { ...tell.input, idempotencyKey: newId('req') } }),
  ).rejects.toThrow(/NOT_FOUND/);
  const answered = await farm.ask(ANSWER, { offtakeId, act: 'CONFIRMED' });
  expect(answered.offtake?.state).toBe('CONFIRMED');
  expect(await farm.ask(ANSWER, { offtakeId, act: 'CONFIRMED' })).toEqual(answered);
  expect((await me.ask(ANSWER, { offtakeId, act: 'WITHDRAWN' })).code).toBe('OFFTAKE_STATE');
  expect(await sums()).toEqual(['430225 1 88000']);
  expect([await onHand(), await register(placeId)]).toEqual([[2, 3], []]);
});
