import { type IdOf, businessDay, newId } from '#libs/kernel';
import type { Database, SqlValue } from '#platform/database';

/** As many rows as one table may have; BENCH_ROWS changes it. */
export const SHEET_ROWS = Number(process.env['BENCH_ROWS'] ?? 10_000);
/** Sizes of one product, and households of one agreement. */
export const EACH = 2;
/** A cooperative gathers from some villages, and sells at some shops. */
const VILLAGES = 20;
const PLACES = 20;
/** Goods that lie at each place, and that orders to ship are of. */
const GOODS = 50;
const PER_INSERT = 1_000;
const NOW = new Date();
export const TODAY = businessDay(NOW);
export const MONTH = `${TODAY.slice(0, 7)}-01`;
const MANY = 1_000_000;

type Row = Readonly<Record<string, SqlValue>>;

export interface Goods {
  readonly productId: string;
  readonly variantId: string;
  readonly batchId: string;
  readonly traceCode: string;
  readonly levelId: string;
}

export interface SheetGround {
  readonly merchantId: IdOf<'mer'>;
  /** Does the same by hand. */
  readonly otherId: IdOf<'mer'>;
  /** A batch of each size, as many as a table has rows. */
  readonly goods: readonly Goods[];
  readonly householdIds: readonly string[];
  readonly villageCodes: readonly string[];
  readonly placeNames: readonly string[];
}

export async function insertAll(database: Database, table: string, rows: readonly Row[]): Promise<void> {
  for (let at = 0; at < rows.length; at += PER_INSERT)
    await database.transaction((tx) => tx.insert(table, rows.slice(at, at + PER_INSERT)));
}

export function times<T>(count: number, make: (index: number) => T): T[] {
  return Array.from({ length: count }, (_, index) => make(index));
}

const villageOf = (index: number) => `4302252${String(index).padStart(5, '0')}`;
const division = (code: string, parentCode: string | null, level: string, name: string): Row => ({
  code,
  parentCode,
  level,
  name,
  isDesignated: level === 'COUNTY',
});

async function fillRegisters(database: Database, merchants: readonly IdOf<'mer'>[]): Promise<void> {
  await insertAll(database, 'division', [
    division('430000', null, 'PROVINCE', '湖南省'),
    division('430200', '430000', 'CITY', '株洲市'),
    division('430225', '430200', 'COUNTY', '炎陵县'),
    division('430225200', '430225', 'TOWNSHIP', '平乐乡'),
    ...times(VILLAGES, (index) => division(villageOf(index), '430225200', 'VILLAGE', `第${index}村`)),
  ]);
  const merchant = (id: string, index: number): Row => ({
    id,
    name: `霞阳黄桃专业合作社${index}`,
    kind: 'COOPERATIVE',
    creditCode: `93430225000000000${index}`,
    countyCode: '430225',
    townshipCode: null,
    contactName: '张*',
    contactPhone: '19900000000',
    state: 'ACTIVE',
    createdAt: NOW,
  });
  await insertAll(database, 'merchant', merchants.map(merchant));
  await insertAll(database, 'category', [{ code: 'FRUIT', nameZh: '鲜果', nameEn: 'Fruit', position: 1 }]);
  await insertAll(database, 'goods_kind', [
    {
      code: 'PEACH',
      categoryCode: 'FRUIT',
      keeperCode: '430225',
      nameZh: '黄桃',
      nameEn: 'Peaches',
      position: 1,
    },
  ]);
  // So that the band is asked of every price, and capacity of every batch.
  const year = TODAY.slice(0, 4);
  await insertAll(database, 'reference_price', [
    {
      id: newId('rfp'),
      kindCode: 'PEACH',
      grade: 'FIRST',
      monthFrom: `${year}-01`,
      monthTo: `${year}-12`,
      jinPriceFen: 2_000n,
      source: 'bench',
      recordedBy: newId('usr'),
      recordedAt: NOW,
      idempotencyKey: newId('req'),
    },
  ]);
  const capacity = (index: number): Row => ({
    villageCode: villageOf(index),
    kindCode: 'PEACH',
    seasonFrom: `${year}-01-01`,
    seasonTo: `${year}-12-31`,
    capacityG: BigInt(MANY) * 1_000_000n,
    setBy: newId('usr'),
    setAt: NOW,
  });
  await insertAll(database, 'harvest_capacity', times(VILLAGES, capacity));
}

async function fillGoods(database: Database, merchantId: string): Promise<Goods[]> {
  const products = times(Math.ceil(SHEET_ROWS / EACH), () => ({ id: newId('prd'), batchId: newId('bat') }));
  const locationId = newId('loc');
  const goods = products.flatMap(({ id: productId, batchId }, index) =>
    times(EACH, () => {
      const traceCode = `H${String(index).padStart(9, '0')}`;
      return { productId, batchId, traceCode, variantId: newId('var'), levelId: newId('stk') };
    }),
  );
  await insertAll(
    database,
    'product',
    products.map(({ id }, index) => ({
      id,
      merchantId,
      categoryCode: 'FRUIT',
      kindCode: 'PEACH',
      name: `黄桃 ${index}`,
      description: '海拔八百米的晚熟黄桃。',
      originCountyCode: '430225',
      isPerishable: true,
      seasonFrom: null,
      seasonTo: null,
      priceFromFen: 8_000n,
      jinPriceFromFen: 1_600n,
      state: 'ON_SALE',
      listedAt: NOW,
      updatedAt: NOW,
    })),
  );
  await insertAll(
    database,
    'product_variant',
    goods.map(({ variantId, productId }, index) => {
      const size = (index % EACH) + 1;
      const packed = { name: `${size * 5} 斤装`, grade: 'FIRST', netWeightG: 2_500 * size };
      const priceFen = 8_000n * BigInt(size);
      return {
        id: variantId,
        productId,
        sku: `YL-${index}`,
        ...packed,
        priceFen,
        position: size,
        state: 'ON_SALE',
      };
    }),
  );
  await insertAll(
    database,
    'product_batch',
    products.map(({ id: productId, batchId }, index) => ({
      id: batchId,
      productId,
      traceCode: `H${String(index).padStart(9, '0')}`,
      originCountyCode: '430225',
      originVillageCode: villageOf(0),
      linkageAgreementId: null,
      harvestedOn: MONTH,
      bestBeforeOn: '9998-12-31',
      createdAt: NOW,
    })),
  );
  await insertAll(database, 'stock_location', [
    { id: locationId, kind: 'WAREHOUSE', merchantId, channelPointId: null, name: '仓库' },
  ]);
  await insertAll(
    database,
    'stock_level',
    goods.map((each) => levelOf(each, each.levelId, locationId)),
  );
  return goods.slice(0, SHEET_ROWS);
}

function levelOf({ variantId, batchId }: Goods, id: string, locationId: string): Row {
  return { id, variantId, locationId, batchId, bestBeforeOn: '9998-12-31', onHand: MANY, reserved: 0 };
}

async function fillHouseholds(database: Database, merchants: readonly string[]): Promise<string[]> {
  const ids = times(SHEET_ROWS, () => newId('hhd'));
  await insertAll(
    database,
    'household',
    ids.map((id, index) => ({
      id,
      headName: `陈大山${index}`,
      villageCode: villageOf(index % VILLAGES),
      kind: 'REGISTERED',
      registeredOn: '2014-06-01',
      createdAt: NOW,
    })),
  );
  for (const merchantId of merchants)
    await insertAll(
      database,
      'household_introduction',
      ids.map((householdId) => ({ merchantId, householdId, introducedBy: newId('usr'), introducedAt: NOW })),
    );
  return ids;
}

/** Shops that the merchant runs, open for years, with some of the goods on their shelves. */
async function fillPlaces(
  database: Database,
  operatorId: string,
  goods: readonly Goods[],
): Promise<string[]> {
  const places = times(PLACES, (index) => ({
    id: newId('chp'),
    locationId: newId('loc'),
    name: `第${index}专区`,
  }));
  await insertAll(
    database,
    'channel_point',
    places.map(({ id, name }) => ({
      id,
      kind: 'ZONE',
      name,
      countyCode: '430225',
      address: '霞阳镇炎帝路1号',
      state: 'OPEN',
      openedOn: '2020-01-01',
      createdAt: NOW,
      operatorId,
    })),
  );
  await insertAll(
    database,
    'channel_point_step',
    places.map(({ id }) => ({
      channelPointId: id,
      number: 1,
      act: 'OPENED',
      state: 'OPEN',
      side: 'BOOK',
      reason: '',
      fileIds: '[]',
      effectiveOn: '2020-01-01',
      at: NOW,
    })),
  );
  await insertAll(
    database,
    'stock_location',
    places.map(({ id, locationId, name }) => ({
      id: locationId,
      kind: 'SHELF',
      merchantId: null,
      channelPointId: id,
      name,
    })),
  );
  await insertAll(
    database,
    'stock_level',
    places.flatMap(({ locationId }) =>
      goods.slice(0, GOODS).map((each) => levelOf(each, newId('stk'), locationId)),
    ),
  );
  return places.map(({ name }) => name);
}

/** A seller with as much of everything as a table has rows. */
export async function fillSheetGround(database: Database): Promise<SheetGround> {
  const [merchantId, otherId] = [newId('mer'), newId('mer')];
  await fillRegisters(database, [merchantId, otherId]);
  const goods = await fillGoods(database, merchantId);
  const householdIds = await fillHouseholds(database, [merchantId, otherId]);
  const placeNames = await fillPlaces(database, merchantId, goods);
  return { merchantId, otherId, goods, householdIds, placeNames, villageCodes: times(VILLAGES, villageOf) };
}

/** Paid orders of one box each, which wait to leave; returns the numbers by which a merchant knows them. */
export async function placeOrders(database: Database, { merchantId, goods }: SheetGround): Promise<string[]> {
  const orders = times(SHEET_ROWS, (index) => ({
    orderId: newId('ord'),
    partId: newId('mor'),
    lineId: newId('oln'),
    of: goods[index % Math.min(GOODS, goods.length)],
  }));
  await insertAll(
    database,
    'customer_order',
    orders.map(({ orderId }) => ({
      id: orderId,
      buyerId: newId('usr'),
      idempotencyKey: newId('req'),
      requestHash: Buffer.alloc(32),
      state: 'PAID',
      goodsFen: 8_000n,
      freightFen: 0n,
      totalFen: 8_000n,
      recipientName: '李女士',
      recipientPhone: '13900001234',
      recipientCountyCode: '430225',
      recipientAddress: '泰山路街道 1 号',
      placedAt: NOW,
      expiresAt: NOW,
      paidAt: NOW,
    })),
  );
  await insertAll(
    database,
    'merchant_order',
    orders.map(({ orderId, partId }) => ({
      id: partId,
      orderId,
      merchantId,
      state: 'TO_SHIP',
      goodsFen: 8_000n,
      freightFen: 0n,
      placedAt: NOW,
      paidAt: NOW,
      dueOn: TODAY,
    })),
  );
  await insertAll(
    database,
    'order_line',
    orders.map(({ orderId, partId, lineId, of }) => ({
      id: lineId,
      orderId,
      merchantOrderId: partId,
      merchantId,
      productId: of?.productId ?? '',
      variantId: of?.variantId ?? '',
      batchId: of?.batchId ?? '',
      productName: '黄桃',
      variantName: '5 斤装',
      quantity: 1,
      unitPriceFen: 8_000n,
      goodsFen: 8_000n,
      netWeightG: 2_500,
      isPerishable: true,
      originCountyCode: '430225',
      channelKind: 'ONLINE',
      channelPointId: '',
      saleCountyCode: '430225',
      buyerKind: 'CONSUMER',
    })),
  );
  await insertAll(
    database,
    'stock_reservation',
    orders.map(({ orderId, lineId, of }) => ({
      id: newId('rsv'),
      orderId,
      orderLineId: lineId,
      stockLevelId: of?.levelId ?? '',
      quantity: 1,
      state: 'HELD',
      createdAt: NOW,
    })),
  );
  await database.write(
    `UPDATE stock_level l JOIN (SELECT stock_level_id AS id, SUM(quantity) AS n FROM stock_reservation WHERE state = 'HELD' GROUP BY stock_level_id) h
       ON h.id = l.id SET l.reserved = h.n`,
  );
  return orders.map(({ partId }) => partId);
}
