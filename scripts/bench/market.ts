import { type IdOf, newId, present } from '#libs/kernel';
import type { Database, SqlValue } from '#platform/database';

/** A market of about the city's size: what one storefront list and one checkout meet in production. */
const MERCHANTS = 60;
const PRODUCTS = 2_000;
const VARIANTS_PER_PRODUCT = 2;
/** Nobody runs out during a benchmark. */
const ON_HAND = 100_000_000;
const ROWS_PER_INSERT = 500;

export interface Market {
  readonly variantIds: readonly IdOf<'var'>[];
}

type Row = Readonly<Record<string, SqlValue>>;

async function insert(database: Database, table: string, rows: readonly Row[]): Promise<void> {
  for (let start = 0; start < rows.length; start += ROWS_PER_INSERT) {
    await database.transaction((tx) => tx.insert(table, rows.slice(start, start + ROWS_PER_INSERT)));
  }
}

/** Fills an empty, migrated database. */
export async function openMarket(database: Database): Promise<Market> {
  const now = new Date('2026-11-02T02:00:00Z');
  const county = {
    code: '430225',
    parentCode: '430200',
    level: 'COUNTY',
    name: '炎陵县',
    isDesignated: true,
  };
  await insert(database, 'division', [
    { code: '430000', parentCode: null, level: 'PROVINCE', name: '湖南省', isDesignated: false },
    { code: '430200', parentCode: '430000', level: 'CITY', name: '株洲市', isDesignated: false },
    county,
  ]);
  await insert(database, 'category', [{ code: 'FRUIT', nameZh: '水果', nameEn: 'Fruit', position: 1 }]);
  const merchants = Array.from({ length: MERCHANTS }, (_, index) => ({ id: newId('mer'), index }));
  await insert(
    database,
    'merchant',
    merchants.map(({ id, index }) => ({
      id,
      name: `炎陵县第${index}黄桃专业合作社`,
      kind: 'COOPERATIVE',
      creditCode: `93430225${String(index).padStart(10, '0')}`,
      countyCode: county.code,
      townshipCode: null,
      contactName: '张*',
      contactPhone: '19900000000',
      state: 'ACTIVE',
      createdAt: now,
    })),
  );
  const warehouses = new Map(merchants.map(({ id }) => [id, newId('loc')]));
  await insert(
    database,
    'stock_location',
    [...warehouses].map(([merchantId, id]) => ({
      id,
      kind: 'WAREHOUSE',
      merchantId,
      channelPointId: null,
      name: '仓库',
    })),
  );
  const products = Array.from({ length: PRODUCTS }, (_, index) => ({
    id: newId('prd'),
    index,
    merchantId: present(merchants[index % MERCHANTS], 'a merchant').id,
    batchId: newId('bat'),
  }));
  await insert(
    database,
    'product',
    products.map(({ id, index, merchantId }) => ({
      id,
      merchantId,
      categoryCode: 'FRUIT',
      name: `炎陵黄桃 第${index}园`,
      description: '海拔八百米的黄桃，脆甜不涩，当天采摘，冷链发货。',
      originCountyCode: county.code,
      isPerishable: true,
      seasonFrom: 7,
      seasonTo: 8,
      priceFromFen: 8_800n,
      state: 'ON_SALE',
      listedAt: new Date(now.getTime() - index * 60_000),
      updatedAt: now,
    })),
  );
  await insert(
    database,
    'product_batch',
    products.map(({ id, index, batchId }) => ({
      id: batchId,
      productId: id,
      traceCode: `BENCH-${index}`,
      originCountyCode: county.code,
      originVillageCode: null,
      linkageAgreementId: null,
      harvestedOn: '2026-10-20',
      bestBeforeOn: '2099-12-31',
      createdAt: now,
    })),
  );
  await insert(
    database,
    'certification',
    products
      .filter(({ index }) => index % 2 === 0)
      .map(({ id, index }) => ({
        id: newId('crt'),
        productId: id,
        scheme: 'CITY_2024',
        catalogueNo: `BENCH-${index}`,
        batchNo: 1,
        linkedPersonCount: 120,
        commodityValueFen: 100_000_000n,
        validFrom: new Date('2020-01-01T00:00:00Z'),
        validTo: new Date('2099-01-01T00:00:00Z'),
        revokedAt: null,
      })),
  );
  const variants = products.flatMap((product) =>
    Array.from({ length: VARIANTS_PER_PRODUCT }, (_, position) => ({ id: newId('var'), product, position })),
  );
  await insert(
    database,
    'product_variant',
    variants.map(({ id, product, position }) => ({
      id,
      productId: product.id,
      sku: `B-${product.index}-${position}`,
      name: position === 0 ? '5斤装' : '10斤装',
      netWeightG: 2_500 * (position + 1),
      priceFen: position === 0 ? 8_800n : 15_800n,
      position,
      state: 'ON_SALE',
    })),
  );
  await insert(
    database,
    'stock_level',
    variants.map(({ id, product }) => ({
      id: newId('stk'),
      variantId: id,
      locationId: present(warehouses.get(product.merchantId), 'a warehouse'),
      batchId: product.batchId,
      bestBeforeOn: '2099-12-31',
      onHand: ON_HAND,
      reserved: 0,
    })),
  );
  return { variantIds: variants.map(({ id }) => id) };
}
