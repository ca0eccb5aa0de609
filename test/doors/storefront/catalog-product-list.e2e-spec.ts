import { readFileSync } from 'node:fs';
import { ProductService } from '#libs/catalog';
import { ChannelPointService } from '#libs/channel';
import { PUBLIC_CHANGED_TOPIC } from '#platform/graphql';
import { LiveGateway } from '#platform/live';
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
  world = await World.start({ services: ['storefront', 'settlement'] });
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
