import { readFileSync } from 'node:fs';
import { ProductService } from '#libs/catalog';
import { ChannelPointService } from '#libs/channel';
import { newId } from '#libs/kernel';
import { PUBLIC_CHANGED_TOPIC } from '#platform/graphql';
import { LiveGateway } from '#platform/live';
import type { Client } from '../../harness/client.js';
import { countStatements } from '../../harness/statements.js';
import { World } from '../../harness/world.js';
import { makeCounter, makePavilion, makeZone } from '../../make/channel-point.make.js';
import { makeDivisions } from '../../make/division.make.js';
import { makeMerchant, suspendMerchant } from '../../make/merchant.make.js';
import { RECIPIENT } from '../../make/order.make.js';
import { makePresale } from '../../make/presale.make.js';
import { makeCertification, makeProduct } from '../../make/product.make.js';

const LIST = readFileSync('apps/storefront/documents/product-list.graphql', 'utf8');
const NAMES = `query ($filter: ProductFilter, $sort: ProductSort, $first: Int, $after: String) {
  products(filter: $filter, sort: $sort, first: $first, after: $after) { nodes { name } pageInfo { hasNextPage endCursor } }
}`;

interface Connection {
  readonly nodes: { name: string }[];
  readonly pageInfo: { hasNextPage: boolean; endCursor: string | null };
}

let world: World;
let nobody: Client;

beforeAll(async () => {
  world = await World.start({ services: ['storefront', 'merchant', 'settlement'] });
  nobody = world.client('storefront');
  await makeDivisions(world);
});
afterAll(() => world.close());
beforeEach(async () => {
  await world.database.dataSource.query('DELETE FROM product');
  await world.database.dataSource.query('DELETE FROM harvest_window');
  world.clock.advance(1_000);
});

const ask = (variables: object) => nobody.ask<Connection>(NAMES, variables);
const names = async (variables: object) => (await ask(variables)).nodes.map((node) => node.name);

describe('products of a merchant who may not sell', () => {
  const DECIDE = `mutation ($id: ID!, $reason: String!) {
    merchantSuspend(merchantId: $id, reason: $reason) { __typename
      ... on MerchantSuspendPayload { merchant { id state suspension { reason } } } ... on DomainError { code } } }`;
  const MERCHANTS = `query ($state: MerchantState, $named: String, $first: Int, $after: String) { merchants(state: $state, named: $named, first: $first, after: $after) {
    nodes { id state suspension { reason } } pageInfo { hasNextPage endCursor } } }`;
  const official = (scopeId = '430225') =>
    world.client('settlement').as(world.person({ role: 'OFFICIAL', scopeKind: 'DIVISION', scopeId }).token);

  it('leave every list, the search and their page, cannot be ordered at once, and come back by themselves', async () => {
    const [peach, plum] = [
      await makeProduct(world, { name: '停售黄桃' }),
      await makeProduct(world, { name: '常售黄桃' }),
    ];
    const draft = await makeProduct(world, {
      name: '未上架黄桃',
      merchantId: peach.merchantId,
      state: 'OFF_SALE',
    });
    const seen = async () => ({
      list: (await names({})).toSorted(),
      found: (
        await nobody.ask<{ products: Connection }>(
          'query { productSearch(query: "黄桃") { products { nodes { name } } } }',
        )
      ).products.nodes
        .map(({ name }) => name)
        .toSorted(),
      page: await nobody.ask('query ($id: ID!) { product(id: $id) { name } }', { id: peach.productId }),
    });
    const both = {
      list: ['停售黄桃', '常售黄桃'].toSorted(),
      found: ['停售黄桃', '常售黄桃'].toSorted(),
      page: { name: '停售黄桃' },
    };
    expect(await seen()).toEqual(both);

    expect(await official().ask(DECIDE, { id: peach.merchantId, reason: '抽检不合格' })).toEqual({
      __typename: 'MerchantSuspendPayload',
      merchant: { id: peach.merchantId, state: 'SUSPENDED', suspension: { reason: '抽检不合格' } },
    });
    // At once, whatever the lists still show.
    const buyer = world.client('storefront').as(world.person().token);
    const lines = [{ variantId: peach.variantId, quantity: 1 }];
    const input = { idempotencyKey: newId('req'), lines, recipient: RECIPIENT };
    expect(
      await buyer.ask(
        'mutation ($input: OrderPlaceInput!) { orderPlace(input: $input) { ... on DomainError { code } } }',
        {
          input,
        },
      ),
    ).toEqual({ code: 'NOT_ON_SALE' });
    expect((await seen()).page).toBeNull();
    await world.settle();
    const alone = { list: ['常售黄桃'], found: ['常售黄桃'], page: null };
    expect(await seen()).toEqual(alone);

    // What it puts on sale meanwhile waits as well, and what it takes off stays off.
    const late = await makeProduct(world, { name: '新上黄桃', merchantId: peach.merchantId });
    await world.get(ProductService).moveState(draft.productId, 'ON_SALE');
    await world.get(ProductService).moveState(late.productId, 'OFF_SALE');
    expect(await seen()).toEqual(alone);

    await suspendMerchant(world, peach.merchantId, 'reinstate');
    await world.settle();
    expect((await seen()).list).toEqual(['停售黄桃', '常售黄桃', '未上架黄桃'].toSorted());
    expect(plum.merchantId).not.toBe(peach.merchantId);
  });

  it('are those of merchants of one’s own division, page by page', async () => {
    const [mine, theirs] = [await makeMerchant(world), await makeMerchant(world, { countyCode: '430224' })];
    await official().ask(DECIDE, { id: mine.id, reason: '停业整顿' });
    await suspendMerchant(world, theirs.id);

    const decide = (client: Client, id: string) => client.codeOf(DECIDE, { id, reason: '停业整顿' });
    expect(await decide(official('430224'), mine.id)).toBe('NOT_FOUND');
    expect(await decide(world.client('settlement').as(world.person().token), mine.id)).toBe('FORBIDDEN');
    const shown = await official().ask<{ nodes: { id: string }[] }>(MERCHANTS, {
      state: 'SUSPENDED',
      first: 100,
    });
    expect(shown.nodes).toContainEqual({
      id: mine.id,
      state: 'SUSPENDED',
      suspension: { reason: '停业整顿' },
    });
    expect(shown.nodes.map(({ id }) => id)).not.toContain(theirs.id);
    const found = async (named: string) =>
      (await official('430000').ask<{ nodes: { name: string }[] }>(MERCHANTS, { named, first: 100 })).nodes;
    expect((await found('霞阳')).length).toBeGreaterThan(0);
    expect(await found('%')).toEqual([]);
    const statements = (first: number) => countStatements(() => official('430000').ask(MERCHANTS, { first }));
    await statements(1);
    expect(await statements(20)).toBe(await statements(2));
    const owner = world.person({ role: 'MERCHANT_OWNER', scopeKind: 'MERCHANT', scopeId: mine.id });
    expect(
      await world.client('merchant').as(owner.token).ask('{ merchants { state suspension { reason } } }'),
    ).toEqual([{ state: 'SUSPENDED', suspension: { reason: '停业整顿' } }]);
  });
});

describe('products', () => {
  it('show what a list needs, from seller to stock', async () => {
    const merchant = await makeMerchant(world, { name: '平乐合作社' });
    const made = await makeProduct(world, {
      merchantId: merchant.id,
      pricesFen: [8_800n, 15_800n],
      batches: [
        { quantity: 3 },
        { quantity: 4, bestBeforeOn: null },
        { quantity: 5, bestBeforeOn: '2026-11-01' },
      ],
    });
    await makeCertification(world, made.productId);

    const { nodes } = await nobody.ask<Connection>(LIST);

    const variant = { netWeightG: 2500, available: 7 }; // What expired yesterday is not for sale.
    expect(nodes).toEqual([
      {
        id: made.productId,
        name: '炎陵黄桃',
        priceFromFen: '8800',
        isCertified: true,
        isPerishable: true,
        merchant: { id: merchant.id, name: '平乐合作社' },
        originCounty: { code: '430225', name: '炎陵县' },
        variants: [
          { id: made.variantIds[0], name: '第 1 种', priceFen: '8800', pricePer500gFen: '1760', ...variant },
          { id: made.variantIds[1], name: '第 2 种', priceFen: '15800', pricePer500gFen: '3160', ...variant },
        ],
      },
    ]);
  });

  it('come newest first, page by page, also those of one moment', async () => {
    for (const name of ['一', '二', '三']) {
      await makeProduct(world, { name });
      world.clock.advance(1);
    }
    await makeProduct(world, { name: '四' });
    await makeProduct(world, { name: '五' });

    const first = await ask({ first: 2 });
    const second = await ask({ first: 2, after: first.pageInfo.endCursor });
    const third = await ask({ first: 2, after: second.pageInfo.endCursor });

    const seen = [first, second, third].flatMap((page) => page.nodes.map((node) => node.name));
    expect(seen).toEqual(['五', '四', '三', '二', '一']);
    expect([first, second, third].map((page) => page.pageInfo.hasNextPage)).toEqual([true, true, false]);
  });

  it('leave out what is not on sale', async () => {
    await makeProduct(world, { name: '桃' });
    await makeProduct(world, { name: '稿', state: 'DRAFT' });
    await makeProduct(world, { name: '旧', state: 'OFF_SALE' });

    expect(await names({})).toEqual(['桃']);
  });

  it('narrow by county, category, seller and place of sale', async () => {
    const peach = await makeProduct(world, { name: '桃' });
    const tea = await makeProduct(world, { name: '茶', originCountyCode: '430224', categoryCode: 'TEA' });
    const pavilion = await makePavilion(world);
    await world.get(ChannelPointService).curate(pavilion.id, [tea.productId]);

    expect(await names({ filter: { originCountyCode: '430225' } })).toEqual(['桃']);
    expect(await names({ filter: { categoryCode: 'TEA' } })).toEqual(['茶']);
    expect(await names({ filter: { merchantId: peach.merchantId } })).toEqual(['桃']);
    expect(await names({ filter: { channelPointId: pavilion.id } })).toEqual(['茶']);
    expect(await names({ filter: { channelPointId: pavilion.id, categoryCode: 'FRUIT' } })).toEqual([]);
    expect(await names({ filter: { channelPointId: 'chp_unknown' } })).toEqual([]);
  });

  it.each([
    // valid from               valid to                revoked                 certified
    ['2026-11-01T00:00:00Z', '2026-12-01T00:00:00Z', null, true],
    ['2026-12-01T00:00:00Z', '2027-12-01T00:00:00Z', null, false],
    ['2025-01-01T00:00:00Z', '2026-01-01T00:00:00Z', null, false],
    ['2026-01-01T00:00:00Z', '2027-01-01T00:00:00Z', '2026-06-01T00:00:00Z', false],
    ['2026-01-01T00:00:00Z', '2027-01-01T00:00:00Z', '2026-12-01T00:00:00Z', true],
  ])('are certified from %s to %s, revoked %s: %s', async (validFrom, validTo, revokedAt, isCertified) => {
    const { productId } = await makeProduct(world);
    await makeCertification(world, productId, { validFrom, validTo, revokedAt });

    const { nodes } = await nobody.ask<Connection>(LIST);

    expect(nodes).toMatchObject([{ isCertified }]);
  });

  it('cost as many statements for 24 as for one, and fewer for those who do not look at stock', async () => {
    await makeProduct(world);
    await nobody.ask(LIST); // Counties are read once per process.
    const costOf = (document: string) => countStatements(() => nobody.ask(document));
    const forOne = [await costOf(LIST), await costOf(NAMES)];
    for (let count = 1; count < 24; count += 1) await makeProduct(world);

    expect([await costOf(LIST), await costOf(NAMES)]).toEqual(forOne);
    expect(forOne).toEqual([5, 3]);
  });

  it.each([{ first: 0 }, { first: 101 }, { after: 'not-a-cursor' }])('refuse %j', async (variables) => {
    expect(await nobody.codeOf(NAMES, variables)).toBe('INVALID_INPUT');
  });
});

describe('a list that is narrowed', () => {
  const VILLAGE = '430225209225';

  async function fillShelf(): Promise<Record<'peach' | 'tea', string>> {
    const peach = await makeProduct(world, {
      name: '桃',
      pricesFen: [8_800n],
      season: [7, 8],
      batches: [{ quantity: 3, originVillageCode: VILLAGE }],
    });
    await makeCertification(world, peach.productId);
    const goose = await makeProduct(world, {
      name: '鹅',
      pricesFen: [16_800n],
      season: [11, 2],
      categoryCode: 'MEAT',
    });
    await makeCertification(world, goose.productId, { validTo: '2026-06-01T00:00:00Z' });
    const tea = await makeProduct(world, {
      name: '茶',
      pricesFen: [4_900n, 9_000n],
      categoryCode: 'TEA',
      originCountyCode: '430224',
      netWeightG: 100,
      batches: [{ quantity: 0 }],
    });
    await world.database.transaction((tx) =>
      tx.insert('harvest_window', [
        {
          id: newId('hvw'),
          productId: goose.productId,
          villageCode: null,
          opensOn: '2026-11-01',
          closesOn: '2026-12-31',
        },
        {
          id: newId('hvw'),
          productId: peach.productId,
          villageCode: VILLAGE,
          opensOn: '2027-07-20',
          closesOn: '2027-08-20',
        },
      ]),
    );
    await world.get(ProductService).countSold(
      new Map([
        [goose.productId, 7],
        [peach.productId, 30],
      ]),
    );
    return { peach: peach.productId, tea: tea.productId };
  }

  it.each<[object, string[]]>([
    [{ originCode: '430000' }, ['桃', '茶', '鹅']],
    [{ originCode: '430224' }, ['茶']],
    [{ originCode: '430225209' }, ['桃']],
    [{ originCode: VILLAGE }, ['桃']],
    [{ originCode: '430225209226' }, []],
    [{ isCertified: true }, ['桃']],
    [{ isCertified: false }, ['茶', '鹅']],
    [{ scheme: 'CITY_2024' }, ['桃']],
    [{ scheme: 'NATIONAL_2020' }, []],
    [{ seasonMonth: 7 }, ['桃']],
    [{ seasonMonth: 1 }, ['鹅']],
    [{ seasonMonth: 5 }, []],
    [{ isInHarvest: true }, ['鹅']],
    [{ isInHarvest: false }, ['桃', '茶']],
    [{ priceFromFen: '4900', priceToFen: '8800' }, ['桃', '茶']],
    [{ priceFromFen: '8801' }, ['鹅']],
    [{ priceToFen: '0' }, []],
    [{ isAvailable: true }, ['桃', '鹅']],
    [{ isAvailable: true, categoryCode: 'TEA' }, []],
    [{ originCode: '430200', isCertified: false, isAvailable: true, seasonMonth: 12 }, ['鹅']],
  ])('by %j shows %j', async (filter, expected) => {
    await fillShelf();

    expect((await names({ filter })).toSorted()).toEqual(expected.toSorted());
  });

  it.each<[string, string[]]>([
    ['NEWEST', ['茶', '鹅', '桃']],
    ['PRICE_UP', ['茶', '桃', '鹅']],
    ['PRICE_DOWN', ['鹅', '桃', '茶']],
    ['JIN_PRICE', ['桃', '鹅', '茶']],
    ['SOLD', ['桃', '鹅', '茶']],
  ])(
    'in the order %s comes as %j, also one by one, and another’s cursor leads nowhere',
    async (sort, expected) => {
      await fillShelf();
      const seen: string[] = [];
      let after: string | null = null;
      do {
        const page: Connection = await ask({ sort, first: 1, after });
        seen.push(...page.nodes.map(({ name }) => name));
        after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
      } while (after !== null);
      const { pageInfo } = await ask({ sort, first: 1 });

      expect(seen.toSorted()).toEqual(expected.toSorted());
      expect(await names({ sort })).toEqual(seen);
      if (sort !== 'NEWEST') expect(seen).toEqual(expected); // They were made in one moment, so ids decide.
      const other = sort === 'SOLD' ? 'PRICE_UP' : 'SOLD';
      expect(await nobody.codeOf(NAMES, { sort: other, after: pageInfo.endCursor })).toBe('INVALID_INPUT');
    },
  );

  it('goes on past what is sold out, page by page', async () => {
    for (let count = 0; count < 5; count += 1)
      await makeProduct(world, { name: String(count), batches: [{ quantity: count % 2 }] });
    const filter = { isAvailable: true };
    const first = await ask({ filter, first: 1 });
    const second = await ask({ filter, first: 1, after: first.pageInfo.endCursor });

    expect([first, second].map(({ nodes }) => nodes.length)).toEqual([1, 1]);
    expect([...first.nodes, ...second.nodes].map(({ name }) => name).toSorted()).toEqual(['1', '3']);
    const third = await ask({ filter, first: 1, after: second.pageInfo.endCursor });
    expect([third.nodes, third.pageInfo.hasNextPage]).toEqual([[], false]);
  });

  it('has facets, each counted without its own condition, in eight statements', async () => {
    await fillShelf();
    const FACETS = `query ($filter: ProductFilter) { productFacets(filter: $filter) { productCount certifiedCount
      categories { category { code } productCount } counties { county { code } productCount }
      months { month productCount } prices { fromFen toFen productCount } } }`;

    const facets = await nobody.ask(FACETS, { filter: { categoryCode: 'TEA' } });
    const cost = await countStatements(() => nobody.ask(FACETS, {}));

    expect(facets).toMatchObject({
      productCount: 1,
      certifiedCount: 0,
      categories: [
        { category: { code: 'FRUIT' }, productCount: 1 },
        { category: { code: 'MEAT' }, productCount: 1 },
        { category: { code: 'TEA' }, productCount: 1 },
      ],
      counties: [{ county: { code: '430224' }, productCount: 1 }],
      months: [],
      prices: [{ fromFen: '2000', toFen: '4999', productCount: 1 }],
    });
    expect(cost).toBe(8);
    const all = await nobody.ask<{ months: object[] }>(FACETS, {});
    expect(all.months.map((month) => (month as { month: number }).month)).toEqual([1, 2, 7, 8, 11, 12]);
  });

  it('has a facet by catalogue, of what is certified in it now, without its own condition, in one statement', async () => {
    const { peach, tea } = await fillShelf();
    const SCHEMES = `query ($filter: ProductFilter) { productFacets(filter: $filter) { productCount schemes { scheme productCount } } }`;
    for (const productId of [peach, tea])
      await makeCertification(world, productId, { scheme: 'NATIONAL_2020' });
    await makeCertification(world, tea, { scheme: 'COUNTY_2026' });

    const national = { filter: { scheme: 'NATIONAL_2020' } };
    const all = [
      { scheme: 'NATIONAL_2020', productCount: 2 },
      { scheme: 'CITY_2024', productCount: 1 },
      { scheme: 'COUNTY_2026', productCount: 1 },
    ];
    expect(await nobody.ask(SCHEMES, national)).toEqual({ productCount: 2, schemes: all });
    expect(await nobody.ask(SCHEMES, { filter: { categoryCode: 'TEA' } })).toMatchObject({
      schemes: [
        { scheme: 'COUNTY_2026', productCount: 1 },
        { scheme: 'NATIONAL_2020', productCount: 1 },
      ],
    });
    expect(await countStatements(() => nobody.ask(SCHEMES, national))).toBe(7);
  });

  const REACH = `query ($filter: ProductFilter) { productFacets(filter: $filter) { productCount availableCount presoldCount
    channels { kind productCount } } }`;

  it('is narrowed by the kind and place of where it is shown, and says how much each kind shows', async () => {
    const [peach, tea, oil] = [
      await makeProduct(world, { name: '桃' }),
      await makeProduct(world, { name: '茶', categoryCode: 'TEA' }),
      await makeProduct(world, { name: '油' }),
    ];
    const hall = await makePavilion(world, { countyCode: '430224', townshipCode: null });
    const counter = await makeCounter(world, { townshipCode: '430225100' });
    const closed = await makeZone(world);
    for (const [id, products] of [
      [hall.id, [peach, tea]],
      [counter.id, [peach]],
      [closed.id, [oil]],
    ] as const)
      await world.get(ChannelPointService).curate(
        id,
        products.map(({ productId }) => productId),
      );
    await world.get(ChannelPointService).suspend(closed.id);
    const shown = async (filter: object) => (await names({ filter })).toSorted();

    expect(await shown({ channelKind: 'PAVILION' })).toEqual(['桃', '茶']);
    expect(await shown({ channelKind: 'COUNTER' })).toEqual(['桃']);
    expect(await shown({ channelKind: 'ZONE' })).toEqual([]);
    expect(await shown({ channelDivisionCode: '430224' })).toEqual(['桃', '茶']);
    expect(await shown({ channelDivisionCode: '430225100' })).toEqual(['桃']);
    expect(await shown({ channelDivisionCode: '430200', channelKind: 'COUNTER' })).toEqual(['桃']);
    expect(await shown({ channelDivisionCode: '430225', channelKind: 'PAVILION' })).toEqual([]);
    expect(await shown({ channelKind: 'PAVILION', categoryCode: 'TEA', isAvailable: true })).toEqual(['茶']);
    const all = [
      { kind: 'PAVILION', productCount: 2 },
      { kind: 'COUNTER', productCount: 1 },
    ];
    expect(await nobody.ask(REACH, {})).toMatchObject({ productCount: 3, channels: all });
    expect(await nobody.ask(REACH, { filter: { channelKind: 'COUNTER' } })).toMatchObject({
      productCount: 1,
      channels: all, // Without their own condition.
    });
    expect(await nobody.ask(REACH, { filter: { channelDivisionCode: '430225' } })).toMatchObject({
      productCount: 1,
      channels: [{ kind: 'COUNTER', productCount: 1 }],
    });
    expect(await nobody.ask(REACH, { filter: { channelPointId: hall.id } })).toMatchObject({
      productCount: 2,
      channels: all,
    });
  });

  it('counts what can be bought as the list shows it: of warehouses, in time, and of harvests', async () => {
    await makeProduct(world, { name: '有', pricesFen: [1n, 2n] });
    await makeProduct(world, { name: '无', batches: [{ quantity: 0 }] });
    await makeProduct(world, { name: '过期', batches: [{ quantity: 3, bestBeforeOn: '2026-11-01' }] });
    const held = await makeProduct(world, { name: '售罄', batches: [{ quantity: 3 }] });
    const harvest = await makeProduct(world, { name: '预售', batches: [{ quantity: 0 }] });
    await makePresale(world, { product: harvest });
    // While orders are taken for its harvest, what lies in the warehouse is not what is sold.
    const full = await makeProduct(world, { name: '预售满', batches: [{ quantity: 9 }] });
    const { id: fullId } = await makePresale(world, { product: full });
    await world.database.transaction(async (tx) => {
      await tx.write('UPDATE stock_level SET reserved = on_hand WHERE variant_id = ?', [held.variantId]);
      await tx.write('UPDATE presale_day SET reserved_g = capacity_g - 1 WHERE presale_id = ?', [fullId]);
    });

    const listed = await names({ filter: { isAvailable: true } });

    expect(listed.toSorted()).toEqual(['有', '预售'].toSorted());
    expect(await nobody.ask(REACH, {})).toMatchObject({
      productCount: 6,
      availableCount: 2,
      presoldCount: 2,
    });
    expect(await nobody.ask(REACH, { filter: { isAvailable: true } })).toMatchObject({
      productCount: 2,
      availableCount: 2,
      presoldCount: 1,
    });
    // Each counts what the list shows under its own condition, whatever else is asked for.
    expect((await names({ filter: { isPresold: true } })).toSorted()).toEqual(['预售', '预售满']);
    expect(await names({ filter: { isPresold: true, isAvailable: true } })).toEqual(['预售']);
    expect(await nobody.ask(REACH, { filter: { isPresold: true } })).toMatchObject({
      productCount: 2,
      availableCount: 1,
      presoldCount: 2,
    });
    const SEARCH = `{ productSearch(query: "预售") { hitCount facets { productCount availableCount channels { kind } } } }`;
    expect(await nobody.ask(SEARCH)).toEqual({
      hitCount: 2,
      facets: { productCount: 2, availableCount: 1, channels: [] },
    });
    expect(await nobody.ask(REACH, { filter: { channelPointId: 'chp_unknown' } })).toEqual({
      productCount: 0,
      availableCount: 0,
      presoldCount: 0,
      channels: [],
    });
  });

  it('costs three statements also by places, and its facets one more for each that only some ask for', async () => {
    for (let count = 0; count < 8; count += 1) await makeProduct(world);
    const filter = { channelKind: 'PAVILION', channelDivisionCode: '430200' };
    await ask({}); // Counties are read once per process.

    expect(await countStatements(() => ask({ filter: { channelKind: 'COUNTER' } }))).toBe(1); // Nothing is shown there.
    expect(await countStatements(() => ask({ filter: { isCertified: false } }))).toBe(3);
    expect(await countStatements(() => nobody.ask(REACH, { filter }))).toBe(9);
    expect(await countStatements(() => nobody.ask('{ productFacets { productCount } }', {}))).toBe(6);
  });

  it.each([
    { originCode: '43%' },
    { channelDivisionCode: '43' },
    { channelDivisionCode: '430225209201' },
    { seasonMonth: 13 },
    { priceFromFen: '2', priceToFen: '1' },
    { isCertified: false, scheme: 'CITY_2024' },
  ])('refuses %j', async (filter) => {
    expect(await nobody.codeOf(NAMES, { filter })).toBe('INVALID_INPUT');
  });

  it('is narrowed within what a search has found, and ordered', async () => {
    await makeProduct(world, { name: '云溪毛栗', pricesFen: [2n] });
    await makeProduct(world, { name: '白沙毛栗', pricesFen: [1n], originCountyCode: '430224' });
    await makeProduct(world, { name: '毛栗', pricesFen: [3n], batches: [{ quantity: 0 }] });
    const SEARCH = `query ($filter: ProductFilter, $sort: ProductSort, $first: Int, $after: String) {
      productSearch(query: "毛栗", filter: $filter) {
        hitCount facets { productCount } products(sort: $sort, first: $first, after: $after) { nodes { name } pageInfo { hasNextPage endCursor } } } }`;
    const found = async (variables: object) =>
      (await nobody.ask<{ products: Connection }>(SEARCH, variables)).products.nodes.map(({ name }) => name);

    expect((await found({}))[0]).toBe('毛栗');
    expect(await found({ sort: 'PRICE_UP' })).toEqual(['白沙毛栗', '云溪毛栗', '毛栗']);
    expect(await found({ filter: { originCode: '430224' } })).toEqual(['白沙毛栗']);
    expect((await found({ filter: { isAvailable: true } })).toSorted()).toEqual(['云溪毛栗', '白沙毛栗']);
    const narrowed = await nobody.ask(SEARCH, { filter: { originCode: '430224' }, first: 1 });
    expect(narrowed).toMatchObject({ hitCount: 3, facets: { productCount: 1 } });
    const { products } = await nobody.ask<{ products: Connection }>(SEARCH, { first: 1 });
    expect(await nobody.codeOf(SEARCH, { sort: 'SOLD', after: products.pageInfo.endCursor })).toBe(
      'INVALID_INPUT',
    );
  });
});

describe('the persisted list', () => {
  const get = (path: string, headers: Record<string, string> = {}) =>
    nobody.http.get(`/graphql/documents/${path}`).set(headers);
  const list = (headers: Record<string, string> = {}) =>
    get(`product-list?variables=${encodeURIComponent(JSON.stringify({ first: 1 }))}`, headers);
  const priceIn = ({ body }: { body: { data: { products: { nodes: { priceFromFen: string }[] } } } }) =>
    body.data.products.nodes[0]?.priceFromFen;

  it('is a GET that answers again without being asked again', async () => {
    await makeProduct(world, { name: '桃' });

    const first = await list();
    const etag = String(first.headers['etag']);
    const again = await list({ 'if-none-match': etag });
    const weakly = await list({ 'if-none-match': `"other", W/${etag}` });
    const other = await list({ 'if-none-match': '"other"' });

    expect(first.body.data.products.nodes).toMatchObject([{ name: '桃' }]);
    expect(first.headers['cache-control']).toBe('public, no-cache');
    expect(first.headers['vary']).toContain('accept-language');
    expect([again.status, again.text, weakly.status, other.status]).toEqual([304, '', 304, 200]);
    expect(other.text).toBe(first.text);
  });

  it('is kept for a second and no longer, whatever has changed', async () => {
    const { variantId } = await makeProduct(world, { pricesFen: [8_800n] });
    const first = await list();

    await world.get(ProductService).reprice(variantId, 9_900n);
    world.clock.advance(999);
    const costOfKept = await countStatements(async () => {
      expect(priceIn(await list())).toBe('8800');
    });
    world.clock.advance(1);
    const then = await list({ 'if-none-match': String(first.headers['etag']) });

    expect(costOfKept).toBe(0);
    expect([then.status, priceIn(then)]).toEqual([200, '9900']);
  });

  it('is forgotten at once when a fact tells of the change', async () => {
    const { variantId } = await makeProduct(world, { pricesFen: [8_800n] });
    await world.settle();
    await list();
    let heard: () => void = () => undefined;
    const news = new Promise<void>((resolve) => {
      heard = resolve;
    });
    const { emitter } = world.get(LiveGateway);
    await new Promise<void>((resolve) => {
      // After the cache's own ear, so that what has been heard here has been heard there.
      emitter.on(PUBLIC_CHANGED_TOPIC, (_, done) => (heard(), done()), resolve);
    });

    await world.get(ProductService).reprice(variantId, 9_900n);
    await world.settle();
    await news;

    expect(priceIn(await list())).toBe('9900');
  });

  it('says in each language what it says in that one', async () => {
    await makeProduct(world);
    const [zh, en] = [await list({ 'accept-language': 'zh' }), await list({ 'accept-language': 'en' })];

    expect(zh.text).toBe(en.text); // Nothing in it is translated; the two are kept apart all the same.
    expect([zh.status, en.status]).toEqual([200, 200]);
  });

  it('may be kept longer where nothing in it moves', async () => {
    expect((await get('category-list')).headers['cache-control']).toBe('public, max-age=300');
  });

  it.each([
    ['product-list?variables=nonsense', 400],
    ['product-list?variables=[]', 400],
    [`product-list?variables=${encodeURIComponent('{"first":0}')}`, 200],
  ])('keeps no fault: %s', async (path, status) => {
    const answer = await get(path);

    expect([answer.status, 'errors' in answer.body, answer.headers['etag']]).toEqual([
      status,
      true,
      undefined,
    ]);
    if (status === 200) expect(answer.headers['cache-control']).toBe('no-store');
  });

  it('is nobody’s, whoever asks', async () => {
    const person = world.person();
    const mine = await list({ authorization: `Bearer ${person.token}` });

    expect(mine.text).toBe((await list()).text);
  });

  it('is one of those that are committed', async () => {
    expect((await get('product-erase')).status).toBe(404);
  });
});
