import { readFileSync } from 'node:fs';
import { ChannelPointService } from '#libs/channel';
import type { Client } from '../../harness/client.js';
import { countStatements } from '../../harness/statements.js';
import { World } from '../../harness/world.js';
import { makePavilion } from '../../make/channel-point.make.js';
import { makeDivisions } from '../../make/division.make.js';
import { makeMerchant } from '../../make/merchant.make.js';
import { makeCertification, makeProduct } from '../../make/product.make.js';

const LIST = readFileSync('apps/storefront/documents/product-list.graphql', 'utf8');
const NAMES = `query ($filter: ProductFilter, $first: Int, $after: String) {
  products(filter: $filter, first: $first, after: $after) { nodes { name } pageInfo { hasNextPage endCursor } }
}`;

interface Connection {
  readonly nodes: { name: string }[];
  readonly pageInfo: { hasNextPage: boolean; endCursor: string | null };
}

let world: World;
let nobody: Client;

beforeAll(async () => {
  world = await World.start({ services: ['storefront'] });
  nobody = world.client('storefront');
  await makeDivisions(world);
});
afterAll(() => world.close());
beforeEach(async () => {
  await world.database.dataSource.query('DELETE FROM product');
  world.clock.advance(1_000);
});

const ask = (variables: object) => nobody.ask<Connection>(NAMES, variables);
const names = async (variables: object) => (await ask(variables)).nodes.map((node) => node.name);

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

describe('the persisted list', () => {
  const get = (path: string) => nobody.http.get(`/graphql/documents/${path}`);

  it('is a GET that answers again without being asked again', async () => {
    await makeProduct(world, { name: '桃' });
    const variables = encodeURIComponent(JSON.stringify({ first: 1 }));

    const first = await get(`product-list?variables=${variables}`);
    const again = await get(`product-list?variables=${variables}`).set(
      'if-none-match',
      String(first.headers['etag']),
    );

    expect(first.body.data.products.nodes).toMatchObject([{ name: '桃' }]);
    expect(first.headers['cache-control']).toContain('public');
    expect(again.status).toBe(304);
  });

  it('is one of those that are committed', async () => {
    expect((await get('product-erase')).status).toBe(404);
  });
});
