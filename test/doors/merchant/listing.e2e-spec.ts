import { ProductService } from '#libs/catalog';
import { newId } from '#libs/kernel';
import type { Grant } from '#platform/auth';
import { countStatements } from '../../harness/statements.js';
import { World } from '../../harness/world.js';
import { makeDivisions } from '../../make/division.make.js';
import { makeMerchant } from '../../make/merchant.make.js';
import { makeGoodsKind, makeProduct } from '../../make/product.make.js';

const REFUSED = `__typename ... on DomainError { code message } ... on InvalidInputError { fields { path message } }`;
const FAIR =
  'level jinPriceFen deviationBps unwarnedMaxFen unheldMaxFen reference { jinPriceFen source monthFrom }';
const FAIR_PRICE = `query ($kindCode: ID!, $grade: GoodsGrade!, $netWeightG: Int!, $priceFen: Fen!) {
  fairPrice(kindCode: $kindCode, grade: $grade, netWeightG: $netWeightG, priceFen: $priceFen) { ${FAIR} } }`;
const SET_PRICE = `mutation ($variantId: ID!, $priceFen: Fen!) { variantPriceSet(variantId: $variantId, priceFen: $priceFen) { ${REFUSED}
  ... on PriceHeldError { variantName unheldMaxFen } ... on VariantPriceSetPayload { variantId priceFen fairPrice { level } } } }`;
const RECORD = `mutation ($input: ReferencePriceRecordInput!) { referencePriceRecord(input: $input) { ${REFUSED}
  ... on ReferencePriceRecordPayload { referencePrice { id kindCode grade jinPriceFen source } } } }`;
const REFERENCES = `query ($kindCode: ID, $first: Int, $after: String) {
  referencePrices(kindCode: $kindCode, first: $first, after: $after) { nodes { id jinPriceFen } pageInfo { hasNextPage endCursor } } }`;
const HISTORY = `query ($productId: ID!, $first: Int, $after: String) { priceHistory(productId: $productId, first: $first, after: $after) {
  nodes { variantId priceFen pricePer500gFen grade reason } pageInfo { hasNextPage endCursor } } }`;

interface Refusal {
  readonly __typename: string;
  readonly code?: string;
  readonly message?: string;
  readonly fields?: readonly { readonly path: string }[];
}
interface Priced extends Refusal {
  readonly priceFen?: string;
  readonly unheldMaxFen?: string;
  readonly fairPrice?: { readonly level: string };
}
interface Recorded extends Refusal {
  readonly referencePrice?: { readonly id: string };
}
interface Listed<Node> {
  readonly nodes: readonly Node[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

let world: World;
beforeAll(async () => {
  world = await World.start({ services: ['merchant', 'settlement', 'storefront'] });
  world.clock.set('2026-11-02T04:00:00.000Z');
  await makeDivisions(world);
});
afterAll(() => world.close());

const official = (scopeId = '430225'): Grant => ({ role: 'OFFICIAL', scopeKind: 'DIVISION', scopeId });
const console_ = (...grants: readonly Grant[]) =>
  world.client('settlement').as(world.person(...grants).token);
const owner = (merchantId: string, role: 'MERCHANT_OWNER' | 'MERCHANT_CLERK' = 'MERCHANT_OWNER') =>
  world.client('merchant').as(world.person({ role, scopeKind: 'MERCHANT', scopeId: merchantId }).token);

/** A kind of its own for each test, first grade, at ten yuan for 500 g. */
async function kindWithReference(jinPriceFen = '1000'): Promise<string> {
  const kindCode = await makeGoodsKind(world, { code: `KIND_${newId('req').slice(-20)}` });
  await console_(official()).ask(RECORD, { input: recordInput(kindCode, { jinPriceFen }) });
  return kindCode;
}
const recordInput = (kindCode: string, more: object = {}) => ({
  idempotencyKey: newId('req'),
  kindCode,
  grade: 'FIRST',
  monthFrom: '2026-11',
  monthTo: '2026-12',
  jinPriceFen: '1000',
  source: '县农业农村局价格监测',
  ...more,
});
const peaches = async (kindCode: string, more: object = {}) =>
  makeProduct(world, { kindCode, grade: 'FIRST', netWeightG: 2_500, pricesFen: [5_000n], ...more });
const historyOf = (productId: string, more: object = {}) =>
  world
    .client('storefront')
    .ask<Listed<{ priceFen: string; reason: string | null }>>(HISTORY, { productId, ...more });

describe('what goods usually cost', () => {
  it('is recorded by officials of whoever keeps the kind, and by nobody else', async () => {
    const kindCode = await makeGoodsKind(world, { code: 'NAI_PLUM' });
    const input = recordInput(kindCode);

    const recorded = await console_(official()).ask<Recorded>(RECORD, { input });
    expect(recorded.referencePrice).toMatchObject({ kindCode, grade: 'FIRST', jinPriceFen: '1000' });
    await expect(console_(official('430224')).ask(RECORD, { input })).rejects.toThrow(/NOT_FOUND/);
    await expect(console_(official()).ask(RECORD, { input: recordInput('NONE') })).rejects.toThrow(
      /NOT_FOUND/,
    );
    const inspector: Grant = { role: 'INSPECTOR', scopeKind: 'DIVISION', scopeId: '430225' };
    await expect(console_(inspector).ask(RECORD, { input })).rejects.toThrow(/FORBIDDEN/);
    // The city's official answers for its counties.
    const ofCity = await console_(official('430200')).ask<Recorded>(RECORD, { input: recordInput(kindCode) });
    expect(ofCity.__typename).toBe('ReferencePriceRecordPayload');
    const { nodes } = await console_(inspector).ask<Listed<object>>(REFERENCES, { kindCode });
    expect(nodes).toHaveLength(2);
    expect((await console_(official('430224')).ask<Listed<object>>(REFERENCES, { kindCode })).nodes).toEqual(
      [],
    );
  });

  it('is recorded once by one key, also twice at once, and another price needs another key', async () => {
    const kindCode = await makeGoodsKind(world, { code: 'GINGER' });
    const by = console_(official());
    const input = recordInput(kindCode);

    const both = await Promise.all([
      by.ask<Recorded>(RECORD, { input }),
      by.ask<Recorded>(RECORD, { input }),
    ]);
    expect(new Set(both.map(({ referencePrice }) => referencePrice?.id)).size).toBe(1);
    expect(await by.ask(RECORD, { input: { ...input, jinPriceFen: '2000' } })).toMatchObject({
      code: 'REFERENCE_PRICE_KEY_USED',
    });
    const faulty = await by.ask<Recorded>(RECORD, {
      input: recordInput(kindCode, { monthTo: '2026-10', source: ' ' }),
    });
    expect(faulty.fields?.map(({ path }) => path)).toEqual(['input.monthTo', 'input.source']);
    const { nodes } = await by.ask<Listed<object>>(REFERENCES, { kindCode });
    expect(nodes).toHaveLength(1);
  });

  it('is told whoever types a price, by the weight of the box, in one statement', async () => {
    const kindCode = await kindWithReference();
    const { id } = await makeMerchant(world);
    const me = owner(id);
    const ask = (more: object = {}) =>
      me.ask<object>(FAIR_PRICE, { kindCode, grade: 'FIRST', netWeightG: 2_500, priceFen: '5750', ...more });

    expect(await ask()).toEqual({
      level: 'WITHIN',
      jinPriceFen: '1150',
      deviationBps: 1_500,
      unwarnedMaxFen: '5750',
      unheldMaxFen: '6500',
      reference: { jinPriceFen: '1000', source: '县农业农村局价格监测', monthFrom: '2026-11' },
    });
    expect(await ask({ priceFen: '5751' })).toMatchObject({ level: 'WARNED' });
    expect(await ask({ priceFen: '6501' })).toMatchObject({ level: 'HELD' });
    expect(await ask({ grade: 'EXTRA' })).toMatchObject({ level: 'UNKNOWN', reference: null });
    await expect(ask({ netWeightG: 0 })).rejects.toThrow(/INVALID_INPUT/);
    expect(await countStatements(() => ask())).toBe(1);
    // The same months of last year, until somebody says something of this year.
    world.clock.set('2027-12-02T04:00:00.000Z');
    expect(await ask()).toMatchObject({ level: 'WITHIN' });
    world.clock.set('2027-10-02T04:00:00.000Z');
    expect(await ask()).toMatchObject({ level: 'UNKNOWN' });
    world.clock.set('2026-11-02T04:00:00.000Z');
  });
});

describe('what goods on sale cost', () => {
  it('is said by their seller, up to what a reviewer has to agree to', async () => {
    const kindCode = await kindWithReference();
    const { productId, variantId, merchantId } = await peaches(kindCode);
    const set = (priceFen: string, as = owner(merchantId)) =>
      as.ask<Priced>(SET_PRICE, { variantId, priceFen });

    expect(await set('6500')).toMatchObject({ priceFen: '6500', fairPrice: { level: 'WARNED' } });
    expect(await set('6500')).toMatchObject({ priceFen: '6500' });
    const held = await set('6501');
    expect(held).toMatchObject({ code: 'PRICE_HELD', unheldMaxFen: '6500' });
    expect((await set('0')).fields).toHaveLength(1);
    const stranger = owner((await makeMerchant(world)).id);
    await expect(set('5000', stranger)).rejects.toThrow(/NOT_FOUND/);
    await expect(set('5000', owner(merchantId, 'MERCHANT_CLERK'))).rejects.toThrow(/FORBIDDEN/);

    // Nothing came of what was refused, and what came again is told once.
    const { nodes } = await historyOf(productId);
    expect(nodes.map(({ priceFen }) => priceFen)).toEqual(['6500', '5000']);
    const shown = await world
      .client('storefront')
      .ask<{ priceFromFen: string }>(`query ($id: ID!) { product(id: $id) { priceFromFen } }`, {
        id: productId,
      });
    expect(shown.priceFromFen).toBe('6500');
  });

  it('may be what it is already, and less, however far above it stands by now', async () => {
    const kindCode = await makeGoodsKind(world, { code: 'HONEY' });
    const { variantId, merchantId } = await peaches(kindCode, { pricesFen: [9_000n] });
    await console_(official()).ask(RECORD, { input: recordInput(kindCode) });
    const set = (priceFen: string) => owner(merchantId).ask<Priced>(SET_PRICE, { variantId, priceFen });

    expect(await set('9000')).toMatchObject({ priceFen: '9000', fairPrice: { level: 'HELD' } });
    expect(await set('9001')).toMatchObject({ code: 'PRICE_HELD' });
    expect(await set('8000')).toMatchObject({ priceFen: '8000', fairPrice: { level: 'HELD' } });
    expect(await set('9000')).toMatchObject({ code: 'PRICE_HELD' });
  });

  it('comes by no other road either: not by listing, and not for two at once', async () => {
    const kindCode = await kindWithReference();
    await expect(peaches(kindCode, { pricesFen: [5_000n, 6_501n] })).rejects.toThrow(/30 percent/);
    const { productId, variantId, merchantId } = await peaches(kindCode);
    expect(await world.get(ProductService).reprice(variantId, 7_000n)).toMatchObject({ code: 'PRICE_HELD' });

    await Promise.all(
      ['6100', '6200', '6700'].map((priceFen) => owner(merchantId).ask(SET_PRICE, { variantId, priceFen })),
    );
    const { nodes } = await historyOf(productId);
    expect(nodes.map(({ priceFen }) => priceFen).toSorted()).toEqual(['5000', '6100', '6200']);
    const [now] = await world.database.query<{ priceFen: string }>(
      'SELECT price_fen AS priceFen FROM product_variant WHERE id = ?',
      [variantId],
    );
    expect(now?.priceFen).toBe(nodes[0]?.priceFen);
  });

  it('has a history that everybody may read in pages, by one statement, and that nobody changes', async () => {
    const kindCode = await kindWithReference();
    const { productId, variantId, merchantId } = await peaches(kindCode, { pricesFen: [5_000n, 5_500n] });
    for (const priceFen of ['5100', '5200']) await owner(merchantId).ask(SET_PRICE, { variantId, priceFen });

    const first = await historyOf(productId, { first: 3 });
    expect(first.nodes.map(({ priceFen }) => priceFen).slice(0, 2)).toEqual(['5200', '5100']);
    const rest = await historyOf(productId, { first: 3, after: first.pageInfo.endCursor });
    expect([rest.nodes.length, rest.pageInfo.hasNextPage]).toEqual([1, false]);
    expect(await countStatements(() => historyOf(productId))).toBe(1);
    await expect(
      world.database.transaction((tx) => tx.write('UPDATE price_change SET price_fen = 1', [])),
    ).rejects.toThrow(/denied/);
    const path = `/graphql/documents/price-history?variables=${encodeURIComponent(JSON.stringify({ productId }))}`;
    const { status, headers } = await world.client('storefront').http.get(path);
    expect([status, typeof headers['etag']]).toEqual([200, 'string']);
    const again = await world
      .client('storefront')
      .http.get(path)
      .set('if-none-match', String(headers['etag']));
    expect(again.status).toBe(304);
    // What is not on sale shows nothing.
    await world.get(ProductService).moveState(productId, 'OFF_SALE');
    expect((await historyOf(productId)).nodes).toEqual([]);
  });
});
