import { createHash, randomBytes } from 'node:crypto';
import { newId, present } from '#libs/kernel';
import type { Database, SqlValue } from '#platform/database';
import type { Provisioned } from './provision.js';

type Row = Readonly<Record<string, SqlValue>>;

/** Rows that travel together: a packet of a megabyte or so. */
const ROWS_PER_INSERT = 1_000;
const PRODUCTS = 8;
const CAPACITY = 10;
const PAR_LEVEL = 8;
/** Two lanes hold so little that people get in each other's way there. */
const FEW = 2;
/**
 * What stands on the trays of a cabinet with one door: by their weights no few things of one tray may be taken for others of it, and three of the dearest are more than a bank is
 * asked to keep ready.
 */
const TRAYS = [
  { code: 'A1', goods: 0, unitG: 520, toleranceG: 15, units: 12, priceFen: null },
  { code: 'A2', goods: 1, unitG: 310, toleranceG: 4, units: 10, priceFen: null },
  { code: 'A2', goods: 2, unitG: 140, toleranceG: 2, units: 12, priceFen: null },
  { code: 'A3', goods: 3, unitG: 800, toleranceG: 10, units: 9, priceFen: 7_200n },
] as const;
const TRAY_CAPACITY = 40;
const PLACES = [
  ['430225', '炎陵县'],
  ['430224', '茶陵县'],
  ['430223', '攸县'],
  ['430211', '天元区'],
] as const;

async function insert(database: Database, table: string, rows: readonly Row[]): Promise<void> {
  for (let start = 0; start < rows.length; start += ROWS_PER_INSERT)
    await database.transaction((tx) => tx.insert(table, rows.slice(start, start + ROWS_PER_INSERT)));
}

async function places(database: Database): Promise<void> {
  const all: readonly (readonly [string, string | null, string, string])[] = [
    ['430000', null, 'PROVINCE', '湖南省'],
    ['430200', '430000', 'CITY', '株洲市'],
    ...PLACES.map(([code, name]) => [code, '430200', 'COUNTY', name] as const),
  ];
  for (const [code, parent, level, name] of all)
    await database.transaction((tx) =>
      tx.write('INSERT IGNORE INTO division (code, parent_code, level, name) VALUES (?, ?, ?, ?)', [
        code,
        parent,
        level,
        name,
      ]),
    );
  await database.transaction((tx) =>
    tx.write(
      "INSERT IGNORE INTO category (code, name_zh, name_en, position) VALUES ('SNACK', '零食', 'Snacks', 1)",
    ),
  );
}

/** One who runs all of them, and what they sell. */
async function operator(database: Database) {
  const now = new Date();
  const operatorId = newId('mer');
  const goods = Array.from({ length: PRODUCTS }, (_, index) => ({
    productId: newId('prd'),
    variantId: newId('var'),
    batchId: newId('bat'),
    priceFen: BigInt(500 + index * 130),
  }));
  await insert(database, 'merchant', [
    {
      id: operatorId,
      name: '罗霄山食品有限公司',
      kind: 'COOPERATIVE',
      creditCode: randomBytes(9).toString('hex').toUpperCase(),
      countyCode: '430225',
      townshipCode: null,
      contactName: '张*',
      contactPhone: '19900000000',
      state: 'ACTIVE',
      createdAt: now,
    },
  ]);
  await insert(
    database,
    'product',
    goods.map(({ productId, priceFen }, index) => ({
      id: productId,
      merchantId: operatorId,
      categoryCode: 'SNACK',
      name: `攸县豆腐干 ${index + 1} 号`,
      description: '独立小包装。',
      originCountyCode: '430223',
      isPerishable: false,
      seasonFrom: null,
      seasonTo: null,
      priceFromFen: priceFen,
      jinPriceFromFen: priceFen,
      state: 'ON_SALE',
      listedAt: now,
      updatedAt: now,
    })),
  );
  await insert(
    database,
    'product_variant',
    goods.map(({ productId, variantId, priceFen }) => ({
      id: variantId,
      productId,
      sku: variantId.slice(-20),
      name: '一袋',
      netWeightG: 200,
      priceFen,
      position: 0,
      state: 'ON_SALE',
    })),
  );
  await insert(
    database,
    'product_batch',
    goods.map(({ productId, batchId }) => ({
      id: batchId,
      productId,
      traceCode: batchId,
      originCountyCode: '430223',
      originVillageCode: null,
      linkageAgreementId: null,
      harvestedOn: '2026-10-20',
      bestBeforeOn: null,
      createdAt: now,
    })),
  );
  return { operatorId, goods };
}

/** What stands where: a lane of a slot cabinet, or one of the things on a tray. */
interface Stand {
  readonly code: string;
  readonly position: number;
  readonly goods: number;
  readonly units: number;
  readonly priceFen: bigint | null;
  /** Null in a lane. */
  readonly weight: { readonly unitG: number; readonly toleranceG: number } | null;
}

function lanesOf(index: number, slots: number): Stand[] {
  return Array.from({ length: slots }, (_, position) => ({
    code: `${'ABCDEFGH'[Math.floor(position / 8)] ?? 'Z'}${(position % 8) + 1}`,
    position,
    goods: (index + position) % PRODUCTS,
    units: position < FEW ? FEW : PAR_LEVEL,
    priceFen: null,
    weight: null,
  }));
}

function traysOf(): Stand[] {
  return TRAYS.map(({ unitG, toleranceG, ...tray }) => ({
    ...tray,
    position: Number(tray.code.slice(1)) - 1,
    weight: { unitG, toleranceG },
  }));
}

/**
 * So many cabinets of one operator, the last `doors` of them with one door and trays that weigh, with credentials and goods in them, written as rows: what services would take minutes for. For
 * storms and benchmarks on a database of their own; what services decide is what they find out there.
 */
export async function manyCabinets(
  database: Database,
  count: number,
  slots: number,
  doors = 0,
): Promise<Provisioned[]> {
  await places(database);
  const { operatorId, goods } = await operator(database);
  const now = new Date();
  const made = Array.from({ length: count }, (_, index) => {
    const [countyCode, countyName] = present(PLACES[index % PLACES.length], 'a county');
    const ids = { cabinetId: newId('cab'), credentialId: newId('ccr'), pointId: newId('chp') };
    const model = index >= count - doors ? ('OPEN_DOOR' as const) : ('SLOT_CABINET' as const);
    return {
      ...ids,
      model,
      index,
      countyCode,
      countyName,
      secret: randomBytes(32).toString('base64url'),
    };
  });
  const stands = made.flatMap(({ cabinetId, pointId, index, model }) =>
    (model === 'OPEN_DOOR' ? traysOf() : lanesOf(index, slots)).map((stand) => {
      const what = present(goods[stand.goods], 'goods');
      const priceFen = stand.priceFen ?? what.priceFen;
      return { ...stand, cabinetId, pointId, goods: what, priceFen, levelId: newId('stk') };
    }),
  );
  // Two things may stand on one tray.
  const placesById = new Map(stands.map((stand) => [`${stand.pointId} ${stand.code}`, stand]));
  const slotsOfAll = [...placesById].map(([key, stand]) => ({ ...stand, key, locationId: newId('loc') }));
  const locationAt = new Map(slotsOfAll.map(({ key, locationId }) => [key, locationId]));
  await insert(
    database,
    'channel_point',
    made.map(({ pointId, countyCode, countyName, index, model }) => ({
      id: pointId,
      kind: 'COUNTER',
      name: `${countyName}消费扶贫专柜 ${index + 1} 号`,
      countyCode,
      address: `${countyName}炎帝路${index + 1}号`,
      cabinetKind: model === 'OPEN_DOOR' ? 'GRAVITY' : 'SLOT',
      state: 'OPEN',
      openedOn: '2019-10-17',
      createdAt: now,
    })),
  );
  await insert(
    database,
    'cabinet',
    made.map(({ cabinetId, pointId, countyCode, model }) => ({
      id: cabinetId,
      channelPointId: pointId,
      activePointId: pointId,
      countyCode,
      operatorId,
      serialNo: `MANY-${cabinetId.slice(-26)}`,
      model,
      state: 'ACTIVE',
      slotRevision: 1,
      registeredBy: 'many',
      registeredAt: now,
      retiredAt: null,
    })),
  );
  await insert(
    database,
    'cabinet_link',
    made.map(({ cabinetId }) => ({ cabinetId })),
  );
  await insert(
    database,
    'cabinet_setting',
    made.map(({ cabinetId }) => ({
      cabinetId,
      temperatureBand: 'AMBIENT',
      changedBy: 'many',
      changedAt: now,
    })),
  );
  await insert(
    database,
    'cabinet_credential',
    made.map(({ cabinetId, credentialId, secret }) => ({
      id: credentialId,
      cabinetId,
      secretHash: createHash('sha256').update(secret).digest('hex'),
      issuedBy: 'many',
      issuedAt: now,
      expiresAt: null,
      revokedAt: null,
    })),
  );
  await insert(
    database,
    'cabinet_slot',
    slotsOfAll.map(({ cabinetId, code, position, weight }) => ({
      cabinetId,
      code,
      position,
      capacity: weight ? TRAY_CAPACITY : CAPACITY,
      maxItemG: 1_000,
    })),
  );
  await insert(
    database,
    'planogram',
    made.map(({ cabinetId }) => ({ cabinetId, revision: 1, setBy: 'many', setAt: now })),
  );
  await insert(
    database,
    'planogram_slot',
    stands
      .filter(({ weight }) => weight === null)
      .map(({ cabinetId, code, goods: { variantId }, priceFen }) => ({
        cabinetId,
        slotCode: code,
        variantId,
        priceFen,
        parLevel: PAR_LEVEL,
      })),
  );
  await insert(
    database,
    'tray_good',
    stands.flatMap(({ cabinetId, code, goods: { variantId }, priceFen, units, weight }) =>
      weight ? [{ cabinetId, slotCode: code, variantId, priceFen, parLevel: units, ...weight }] : [],
    ),
  );
  await insert(
    database,
    'stock_location',
    slotsOfAll.map(({ pointId, code, locationId }) => ({
      id: locationId,
      kind: 'SHELF',
      merchantId: null,
      channelPointId: pointId,
      slotCode: code,
      name: `货道 ${code}`,
    })),
  );
  await insert(
    database,
    'stock_level',
    stands.map((stand) => ({
      id: stand.levelId,
      variantId: stand.goods.variantId,
      locationId: locationAt.get(`${stand.pointId} ${stand.code}`) ?? null,
      batchId: stand.goods.batchId,
      bestBeforeOn: '9999-12-31',
      onHand: stand.units,
      reserved: 0,
    })),
  );
  await insert(
    database,
    'stock_movement',
    stands.map(({ levelId, units }) => ({
      id: newId('stm'),
      stockLevelId: levelId,
      kind: 'RECEIVED',
      quantity: units,
      causeKey: 'many',
      movedAt: now,
    })),
  );
  const standsIn = new Map<string, (typeof stands)[number][]>(made.map(({ cabinetId }) => [cabinetId, []]));
  for (const stand of stands) standsIn.get(stand.cabinetId)?.push(stand);
  return made.map(({ cabinetId, pointId, credentialId, secret, model }) => {
    const here = standsIn.get(cabinetId) ?? [];
    return {
      cabinetId,
      channelPointId: pointId,
      credentialId,
      secret,
      model,
      operatorId,
      memory: { bootNo: 0, soldUnits: 0, soldFen: 0 },
      parcels: [],
      trays: here.flatMap(({ code, units, goods: { variantId, batchId }, weight }) =>
        weight ? [{ code, variantId, batchId, units, ...weight }] : [],
      ),
      shelf: here.flatMap(({ code, units, priceFen, goods: { batchId }, weight }) =>
        weight ? [] : [{ code, units, priceFen: Number(priceFen), batchId }],
      ),
    };
  });
}
