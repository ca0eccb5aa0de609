import { jest } from '@jest/globals';
import { ProductService } from '#libs/catalog';
import { SmsGateway } from '#libs/identity';
import { newId, present } from '#libs/kernel';
import type { Grant } from '#platform/auth';
import { countStatements } from '../../harness/statements.js';
import { World } from '../../harness/world.js';
import { makeDivisions } from '../../make/division.make.js';
import { makeMerchant } from '../../make/merchant.make.js';
import { makePhoto } from '../../make/photo.make.js';
import { makeCertification, makeGoodsKind, makeProduct } from '../../make/product.make.js';
import { makeUser } from '../../make/user.make.js';

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

const LISTING = `id state revision productId isPriceHeld countyCode content { kindCode name photoIds note variants { variantId name grade netWeightG priceFen } }
  differences { path before after } fairPrices { place fairPrice { level } } steps { act reason fields { path message } }`;
const LISTING_REFUSED = `${REFUSED} ... on ListingChangedError { revision } ... on ListingStateError { listingState }`;
const SAVE = `mutation ($input: ListingSaveInput!) { listingSave(input: $input) { ${LISTING_REFUSED} ... on ListingOpenError { listingId }
  ... on ListingSavePayload { listing { ${LISTING} } } } }`;
const SUBMIT = `mutation ($id: ID!, $revision: Int!) { listingSubmit(listingId: $id, revision: $revision) { ${LISTING_REFUSED}
  ... on ListingSubmitPayload { listing { ${LISTING} } } } }`;
const WITHDRAW = `mutation ($id: ID!) { listingWithdraw(listingId: $id) { __typename ... on ListingStateError { listingState } ... on DomainError { code message }
  ... on ListingWithdrawPayload { listing { ${LISTING} } } } }`;
const TAKE_BACK = `mutation ($id: ID!) { listingTakeBack(listingId: $id) { __typename ... on ListingStateError { listingState } ... on DomainError { code message }
  ... on ListingTakeBackPayload { listing { ${LISTING} } } } }`;
const APPROVE = `mutation ($id: ID!, $revision: Int!, $priceReason: String) { listingApprove(listingId: $id, revision: $revision, priceReason: $priceReason) {
  ${LISTING_REFUSED} ... on PriceHeldError { variantName unheldMaxFen } ... on ListingApprovePayload { listing { ${LISTING} } } } }`;
const RETURN = `mutation ($id: ID!, $revision: Int!, $reason: String!, $fields: [ListingFaultInput!]!) {
  listingReturn(listingId: $id, revision: $revision, reason: $reason, fields: $fields) { ${LISTING_REFUSED} ... on ListingReturnPayload { listing { ${LISTING} } } } }`;
const ONE = `query ($id: ID!) { listing(id: $id) { ${LISTING} } }`;
const QUEUE = '{ listings { nodes { id name isPriceHeld } pageInfo { hasNextPage } } }';
const CONTENT = `query ($merchantId: ID!, $productId: ID) { listingContent(merchantId: $merchantId, productId: $productId) {
  kindCode categoryCode name description originCountyCode isPerishable seasonFrom seasonTo photoIds note
  variants { variantId name grade netWeightG priceFen } } }`;
const OWN = `query ($merchantId: ID!) { ownProducts(merchantId: $merchantId) { nodes { id name state variants { id priceFen pricePer500gFen } } } }`;
const SHOWN = `query ($id: ID!) { product(id: $id) { name priceFromFen photos { id path } variants { id name netWeightG priceFen } } }`;

interface Variant {
  readonly variantId: string | null;
  readonly name: string;
  readonly netWeightG: number;
  readonly priceFen: string;
}
interface Content {
  readonly photoIds: readonly string[];
  readonly variants: readonly Variant[];
}
interface Listing {
  readonly id: string;
  readonly state: string;
  readonly revision: number;
  readonly productId: string | null;
  readonly isPriceHeld: boolean;
  readonly content: Content;
  readonly differences: readonly { path: string; before: string | null; after: string | null }[];
  readonly fairPrices: readonly { fairPrice: { level: string } }[];
  readonly steps: readonly { act: string; reason: string }[];
}
interface Answer extends Refusal {
  readonly listing?: Listing;
  readonly listingId?: string;
}
interface Shown {
  readonly name: string;
  readonly priceFromFen: string;
  readonly photos: readonly { readonly id: string; readonly path: string }[];
  readonly variants: readonly { readonly id: string; readonly name: string; readonly priceFen: string }[];
}

/** A cooperative, whoever owns it, and a photo of theirs. */
async function cooperative() {
  const { id: merchantId } = await makeMerchant(world);
  const person = world.person({ role: 'MERCHANT_OWNER', scopeKind: 'MERCHANT', scopeId: merchantId });
  const client = world.client('merchant').as(person.token);
  return {
    merchantId,
    userId: person.userId,
    photoId: await makePhoto(world, person.userId),
    ask: (query: string, variables: object = {}) => client.ask<Answer>(query, variables as never),
    client,
    get: (path: string) => client.http.get(path).set('authorization', `Bearer ${person.token}`),
  };
}
type Cooperative = Awaited<ReturnType<typeof cooperative>>;

const peachContent = (photoIds: readonly string[], more: object = {}) => ({
  kindCode: 'YELLOW_PEACH',
  name: '平乐黄桃',
  description: '海拔八百米的晚熟黄桃。',
  originCountyCode: '430225',
  isPerishable: true,
  seasonFrom: 7,
  seasonTo: 8,
  photoIds,
  variants: [
    { name: '5 斤装', grade: 'FIRST', netWeightG: 2_500, priceFen: '8800' },
    { name: '10 斤装', grade: 'FIRST', netWeightG: 5_000, priceFen: '15800' },
  ],
  ...more,
});
const saving = (merchantId: string, content: object, more: object = {}) => ({
  input: { merchantId, listingId: null, idempotencyKey: newId('req'), revision: 0, content, ...more },
});
const done = ({ listing, ...refusal }: Answer): Listing =>
  present(listing, `a listing, not ${JSON.stringify(refusal)}`);

/** Handed in: new goods of a cooperative. */
async function handedIn(coop: Cooperative, more: object = {}): Promise<Listing> {
  const { id } = done(await coop.ask(SAVE, saving(coop.merchantId, peachContent([coop.photoId], more))));
  return done(await coop.ask(SUBMIT, { id, revision: 1 }));
}
/** On sale, by way of a reviewer. */
async function onSale(
  coop: Cooperative,
  more: object = {},
): Promise<{ productId: string; listing: Listing }> {
  const { id } = await handedIn(coop, more);
  const listing = done(await console_(official()).ask<Answer>(APPROVE, { id, revision: 1 }));
  return { productId: present(listing.productId, 'a product'), listing };
}
const shownOf = (id: string) => world.client('storefront').ask<Shown | null>(SHOWN, { id });

describe('new goods', () => {
  beforeAll(async () => {
    await makeGoodsKind(world);
    await makeProduct(world); // And with it a category.
    await console_(official()).ask(RECORD, {
      input: recordInput('YELLOW_PEACH', { jinPriceFen: '1760' }),
    });
  });

  it('are typed bit by bit, and asked for what is missing only when they are handed in', async () => {
    const coop = await cooperative();
    const typed = saving(coop.merchantId, { name: '平', variants: [{ netWeightG: 500 }] });
    const saved = done(await coop.ask(SAVE, typed));
    expect(saved).toMatchObject({ state: 'DRAFT', revision: 1, content: { name: '平' }, fairPrices: [] });

    const { fields } = await coop.ask(SUBMIT, { id: saved.id, revision: 1 });
    expect(fields?.map(({ path }) => path)).toEqual([
      'content.categoryCode',
      'content.description',
      'content.originCountyCode',
      'content.isPerishable',
      'content.variants.0.name',
      'content.variants.0.priceFen',
      'content.photoIds',
    ]);
    expect(done({ listing: await coop.ask(ONE, { id: saved.id }) } as never)).toMatchObject({
      state: 'DRAFT',
    });
  });

  it('can be read again whatever was typed, and what no code or id looks like is refused where it stands', async () => {
    const coop = await cooperative();
    const absurd = [{ netWeightG: 500, grade: 'FIRST', priceFen: '-999999999999999999' }];
    const typed = saving(coop.merchantId, { kindCode: 'YELLOW_PEACH', variants: absurd });
    expect(done(await coop.ask(SAVE, typed)).fairPrices).toEqual([]);

    const { fields } = await coop.ask(
      SAVE,
      saving(coop.merchantId, {
        kindCode: '黄桃',
        originCountyCode: '炎陵',
        variants: [{ variantId: '大' }],
        photoIds: ['照片'],
      }),
    );
    expect(fields?.map(({ path }) => path)).toEqual([
      'content.kindCode',
      'content.originCountyCode',
      'content.variants.0.variantId',
      'content.photoIds.0',
    ]);
  });

  it('lose nothing on two phones: the same save is one, and an older view is refused', async () => {
    const coop = await cooperative();
    const first = saving(coop.merchantId, { name: '平乐', variants: [] });
    const both = await Promise.all([coop.ask(SAVE, first), coop.ask(SAVE, first)]);
    const { id } = done(both[0]);
    expect(done(both[1]).id).toBe(id);
    const otherwise = { input: { ...first.input, content: { name: '别的', variants: [] } } };
    expect(await coop.ask(SAVE, otherwise)).toMatchObject({ code: 'LISTING_CHANGED', revision: 1 });
    const again = (name: string) =>
      coop.ask(SAVE, saving(coop.merchantId, { name, variants: [] }, { listingId: id, revision: 1 }));
    expect(done(await again('平乐黄桃')).revision).toBe(2);
    expect(done(await again('平乐黄桃')).revision).toBe(2);
    expect(await again('另一部手机')).toMatchObject({ code: 'LISTING_CHANGED', revision: 2 });
    expect(await coop.ask(SUBMIT, { id, revision: 1 })).toMatchObject({ code: 'LISTING_CHANGED' });
    expect(done(await coop.ask(WITHDRAW, { id })).state).toBe('WITHDRAWN');
    expect(done(await coop.ask(WITHDRAW, { id })).steps).toHaveLength(1);
    expect(await coop.ask(SUBMIT, { id, revision: 2 })).toMatchObject({ code: 'LISTING_STATE' });
  });

  it('show photos that their merchant has brought, and nobody else’s', async () => {
    const [coop, thief] = [await cooperative(), await cooperative()];
    const { id } = done(await coop.ask(SAVE, saving(coop.merchantId, peachContent([coop.photoId]))));
    const path = `/listings/${id}/photos/${coop.photoId}?size=SMALL`;
    expect((await coop.get(path)).headers['content-type']).toBe('image/jpeg');
    expect((await thief.get(path)).status).toBe(404);
    const stolen = await thief.ask(SAVE, saving(thief.merchantId, peachContent([coop.photoId])));
    expect(stolen.fields?.map((field) => field.path)).toEqual(['content.photoIds.0']);
    await expect(thief.ask(SAVE, saving(coop.merchantId, peachContent([])))).rejects.toThrow(/NOT_FOUND/);
    await expect(
      thief.ask(SAVE, saving(thief.merchantId, peachContent([]), { listingId: id, revision: 1 })),
    ).rejects.toThrow(/NOT_FOUND/);
    for (const [query, more] of [
      [SUBMIT, { revision: 1 }],
      [WITHDRAW, {}],
    ] as const)
      await expect(thief.ask(query, { id, ...more })).rejects.toThrow(/NOT_FOUND/);
    expect(await thief.ask(ONE, { id })).toBeNull();
    // Not for officials while it is being typed.
    expect(await console_(official()).ask(ONE, { id })).toBeNull();
    // Taken out of the draft, it waits to be swept.
    await coop.ask(SAVE, saving(coop.merchantId, peachContent([]), { listingId: id, revision: 1 }));
    const [file] = await world.database.query<{ holder: string | null }>(
      'SELECT holder FROM stored_file WHERE id = ?',
      [coop.photoId],
    );
    expect(file).toEqual({ holder: null });
  });

  it('are taken back as long as nobody has decided, typed on, and handed in again', async () => {
    const [coop, thief, by] = [await cooperative(), await cooperative(), console_(official())];
    const { id } = await handedIn(coop);
    await expect(thief.ask(TAKE_BACK, { id })).rejects.toThrow(/NOT_FOUND/);
    for (const twice of [1, 2]) {
      const { state, isPriceHeld, steps } = done(await coop.ask(TAKE_BACK, { id }));
      expect([twice, state, isPriceHeld, steps.map(({ act }) => act)]).toEqual([
        twice,
        'DRAFT',
        false,
        ['SUBMITTED', 'TAKEN_BACK'],
      ]);
    }
    // While it is typed nobody looks at it, and nobody decides.
    expect(await by.ask(ONE, { id })).toBeNull();
    await expect(by.ask(APPROVE, { id, revision: 1 })).rejects.toThrow(/NOT_FOUND/);
    const mended = peachContent([coop.photoId], { name: '平乐晚桃' });
    done(await coop.ask(SAVE, saving(coop.merchantId, mended, { listingId: id, revision: 1 })));
    done(await coop.ask(SUBMIT, { id, revision: 2 }));

    // Both at once: one of them holds.
    const [approved, taken] = await Promise.all([
      by.ask<Answer>(APPROVE, { id, revision: 2 }).catch(() => ({}) as Answer),
      coop.ask(TAKE_BACK, { id }),
    ]);
    expect([approved.listing, taken.listing].filter(Boolean)).toHaveLength(1);
    if (taken.listing) {
      done(await coop.ask(SUBMIT, { id, revision: 2 }));
      done(await by.ask<Answer>(APPROVE, { id, revision: 2 }));
    }
    expect(await coop.ask(TAKE_BACK, { id })).toMatchObject({
      code: 'LISTING_STATE',
      listingState: 'APPROVED',
    });
  });

  it('are on sale once a reviewer of the county has looked, once, however many decide at once', async () => {
    const coop = await cooperative();
    const { id, differences } = await handedIn(coop);
    expect(differences).toContainEqual({ path: 'name', before: null, after: '平乐黄桃' });
    const [one, other] = [console_(official()), console_(official())];
    expect(await console_(official('430224')).ask(ONE, { id })).toBeNull();
    await expect(console_(official('430224')).ask(APPROVE, { id, revision: 1 })).rejects.toThrow(/NOT_FOUND/);
    expect(await one.ask(APPROVE, { id, revision: 2 })).toMatchObject({
      code: 'LISTING_CHANGED',
      revision: 1,
    });

    const said = await Promise.all([one, other].map((by) => by.ask<Answer>(APPROVE, { id, revision: 1 })));
    expect(said.map(({ __typename }) => __typename).toSorted()).toEqual([
      'ListingApprovePayload',
      'ListingStateError',
    ]);
    const productId = present(said.flatMap(({ listing }) => listing?.productId ?? [])[0], 'a product');
    const shown = present(await shownOf(productId), 'it is on sale');
    expect(shown).toMatchObject({ name: '平乐黄桃', priceFromFen: '8800', photos: [{ id: coop.photoId }] });
    const photo = await world.client('storefront').http.get(shown.photos[0]?.path ?? '');
    expect([photo.status, photo.headers['cache-control']]).toEqual([200, 'public, max-age=300']);
    const own = await coop.client.ask<Listed<object>>(OWN, { merchantId: coop.merchantId });
    expect(own.nodes).toEqual([
      expect.objectContaining({ id: productId, state: 'ON_SALE', variants: expect.any(Array) }),
    ]);
    expect((await historyOf(productId)).nodes.map(({ priceFen }) => priceFen).toSorted()).toEqual([
      '15800',
      '8800',
    ]);
    await world.get(ProductService).moveState(productId, 'OFF_SALE');
    expect((await world.client('storefront').http.get(shown.photos[0]?.path ?? '')).status).toBe(404);
  });

  it('show their photos to officials of the county, who are noted, and to no others', async () => {
    const coop = await cooperative();
    const { id } = await handedIn(coop);
    const path = `/listings/${id}/photos/${coop.photoId}?size=SMALL`;
    const look = (scopeId: string) => {
      const { token } = world.person(official(scopeId));
      return world.client('settlement').http.get(path).set('authorization', `Bearer ${token}`);
    };

    expect((await look('430225')).headers['content-type']).toBe('image/jpeg');
    expect((await look('430224')).status).toBe(404);
    const noted = await world.database.query(
      "SELECT id FROM audit_entry WHERE act = 'listing.photo_seen' AND subject = ?",
      [coop.photoId],
    );
    expect(noted).toHaveLength(1);
  });

  it('go back with a reason for each field, and are mended', async () => {
    const coop = await cooperative();
    const { id } = await handedIn(coop);
    const by = console_(official());
    const fields = [{ path: 'content.variants.1.netWeightG', message: '请核对净重' }];
    const faulty = await by.ask<Answer>(RETURN, { id, revision: 1, reason: ' ', fields });
    expect(faulty.fields?.map(({ path }) => path)).toEqual(['reason']);

    const returned = done(await by.ask<Answer>(RETURN, { id, revision: 1, reason: '请修改', fields }));
    expect(returned.steps.at(-1)).toMatchObject({ act: 'RETURNED', reason: '请修改', fields });
    expect(
      done(await by.ask<Answer>(RETURN, { id, revision: 1, reason: '请修改', fields })).steps,
    ).toHaveLength(2);
    const content = peachContent([coop.photoId], { note: '已核对' });
    const mended = done(
      await coop.ask(SAVE, saving(coop.merchantId, content, { listingId: id, revision: 1 })),
    );
    expect(mended).toMatchObject({ state: 'RETURNED', revision: 2 });
    expect(done(await coop.ask(SUBMIT, { id, revision: 2 })).state).toBe('SUBMITTED');
    expect(done(await coop.ask(SUBMIT, { id, revision: 2 })).steps).toHaveLength(3);
    // What was looked at before is not what is decided on now.
    expect(await by.ask(APPROVE, { id, revision: 1 })).toMatchObject({
      code: 'LISTING_CHANGED',
      revision: 2,
    });
  });

  it('are told of by a message: held for their price, sent back with the first thing to mend, on sale', async () => {
    const { id: merchantId } = await makeMerchant(world);
    const grant: Grant = { role: 'MERCHANT_OWNER', scopeKind: 'MERCHANT', scopeId: merchantId };
    const { userId, phone } = await makeUser(world, { grants: [grant] });
    const client = world.client('merchant').as(world.personOf(userId, grant).token);
    const coop: Cooperative = {
      ...(await cooperative()),
      merchantId,
      userId,
      photoId: await makePhoto(world, userId),
      ask: (query, variables) => client.ask<Answer>(query, (variables ?? {}) as never),
    };
    const told: unknown[] = [];
    const sms = jest
      .spyOn(world.app('settlement').get(SmsGateway, { strict: false }), 'sendListingNotice')
      .mockImplementation(async (to, { news, goodsName, reason }) => {
        if (to.endsWith(phone)) told.push([news, goodsName, reason].join(' ').trim());
      });
    const dear = [{ name: '礼盒', grade: 'FIRST', netWeightG: 2_500, priceFen: '11441' }];
    const { id } = await handedIn(coop, { variants: dear });
    const by = console_(official());
    const fields = [{ path: 'content.variants.0.priceFen', message: '价格太高，请说明' }];
    const back = () => by.ask<Answer>(RETURN, { id, revision: 1, reason: '请修改', fields });
    await back();
    await back();
    await coop.ask(SAVE, saving(merchantId, peachContent([coop.photoId]), { listingId: id, revision: 1 }));
    await world.settle();
    await coop.ask(SUBMIT, { id, revision: 2 });
    await by.ask<Answer>(APPROVE, { id, revision: 2 });
    await world.settle();

    expect(told).toEqual(['HELD 平乐黄桃', 'RETURNED 平乐黄桃 价格太高，请说明', 'APPROVED 平乐黄桃']);
    sms.mockRestore();
  });

  it('are said to have gone back, and not to be incomplete, to whoever looks at them too late', async () => {
    const coop = await cooperative();
    const { id } = await handedIn(coop);
    const by = console_(official());
    done(await by.ask<Answer>(RETURN, { id, revision: 1, reason: '请修改', fields: [] }));
    const half = saving(coop.merchantId, { name: '平', variants: [] }, { listingId: id, revision: 1 });
    done(await coop.ask(SAVE, half));

    for (const revision of [1, 2])
      expect(await console_(official()).ask(APPROVE, { id, revision })).toMatchObject({
        code: 'LISTING_STATE',
        listingState: 'RETURNED',
      });
  });

  it('wait in the order in which they were handed in, whenever they were begun', async () => {
    // Of another county, where nothing else waits.
    const { id: merchantId } = await makeMerchant(world, { countyCode: '430224' });
    const person = world.person({ role: 'MERCHANT_OWNER', scopeKind: 'MERCHANT', scopeId: merchantId });
    const client = world.client('merchant').as(person.token);
    const begin = async () => {
      const photoId = await makePhoto(world, person.userId);
      return done(await client.ask<Answer>(SAVE, saving(merchantId, peachContent([photoId])))).id;
    };
    const [begunFirst, begunNext, begunLast] = [await begin(), await begin(), await begin()];
    for (const id of [begunLast, begunFirst, begunNext]) {
      world.clock.advance(1_000);
      done(await client.ask<Answer>(SUBMIT, { id, revision: 1 }));
    }
    const by = console_(official('430224'));
    const page = (after: string | null) =>
      by.ask<Listed<{ id: string }>>(
        'query ($after: String) { listings(first: 2, after: $after) { nodes { id } pageInfo { hasNextPage endCursor } } }',
        { after },
      );
    const first = await page(null);
    const rest = await page(first.pageInfo.endCursor);

    expect([...first.nodes, ...rest.nodes].map(({ id }) => id)).toEqual([begunLast, begunFirst, begunNext]);
    expect([first.pageInfo.hasNextPage, rest.pageInfo.hasNextPage]).toEqual([true, false]);
  });

  it('are decided on by nobody who has typed them or works for whoever sells them', async () => {
    const coop = await cooperative();
    const { id } = await handedIn(coop);
    const typist = world.client('settlement').as(world.personOf(coop.userId, official()).token);
    expect(await typist.ask(APPROVE, { id, revision: 1 })).toMatchObject({ code: 'OWN_LISTING' });
    const { userId } = await makeUser(world, {
      grants: [{ role: 'MERCHANT_CLERK', scopeKind: 'MERCHANT', scopeId: coop.merchantId }],
    });
    const clerk = world.client('settlement').as(world.personOf(userId, official()).token);
    expect(await clerk.ask(APPROVE, { id, revision: 1 })).toMatchObject({ code: 'OWN_LISTING' });
    const fields: object[] = [];
    expect(await clerk.ask(RETURN, { id, revision: 1, reason: '请修改', fields })).toMatchObject({
      code: 'OWN_LISTING',
    });

    // Nor by whoever once typed or handed it in between, and has left the team since.
    const { userId: colleague, token } = world.person({
      role: 'MERCHANT_OWNER',
      scopeKind: 'MERCHANT',
      scopeId: coop.merchantId,
    });
    const { id: other } = done(await coop.ask(SAVE, saving(coop.merchantId, peachContent([coop.photoId]))));
    const mended = peachContent([coop.photoId], { note: '已核对' });
    const again = saving(coop.merchantId, mended, { listingId: other, revision: 1 });
    done(await world.client('merchant').as(token).ask<Answer>(SAVE, again));
    done(await coop.ask(SUBMIT, { id: other, revision: 2 }));
    const left = world.client('settlement').as(world.personOf(colleague, official()).token);
    expect(await left.ask(APPROVE, { id: other, revision: 2 })).toMatchObject({ code: 'OWN_LISTING' });
  });

  it('cost more than 30 percent above others only with a reason, which everybody may read', async () => {
    const coop = await cooperative();
    const dear = [{ name: '礼盒', grade: 'FIRST', netWeightG: 2_500, priceFen: '11441' }];
    const held = await handedIn(coop, { variants: dear });
    expect(held).toMatchObject({ isPriceHeld: true, fairPrices: [{ fairPrice: { level: 'HELD' } }] });
    const by = console_(official());
    const { nodes } = await by.ask<Listed<{ id: string; isPriceHeld: boolean }>>(QUEUE);
    expect(nodes).toContainEqual({ id: held.id, name: '平乐黄桃', isPriceHeld: true });

    const verdict = { id: held.id, revision: 1 };
    expect(await by.ask(APPROVE, verdict)).toMatchObject({ code: 'PRICE_HELD', unheldMaxFen: '11440' });
    expect((await by.ask<Answer>(APPROVE, { ...verdict, priceReason: '好' })).fields).toHaveLength(1);
    const priceReason = '单果 300 克以上，逐个套网装盒';
    const approved = done(await by.ask<Answer>(APPROVE, { ...verdict, priceReason }));
    expect(approved.steps.at(-1)).toMatchObject({ act: 'APPROVED', reason: priceReason });
    const { nodes: history } = await historyOf(present(approved.productId, 'a product'));
    expect(history.map(({ reason }) => reason)).toEqual([priceReason]);
  });

  it('begin with what was listed last, and are read in as many statements however much there is', async () => {
    const coop = await cooperative();
    expect(await coop.ask(CONTENT, { merchantId: coop.merchantId })).toBeNull();
    await onSale(coop, { note: '第一批' });
    const last = (await coop.ask(CONTENT, { merchantId: coop.merchantId })) as unknown as Content;
    expect(last).toMatchObject({ name: '平乐黄桃', photoIds: [], note: null });
    expect(last.variants.map(({ variantId, priceFen }) => [variantId, priceFen])).toEqual([
      [null, '8800'],
      [null, '15800'],
    ]);
    const list = () => coop.client.ask(OWN, { merchantId: coop.merchantId });
    const before = await countStatements(list);
    await onSale(coop);
    expect(await countStatements(list)).toBe(before);
    expect(before).toBe(2);
  });
});

describe('goods on sale', () => {
  /** A change of what is on sale, from how it is now. */
  async function changing(coop: Cooperative, productId: string, change: (content: Content) => object) {
    const now = (await coop.ask(CONTENT, { merchantId: coop.merchantId, productId })) as unknown as Content;
    return saving(coop.merchantId, { ...now, ...change(now) }, { productId });
  }

  it('stay as they are until a change of them is approved, and then change in what was looked at', async () => {
    const coop = await cooperative();
    const { productId } = await onSale(coop);
    const [small, large] = present(await shownOf(productId), 'it is on sale').variants;
    const draft = await changing(coop, productId, ({ variants }) => ({
      name: '平乐黄桃（晚熟）',
      variants: [
        { ...variants[0], netWeightG: 2_600 },
        { variantId: null, name: '8.5 斤装', grade: 'FIRST', netWeightG: 4_250, priceFen: '14800' },
      ],
    }));
    const { id } = done(await coop.ask(SAVE, draft));
    const { differences } = done(await coop.ask(SUBMIT, { id, revision: 1 }));
    const smallId = present(small, 'a small box').id;
    expect(differences).toEqual(
      expect.arrayContaining([
        { path: 'name', before: '平乐黄桃', after: '平乐黄桃（晚熟）' },
        { path: `variants.${smallId}.netWeightG`, before: '2500', after: '2600' },
        { path: 'variants.1.name', before: null, after: '8.5 斤装' },
        { path: `variants.${present(large, 'a large box').id}.priceFen`, before: '15800', after: null },
      ]),
    );
    expect(differences).toHaveLength(1 + 1 + 4 + 4);
    // Meanwhile it is sold as it was, and its price may move at once.
    expect((await shownOf(productId))?.name).toBe('平乐黄桃');
    expect(await coop.ask(SET_PRICE, { variantId: smallId, priceFen: '8600' })).toMatchObject({
      priceFen: '8600',
    });

    done(await console_(official()).ask<Answer>(APPROVE, { id, revision: 1 }));
    const after = present(await shownOf(productId), 'it is on sale');
    expect(after.name).toBe('平乐黄桃（晚熟）');
    // The price that was set meanwhile was no part of what was looked at.
    expect(after.variants).toEqual([
      { id: smallId, name: '5 斤装', netWeightG: 2_600, priceFen: '8600' },
      expect.objectContaining({ name: '8.5 斤装', priceFen: '14800' }),
    ]);
    // What is sold no more has no history either.
    const told = (await historyOf(productId)).nodes.map(({ priceFen }) => priceFen);
    expect(told.toSorted()).toEqual(['14800', '8600', '8600', '8800']);
    const found = await world
      .client('storefront')
      .ask<{ products: Listed<{ id: string }> }>(
        `query ($query: String!) { productSearch(query: $query) { products { nodes { id } } } }`,
        { query: '晚熟' },
      );
    expect(found.products.nodes.map((product) => product.id)).toContain(productId);
  });

  it('are compared anew as another kind, by what such goods cost when it is approved, and the reason stands beside each price', async () => {
    const coop = await cooperative();
    const { productId } = await onSale(coop);
    const kindCode = await kindWithReference('1400');
    const { id } = done(await coop.ask(SAVE, await changing(coop, productId, () => ({ kindCode }))));
    expect(done(await coop.ask(SUBMIT, { id, revision: 1 }))).toMatchObject({ isPriceHeld: false });
    // Meanwhile they have become cheaper everywhere.
    await console_(official()).ask(RECORD, { input: recordInput(kindCode, { jinPriceFen: '1000' }) });
    const by = console_(official());
    const verdict = { id, revision: 1 };
    expect(await by.ask(APPROVE, verdict)).toMatchObject({ code: 'PRICE_HELD', unheldMaxFen: '6500' });
    done(await by.ask<Answer>(APPROVE, { ...verdict, priceReason: '有机认证，逐个套网' }));

    const { nodes } = await historyOf(productId);
    expect(nodes.map(({ priceFen, reason }) => `${priceFen} ${reason ?? ''}`).toSorted()).toEqual([
      '15800 ',
      '15800 有机认证，逐个套网',
      '8800 ',
      '8800 有机认证，逐个套网',
    ]);
    // As dear as it is by now, it needs no reason again.
    const renamed = await changing(coop, productId, () => ({ name: '有机黄桃' }));
    const { id: next } = done(await coop.ask(SAVE, renamed));
    expect(done(await coop.ask(SUBMIT, { id: next, revision: 1 }))).toMatchObject({ isPriceHeld: false });
    expect(done(await by.ask<Answer>(APPROVE, { id: next, revision: 1 })).state).toBe('APPROVED');
  });

  it('come from where their certificate says: another origin is refused, also where they were certified meanwhile', async () => {
    const coop = await cooperative();
    const [{ productId }, by] = [await onSale(coop), console_(official())];
    const elsewhere = await changing(coop, productId, () => ({ originCountyCode: '430224' }));
    const { id } = done(await coop.ask(SAVE, elsewhere));
    done(await coop.ask(SUBMIT, { id, revision: 1 }));
    await makeCertification(world, productId, { validFrom: '2026-12-01T00:00:00Z' });

    const paths = ({ fields }: Answer) => fields?.map(({ path }) => path);
    expect(paths(await by.ask<Answer>(APPROVE, { id, revision: 1 }))).toEqual(['content.originCountyCode']);
    done(await coop.ask(TAKE_BACK, { id }));
    expect(paths(await coop.ask(SUBMIT, { id, revision: 1 }))).toEqual(['content.originCountyCode']);
    // Whatever else of it may become otherwise.
    const renamed = await changing(coop, productId, () => ({ name: '平乐晚桃' }));
    const again = { ...renamed.input, listingId: id, revision: 1 };
    done(await coop.ask(SAVE, { input: again }));
    done(await coop.ask(SUBMIT, { id, revision: 2 }));
    expect(done(await by.ask<Answer>(APPROVE, { id, revision: 2 })).state).toBe('APPROVED');
  });

  it('have one change at a time, and no price far above others by way of it', async () => {
    const coop = await cooperative();
    const { productId } = await onSale(coop);
    const dearer = await changing(coop, productId, ({ variants }) => ({
      variants: variants.map((variant) => ({ ...variant, priceFen: '30000' })),
    }));
    const { id } = done(await coop.ask(SAVE, dearer));
    const another = await coop.ask(SAVE, await changing(coop, productId, () => ({})));
    expect(another).toMatchObject({ code: 'LISTING_OPEN', listingId: id });
    done(await coop.ask(SUBMIT, { id, revision: 1 }));
    const by = console_(official());
    expect(await by.ask(APPROVE, { id, revision: 1 })).toMatchObject({ code: 'PRICE_HELD' });
    expect((await shownOf(productId))?.priceFromFen).toBe('8800');
    done(await coop.ask(WITHDRAW, { id }));
    // Now another one may begin; and nobody changes what is somebody else's.
    expect((await coop.ask(SAVE, await changing(coop, productId, () => ({})))).__typename).toBe(
      'ListingSavePayload',
    );
    const thief = await cooperative();
    await expect(thief.ask(SAVE, saving(thief.merchantId, peachContent([]), { productId }))).rejects.toThrow(
      /NOT_FOUND/,
    );
  });
});

describe('goods of a merchant', () => {
  const MOVED = `product { id state }`;
  const OFF = `mutation ($id: ID!, $reason: String!) { productTakeOff(productId: $id, reason: $reason) { ${REFUSED} ... on ProductTakeOffPayload { ${MOVED} } } }`;
  const ON = `mutation ($id: ID!) { productPutOn(productId: $id) { __typename ... on DomainError { code message } ... on ProductPutOnPayload { ${MOVED} } } }`;
  interface Moved extends Refusal {
    readonly product?: { readonly state: string };
  }

  it('go off the shelf with a reason and back on it, each told once, by their owner and nobody else', async () => {
    const { productId, merchantId } = await makeProduct(world, {});
    const me = owner(merchantId);
    const off = (reason = '季节过了', as = me) => as.ask<Moved>(OFF, { id: productId, reason });
    const on = (as = me) => as.ask<Moved>(ON, { id: productId });

    expect((await off(' ')).fields).toMatchObject([{ path: 'reason' }]);
    expect(await shownOf(productId)).not.toBeNull();
    await expect(off('季节过了', owner((await makeMerchant(world)).id))).rejects.toThrow(/NOT_FOUND/);
    await expect(off('季节过了', owner(merchantId, 'MERCHANT_CLERK'))).rejects.toThrow(/FORBIDDEN/);
    const both = await Promise.all([off(), off()]);
    expect(both.map(({ product }) => product?.state)).toEqual(['OFF_SALE', 'OFF_SALE']);
    expect(await shownOf(productId)).toBeNull();
    expect((await on()).product?.state).toBe('ON_SALE');
    expect((await on()).product?.state).toBe('ON_SALE');
    expect(await shownOf(productId)).not.toBeNull();

    // While its seller may not sell it waits, and what was taken off meanwhile does not come back by itself.
    await world.database.transaction((tx) =>
      tx.write("UPDATE merchant SET state = 'SUSPENDED' WHERE id = ?", [merchantId]),
    );
    await off();
    expect((await on()).product?.state).toBe('WITHHELD');
    const told = await world.database.query<{ act: string; detail: unknown }>(
      "SELECT act, detail FROM audit_entry WHERE subject = ? AND act LIKE 'product.%' ORDER BY id",
      [productId],
    );
    expect(told.map(({ act }) => act)).toEqual([
      'product.taken_off',
      'product.put_on',
      'product.taken_off',
      'product.put_on',
    ]);
    expect(JSON.stringify(told[0]?.detail)).toContain('季节过了');

    const draft = await makeProduct(world, { merchantId, state: 'DRAFT' });
    expect(await me.ask<Moved>(ON, { id: draft.productId })).toMatchObject({ code: 'PRODUCT_STATE' });
  });
});
