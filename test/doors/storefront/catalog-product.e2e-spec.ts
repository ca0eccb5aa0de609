import { readFileSync } from 'node:fs';
import type { Client } from '../../harness/client.js';
import { countStatements } from '../../harness/statements.js';
import { World } from '../../harness/world.js';
import { makeDivisions } from '../../make/division.make.js';
import { makeCertification, makeProduct } from '../../make/product.make.js';

const PAGE = readFileSync('apps/storefront/documents/product-page.graphql', 'utf8');
const CATEGORIES = readFileSync('apps/storefront/documents/category-list.graphql', 'utf8');

let world: World;
let nobody: Client;

beforeAll(async () => {
  world = await World.start({ services: ['storefront'] });
  nobody = world.client('storefront');
  await makeDivisions(world);
});
afterAll(() => world.close());

describe('product', () => {
  it('says where it grew, who vouches for it and what is left', async () => {
    const batches = [{ quantity: 2, originCountyCode: '430224', bestBeforeOn: null }, { quantity: 3 }];
    const { productId, variantId } = await makeProduct(world, { batches });
    await makeCertification(world, productId);

    const product = await nobody.ask(PAGE, { id: productId });

    expect(product).toMatchObject({
      id: productId,
      category: { code: 'FRUIT', nameZh: '鲜果', nameEn: 'Fresh fruit' },
      originCounty: { code: '430225', name: '炎陵县', isDesignated: true },
      certification: { scheme: 'CITY_2024', linkedPersonCount: 120, validTo: '2027-01-01T00:00:00.000Z' },
      variants: [{ id: variantId, available: 5 }],
      seasonFrom: null,
    });
    expect(product['batches']).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ originCounty: { code: '430224', name: '茶陵县' }, bestBeforeOn: null }),
        expect.objectContaining({
          originCounty: { code: '430225', name: '炎陵县' },
          bestBeforeOn: '2026-12-31',
        }),
      ]),
    );
  });

  it.each(['DRAFT', 'OFF_SALE'] as const)('is null while %s', async (state) => {
    const { productId } = await makeProduct(world, { state });

    expect(await nobody.ask(PAGE, { id: productId })).toBeNull();
  });

  it('shows the latest ten harvests', async () => {
    const { productId } = await makeProduct(world, {
      batches: Array.from({ length: 12 }, () => ({ quantity: 1 })),
    });

    const { batches } = await nobody.ask<{ batches: unknown[] }>(PAGE, { id: productId });

    expect(batches).toHaveLength(10);
  });

  it('costs eight statements, however many variants and harvests it has', async () => {
    const small = await makeProduct(world);
    const large = await makeProduct(world, {
      pricesFen: [1n, 2n, 3n],
      batches: [{ quantity: 1 }, { quantity: 1 }],
    });
    const costOf = (id: string) => countStatements(() => nobody.ask(PAGE, { id }));
    await costOf(small.productId); // Counties are read once per process.

    expect([await costOf(small.productId), await costOf(large.productId)]).toEqual([8, 8]);
  });
});

describe('categories', () => {
  it('come in shelf order', async () => {
    await world.database.dataSource.query(
      "INSERT INTO category (code, name_zh, name_en, position) VALUES ('TEA', '茶叶', 'Tea', 9), ('NUTS', '坚果', 'Nuts', 8)",
    );

    const categories = await nobody.ask<{ code: string }[]>(CATEGORIES);

    expect(categories.map(({ code }) => code)).toEqual(['FRUIT', 'NUTS', 'TEA']);
  });
});
