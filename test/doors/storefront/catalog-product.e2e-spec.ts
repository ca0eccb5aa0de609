import { readFileSync } from 'node:fs';
import { ChannelPointService } from '#libs/channel';
import { HouseholdService } from '#libs/household';
import { newId } from '#libs/kernel';
import type { Client } from '../../harness/client.js';
import { countStatements } from '../../harness/statements.js';
import { World } from '../../harness/world.js';
import { makeCounter, makePavilion } from '../../make/channel-point.make.js';
import { makeDivisions } from '../../make/division.make.js';
import { makeLinkage } from '../../make/household.make.js';
import { makeMerchant } from '../../make/merchant.make.js';
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

  it('shows no harvest that is only announced, on its page as in a list', async () => {
    const { productId, batchIds } = await makeProduct(world, { batches: [{ quantity: 1 }, { quantity: 1 }] });
    const [announced = ''] = batchIds;
    await world.database.transaction((tx) =>
      tx.write("UPDATE product_batch SET harvested_on = '2027-07-22' WHERE id = ?", [announced]),
    );
    const harvestsOf = 'query ($id: ID!) { product(id: $id) { batches { id } } }';
    const listed = '{ products { nodes { id batches { id } } } }';

    expect(await nobody.ask(harvestsOf, { id: productId })).toEqual({ batches: [{ id: batchIds[1] }] });
    const { nodes } = await nobody.ask<{ nodes: { id: string }[] }>(listed);
    expect(nodes.find(({ id }) => id === productId)).toMatchObject({ batches: [{ id: batchIds[1] }] });
  });

  it('costs eleven statements, however many variants and harvests it has', async () => {
    const small = await makeProduct(world);
    const large = await makeProduct(world, {
      pricesFen: [1n, 2n, 3n],
      batches: [{ quantity: 1 }, { quantity: 1 }],
    });
    const costOf = (id: string) => countStatements(() => nobody.ask(PAGE, { id }));
    await costOf(small.productId); // Counties are read once per process.

    expect([await costOf(small.productId), await costOf(large.productId)]).toEqual([11, 11]);
  });
});

describe('where it comes from and where it can be had', () => {
  const ORIGIN = `query ($id: ID!) { product(id: $id) { linkedHouseholdCount householdShareBps
    harvestWindows { opensOn closesOn isOpen village { code } } expectedDispatch { basis notBefore }
    batches { originVillage { code } } placesOfSale(kind: PAVILION) { nodes { id name } }
    countersNearby(longitude: 113.773, latitude: 26.49) { distanceM available place { id name isOpenNow } }
    holding: countersNearby(longitude: 113.773, latitude: 26.49, isHolding: true) { available place { name } } } }`;
  const VILLAGE = '430225209201';

  it('says village, households by number, their share, harvest, dispatch and the nearest counters with what is in them', async () => {
    const merchant = await makeMerchant(world);
    const { agreement } = await makeLinkage(world, { merchantId: merchant.id, weights: [1, 1, 2, 1, 1, 0] });
    const made = await makeProduct(world, {
      merchantId: merchant.id,
      batches: [{ quantity: 1, linkageAgreementId: agreement.id, originVillageCode: VILLAGE }],
    });
    await world.database.transaction((tx) =>
      tx.insert('harvest_window', [
        {
          id: newId('hvw'),
          productId: made.productId,
          villageCode: VILLAGE,
          opensOn: '2026-10-20',
          closesOn: '2026-12-20',
        },
        {
          id: newId('hvw'),
          productId: made.productId,
          villageCode: null,
          opensOn: '2025-10-20',
          closesOn: '2025-12-20',
        },
      ]),
    );
    const far = await makeCounter(world, { name: '远', latitude: 26.59, openingHours: '00:00-24:00' });
    const near = await makeCounter(world, { name: '近', latitude: 26.491, openingHours: '03:00-03:01' });
    const hall = await makePavilion(world);
    await makeCounter(world, { name: '不卖', latitude: 26.49 });
    for (const point of [far, near, hall])
      await world.get(ChannelPointService).curate(point.id, [made.productId]);
    const locationId = newId('loc');
    await world.database.transaction(async (tx) => {
      await tx.insert('stock_location', [
        { id: locationId, kind: 'SHELF', merchantId: null, channelPointId: near.id, name: '货架' },
      ]);
      await tx.insert('stock_level', [
        {
          id: newId('stk'),
          variantId: made.variantId,
          locationId,
          batchId: made.batchIds[0] ?? '',
          bestBeforeOn: '2026-12-31',
          onHand: 6,
          reserved: 2,
        },
      ]);
    });

    expect(await nobody.ask(ORIGIN, { id: made.productId })).toEqual({
      linkedHouseholdCount: 5, // Whose weight is nothing receives nothing.
      householdShareBps: expect.any(Number),
      harvestWindows: [{ opensOn: '2026-10-20', closesOn: '2026-12-20', isOpen: true, village: null }], // Not on file here.
      expectedDispatch: { basis: 'IN_STOCK', notBefore: null },
      batches: [{ originVillage: null }],
      placesOfSale: { nodes: [{ id: hall.id, name: hall.name }] },
      countersNearby: [
        { distanceM: 111, available: 4, place: { id: near.id, name: '近', isOpenNow: false } },
        { distanceM: 11_120, available: 0, place: { id: far.id, name: '远', isOpenNow: true } },
      ],
      holding: [{ available: 4, place: { name: '近' } }],
    });
  });

  it('says nothing of households that are few, of agreements that have ended, and of harvests nobody knows', async () => {
    const merchant = await makeMerchant(world);
    const few = await makeLinkage(world, { merchantId: merchant.id, weights: [1, 1] });
    const over = await makeLinkage(world, { merchantId: merchant.id, weights: [1, 1, 1, 1, 1, 1] });
    await world.get(HouseholdService).end(over.agreement.id, '2026-10-01');
    const of = async (linkageAgreementId: string | null, quantity: number) => {
      const { productId } = await makeProduct(world, {
        merchantId: merchant.id,
        batches: [{ quantity, linkageAgreementId }],
      });
      return nobody.ask(ORIGIN, { id: productId });
    };

    expect(await of(few.agreement.id, 1)).toMatchObject({
      linkedHouseholdCount: null,
      householdShareBps: expect.any(Number),
    });
    expect(await of(over.agreement.id, 1)).toMatchObject({
      linkedHouseholdCount: null,
      householdShareBps: null,
    });
    expect(await of(null, 0)).toMatchObject({
      linkedHouseholdCount: null,
      householdShareBps: null,
      expectedDispatch: null,
      harvestWindows: [],
    });
  });

  it.each([
    'longitude: 181, latitude: 0',
    'longitude: 0, latitude: -91',
    'longitude: 0, latitude: 0, first: 21',
  ])('refuses counters near %s', async (where) => {
    const { productId } = await makeProduct(world);
    const document = `query ($id: ID!) { product(id: $id) { countersNearby(${where}) { distanceM } } }`;

    expect(await nobody.codeOf(document, { id: productId })).toBe('INVALID_INPUT');
  });

  it('costs as many statements for a list of ten as for one', async () => {
    const LIST = `query ($first: Int) { products(first: $first) { nodes { linkedHouseholdCount householdShareBps
      harvestWindows { opensOn village { code } } expectedDispatch { basis } } } }`;
    for (let count = 0; count < 10; count += 1) await makeProduct(world);
    const costOf = (first: number) => countStatements(() => nobody.ask(LIST, { first }));
    await costOf(10);

    expect(await costOf(10)).toBe(await costOf(1));
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
