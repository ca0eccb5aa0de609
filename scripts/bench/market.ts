import { NestFactory } from '@nestjs/core';
import { CatalogModule, SearchIndexService, priceSummaryOf } from '#libs/catalog';
import { Clock, type IdOf, SystemClock, newId, present } from '#libs/kernel';
import { Database, type SqlValue } from '#platform/database';
import { decoys } from '../search/decoys.js';

const MERCHANTS = 600;
const BUYERS = 5_000;
const HOUSEHOLDS_PER_AGREEMENT = 12;
/** Nobody runs out during a benchmark, unless it is about that. */
const ON_HAND = 100_000_000;
const ROWS_PER_INSERT = 1_000;
const NOW = new Date('2026-11-02T02:00:00Z');
const FOR_EVER = '2099-12-31';

const COUNTIES: readonly (readonly [string, string])[] = [
  ['430225', '炎陵县'],
  ['430224', '茶陵县'],
  ['430223', '攸县'],
  ['430281', '醴陵市'],
  ['430212', '渌口区'],
  ['430211', '天元区'],
];

const CATEGORIES = [
  'FRESH_FRUIT',
  'MEAT_POULTRY',
  'DRY_GOODS',
  'SNACK',
  'VEGETABLE',
  'HONEY',
  'HERB',
  'PICKLE_SAUCE',
  'HANDICRAFT',
];

/** Goods of the city itself, which the questions of buyers are about. */
const OWN: readonly (readonly [string, string])[] = [
  ['炎陵黄桃', 'FRESH_FRUIT'],
  ['茶陵大蒜', 'VEGETABLE'],
  ['攸县豆腐干', 'SNACK'],
  ['醴陵釉下五彩瓷', 'HANDICRAFT'],
  ['炎陵白鹅', 'MEAT_POULTRY'],
  ['炎陵红茶', 'DRY_GOODS'],
  ['攸县香干', 'SNACK'],
  ['茶陵红茶', 'DRY_GOODS'],
];

/** Two of these name a place: some four hundred, so that no word stands in every name. */
const FIRST = Array.from('云溪坳竹水龙策霞中鹿船石白松梅兰柏枫秀丰');
const SECOND = Array.from('上口背下渡渣源阳村原形坪冲塘湾岭垅洲铺湖');

function placeAt(index: number): string {
  const [first, second] = [index % FIRST.length, Math.floor(index / FIRST.length) % SECOND.length];
  return `${FIRST[first]}${SECOND[second]}`;
}

export interface Buyer {
  readonly id: IdOf<'usr'>;
  readonly addressId: string;
}

export interface Market {
  readonly variantIds: readonly IdOf<'var'>[];
  readonly productIds: readonly IdOf<'prd'>[];
  readonly categoryCodes: readonly string[];
  readonly buyers: readonly Buyer[];
  readonly county: string;
  /** One more variant, of which there are so many; nobody else sells it. */
  open(boxes: number): Promise<IdOf<'var'>>;
  /** Two more variants of a harvest to come, in boxes of one weight, so many of which can leave in all, a tenth a day; a tenth of the price is paid first. */
  openPresale(boxes: number): Promise<OpenPresale>;
}

export interface OpenPresale {
  readonly id: IdOf<'psl'>;
  readonly variantIds: readonly IdOf<'var'>[];
}

type Row = Readonly<Record<string, SqlValue>>;

async function insert(database: Database, table: string, rows: readonly Row[]): Promise<void> {
  for (let start = 0; start < rows.length; start += ROWS_PER_INSERT) {
    await database.transaction((tx) => tx.insert(table, rows.slice(start, start + ROWS_PER_INSERT)));
  }
}

/** Names that others share in parts, as names of goods do: one in forty is of the city itself. */
function nameOf(index: number, lookalikes: readonly { name: string; categoryCode: string }[]) {
  const [goods, categoryCode] = present(OWN[Math.floor(index / 40) % OWN.length], 'goods');
  const lookalike = present(lookalikes[index % lookalikes.length], 'a lookalike');
  const own = index % 40 === 0 ? { name: goods, categoryCode } : lookalike;
  // Each round of places begins at another one, so that the same goods come from many.
  return { ...own, name: `${placeAt(index + Math.floor(index / lookalikes.length) * 7)}${own.name}` };
}

async function places(database: Database): Promise<void> {
  await insert(database, 'division', [
    { code: '430000', parentCode: null, level: 'PROVINCE', name: '湖南省', isDesignated: false },
    { code: '430200', parentCode: '430000', level: 'CITY', name: '株洲市', isDesignated: false },
    ...COUNTIES.map(([code, name]) => ({
      code,
      parentCode: '430200',
      level: 'COUNTY',
      name,
      isDesignated: code === '430225' || code === '430224',
    })),
  ]);
  await insert(
    database,
    'category',
    CATEGORIES.map((code, position) => ({ code, nameZh: code, nameEn: code, position })),
  );
}

interface Seller {
  readonly id: IdOf<'mer'>;
  readonly countyCode: string;
  readonly warehouseId: string;
  readonly agreementId: string;
}

/** Each with a warehouse, and an agreement with a dozen households. */
async function sellers(database: Database): Promise<Seller[]> {
  const made = Array.from({ length: MERCHANTS }, (_, index) => ({
    id: newId('mer'),
    countyCode: present(COUNTIES[index % COUNTIES.length], 'a county')[0],
    warehouseId: newId('loc'),
    agreementId: newId('lka'),
  }));
  await insert(
    database,
    'merchant',
    made.map(({ id, countyCode }, index) => ({
      id,
      name: `${placeAt(index)}${index % 3 === 0 ? '果业' : '农产品'}专业合作社`,
      kind: 'COOPERATIVE',
      creditCode: `93430225${String(index).padStart(10, '0')}`,
      countyCode,
      townshipCode: null,
      contactName: '张*',
      contactPhone: '19900000000',
      state: 'ACTIVE',
      createdAt: NOW,
    })),
  );
  await insert(
    database,
    'stock_location',
    made.map(({ id, warehouseId }) => ({
      id: warehouseId,
      kind: 'WAREHOUSE',
      merchantId: id,
      channelPointId: null,
      name: '仓库',
    })),
  );
  await insert(
    database,
    'linkage_agreement',
    made.map(({ id, agreementId }) => ({
      id: agreementId,
      merchantId: id,
      kind: 'CONTRACT_FARMING',
      startsOn: '2020-01-01',
      endsBefore: null,
      signedAt: NOW,
      createdAt: NOW,
    })),
  );
  await insert(
    database,
    'linkage_household',
    made.flatMap(({ agreementId }) =>
      Array.from({ length: HOUSEHOLDS_PER_AGREEMENT }, () => ({
        agreementId,
        householdId: newId('hhd'),
        weight: 1,
      })),
    ),
  );
  return made;
}

interface Goods {
  readonly id: IdOf<'prd'>;
  readonly index: number;
  readonly seller: Seller;
  readonly batchId: string;
  readonly variants: readonly {
    readonly id: IdOf<'var'>;
    readonly netWeightG: number;
    readonly priceFen: bigint;
  }[];
}

function goodsAt(index: number, seller: Seller): Goods {
  const priceFen = 2_000n + BigInt((index * 37) % 250) * 100n;
  return {
    id: newId('prd'),
    index,
    seller,
    batchId: newId('bat'),
    variants: [
      { id: newId('var'), netWeightG: 2_500, priceFen },
      { id: newId('var'), netWeightG: 5_000, priceFen: priceFen * 2n - 500n },
    ],
  };
}

/** Products with two variants and a batch; every second one is certified and has a harvest to come. */
async function stock(database: Database, all: readonly Goods[], onHand = ON_HAND): Promise<void> {
  const lookalikes = decoys(10_000);
  await insert(
    database,
    'product',
    all.map(({ id, index, seller, variants }) => ({
      id,
      merchantId: seller.id,
      ...nameOf(index, lookalikes),
      description: '海拔八百米，当天采摘，冷链发货。',
      originCountyCode: seller.countyCode,
      isPerishable: index % 3 === 0,
      seasonFrom: index % 3 === 0 ? (index % 12) + 1 : null,
      seasonTo: index % 3 === 0 ? ((index + 2) % 12) + 1 : null,
      ...present(priceSummaryOf(variants), 'prices'),
      soldQuantity: (index * 7_919) % 10_000,
      state: 'ON_SALE',
      listedAt: new Date(NOW.getTime() - index * 1_000),
      updatedAt: NOW,
    })),
  );
  await insert(
    database,
    'product_batch',
    all.map(({ id, index, batchId, seller }) => ({
      id: batchId,
      productId: id,
      traceCode: `BENCH-${index}`,
      originCountyCode: seller.countyCode,
      originVillageCode: null,
      linkageAgreementId: seller.agreementId,
      harvestedOn: '2026-10-20',
      bestBeforeOn: FOR_EVER,
      createdAt: NOW,
    })),
  );
  const everySecond = all.filter(({ index }) => index % 2 === 0);
  await insert(
    database,
    'certification',
    everySecond.map(({ id, index }) => ({
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
  await insert(
    database,
    'harvest_window',
    everySecond.map(({ id }) => ({
      id: newId('hvw'),
      productId: id,
      villageCode: null,
      opensOn: '2098-07-01',
      closesOn: '2098-08-31',
    })),
  );
  await insert(
    database,
    'product_variant',
    all.flatMap(({ id, index, variants }) =>
      variants.map((variant, position) => ({
        ...variant,
        productId: id,
        sku: `B-${index}-${position}`,
        name: position === 0 ? '5斤装' : '10斤装',
        position,
        state: 'ON_SALE',
      })),
    ),
  );
  await insert(
    database,
    'stock_level',
    all.flatMap(({ variants, seller, batchId }) =>
      variants.map((variant) => ({
        id: newId('stk'),
        variantId: variant.id,
        locationId: seller.warehouseId,
        batchId,
        bestBeforeOn: FOR_EVER,
        onHand,
        reserved: 0,
      })),
    ),
  );
}

/** Each with an address in their book. */
async function buyersOf(database: Database): Promise<Buyer[]> {
  const buyers = Array.from({ length: BUYERS }, () => ({ id: newId('usr'), addressId: newId('adr') }));
  await insert(
    database,
    'buyer_address',
    buyers.map(({ id, addressId }) => ({
      id: addressId,
      buyerId: id,
      name: '李女士',
      phone: '19900000300',
      countyCode: '430225',
      townshipCode: '',
      detail: '霞阳镇神农大道1号',
      defaultOf: id,
      contentHash: Buffer.alloc(32, addressId),
      changedAt: NOW,
    })),
  );
  return buyers;
}

const BOX_G = 2_500;
const PRESALE_DAYS = 10;

/** What `presaleOpen` writes; the rest is due in ten days, and dispatch begins in twenty. */
async function presale(
  database: Database,
  { id: productId, seller, batchId, variants }: Goods,
  boxes: number,
) {
  const id = newId('psl');
  const [now, DAY_MS] = [new Date(), 86_400_000];
  const inDays = (days: number) => new Date(now.getTime() + days * DAY_MS);
  const dayOf = (days: number) => inDays(days).toISOString().slice(0, 10);
  await insert(database, 'presale', [
    {
      id,
      merchantId: seller.id,
      productId,
      batchId,
      firstOn: dayOf(20),
      lastOn: dayOf(19 + PRESALE_DAYS),
      ordersOpenAt: inDays(-1),
      ordersCloseAt: inDays(5),
      payment: 'DEPOSIT',
      depositBps: 1_000,
      balanceDueOn: dayOf(10),
      state: 'OPEN',
      openedBy: newId('usr'),
      createdAt: inDays(-1),
      closedAt: null,
    },
  ]);
  await insert(
    database,
    'presale_variant',
    variants.map(({ id: variantId, netWeightG }) => ({
      presaleId: id,
      variantId,
      netWeightG,
      openVariantId: variantId,
    })),
  );
  await insert(
    database,
    'presale_day',
    Array.from({ length: PRESALE_DAYS }, (_, day) => ({
      id: newId('psd'),
      presaleId: id,
      day: dayOf(20 + day),
      announcedG: (boxes / PRESALE_DAYS) * BOX_G,
      capacityG: (boxes / PRESALE_DAYS) * BOX_G,
      reservedG: 0,
      shippedG: 0,
    })),
  );
  return { id, variantIds: variants.map((variant) => variant.id) };
}

class MarketModule {}

/** By the service that writes it when a merchant lists something. */
async function indexForSearch(database: Database): Promise<void> {
  const providers = [
    { provide: Database, useValue: database },
    { provide: Clock, useClass: SystemClock },
  ];
  const app = await NestFactory.createApplicationContext(
    { module: MarketModule, global: true, imports: [CatalogModule], providers, exports: providers },
    { logger: ['error', 'warn'] },
  );
  try {
    await app.get(SearchIndexService).rebuild();
  } finally {
    await app.close();
  }
}

/** Fills an empty, migrated database. Documents for search are written only for those who ask: they take longer than all the rest. */
export async function openMarket(
  database: Database,
  { products = 2_000, isSearched = false } = {},
): Promise<Market> {
  await places(database);
  const merchants = await sellers(database);
  const sellerOf = (index: number) => present(merchants[index % MERCHANTS], 'a seller');
  const all = Array.from({ length: products }, (_, index) => goodsAt(index, sellerOf(index)));
  await stock(database, all);
  const buyers = await buyersOf(database);
  if (isSearched) await indexForSearch(database);
  // What the optimiser believes of tables that were empty a moment ago decides more than any code.
  await database.query(
    'ANALYZE TABLE product, product_variant, product_batch, certification, stock_level, harvest_window',
  );
  let opened = products;
  return {
    variantIds: all.flatMap(({ variants }) => variants.map(({ id }) => id)),
    productIds: all.map(({ id }) => id),
    categoryCodes: CATEGORIES,
    buyers,
    county: '430225',
    open: async (boxes) => {
      const goods = goodsAt((opened += 1), sellerOf(opened));
      await stock(database, [goods], boxes);
      return present(goods.variants[0], 'a variant').id;
    },
    openPresale: async (boxes) => {
      const goods = goodsAt((opened += 1), sellerOf(opened));
      const inBoxes = {
        ...goods,
        variants: goods.variants.map((variant) => ({ ...variant, netWeightG: BOX_G })),
      };
      // What lies in the warehouse is not what is sold.
      await stock(database, [inBoxes]);
      return presale(database, inBoxes, boxes);
    },
  };
}
