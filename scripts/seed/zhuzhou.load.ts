import { parseCsv } from '../data/csv.js';
import type { DivisionsFile } from '../data/files.js';
import { seededId } from '../data/seeded-id.js';
import { type FileLoad, csvLoad, orNull, readDataFile, unkeyed, upsert } from './table-load.js';
import { calendar } from './calendar.load.js';
import { harvestWindows } from './harvest-windows.load.js';
import { goodsKinds, productVariants, referencePrices } from './fair-prices.load.js';
import { payeeAccounts } from './payee-accounts.load.js';
import { cabinets } from './cabinets.load.js';
import { adoptions } from './adoptions.load.js';
import { pairings } from './pairings.load.js';
import { presales } from './presales.load.js';
import { places } from './places.load.js';
import { counterShelves } from './shelves.load.js';
import { volumeHistory } from './volume-history.load.js';

/** Rows that have no date of their own came with the house. */
const SEEDED_AT = new Date('2018-12-31T16:00:00Z');
/** The last day that DATE knows: what does not perish is sold last. */
const NEVER = '9999-12-31';

/** The whole country down to the county: a parcel may go anywhere. Goods come from Zhuzhou, whose own file says more of its places. */
const country = csvLoad(
  '../divisions/cn.csv',
  'division',
  ({ code = '', name = '', level = '', parentCode }) => ({
    code,
    parentCode: orNull(parentCode),
    level,
    name,
    isDesignated: false,
  }),
  ['parentCode', 'level', 'name'],
);

const divisions: FileLoad = {
  file: 'divisions.json',
  load: async (tx, text) => {
    const file = JSON.parse(text) as DivisionsFile;
    const rows = file.divisions.map((division) => ({
      code: division.code,
      parentCode: division.parentCode,
      level: division.level,
      name: division.name,
      isDesignated: division.isDesignated ?? false,
      longitude: division.longitude ?? null,
      latitude: division.latitude ?? null,
    }));
    await upsert(tx, 'division', rows, [
      'parentCode',
      'level',
      'name',
      'isDesignated',
      'longitude',
      'latitude',
    ]);
    return rows.length;
  },
};

/** The goods on hand, and the movement that brought each of them: what is on a shelf is the sum of its movements. */
const stockLevels: FileLoad = {
  file: 'stock-levels.csv',
  load: async (tx, text, { dates }) => {
    const rows = parseCsv(text);
    const batches = await tx.query<{ id: string; bestBeforeOn: string | null }>(
      'SELECT id, best_before_on AS bestBeforeOn FROM product_batch WHERE id IN (?)',
      [[...new Set(rows.map((row) => row['batchId'] ?? ''))]],
    );
    const bestBefore = new Map(batches.map(({ id, bestBeforeOn }) => [id, bestBeforeOn]));
    const levels = rows.map((row) => ({
      id: row['id'] ?? '',
      variantId: row['variantId'] ?? '',
      locationId: row['locationId'] ?? '',
      batchId: row['batchId'] ?? '',
      bestBeforeOn: bestBefore.get(row['batchId'] ?? '') ?? NEVER,
      onHand: Number(row['onHand']),
      reserved: 0,
    }));
    const movements = levels
      .filter(({ onHand }) => onHand > 0)
      .map(({ id, onHand }) => ({
        id: seededId('stm', id),
        stockLevelId: id,
        kind: 'RECEIVED',
        quantity: onHand,
        causeKey: 'seed',
        movedAt: dates.now,
      }));
    await upsert(tx, 'stock_level', levels);
    await upsert(tx, 'stock_movement', movements);
    return levels.length;
  },
};

/** Of a merchant's, with where it is registered. */
const memberships: FileLoad = {
  file: 'memberships.csv',
  load: async (tx, text) => {
    const counties = new Map(
      parseCsv(readDataFile('merchants.csv')).map(({ id, countyCode }) => [id, countyCode]),
    );
    const rows = parseCsv(text).map((row) => ({
      ...row,
      countyCode: counties.get(row['scopeId']) ?? null,
      createdAt: SEEDED_AT,
    }));
    await upsert(tx, 'membership', rows);
    return rows.length;
  },
};

/** In this order: what is referred to comes before what refers to it. */
export const ZHUZHOU: readonly FileLoad[] = [
  country,
  divisions,
  calendar,
  csvLoad('people.csv', 'user_account', (row) => ({
    id: row['id'] ?? '',
    phone: row['phone'] ?? '',
    displayName: row['displayName'] ?? '',
    createdAt: SEEDED_AT,
  })),
  csvLoad(
    'merchants.csv',
    'merchant',
    (row) => ({ ...unkeyed(row), state: 'ACTIVE', createdAt: SEEDED_AT }),
    ['name', 'kind', 'countyCode', 'townshipCode', 'contactName', 'contactPhone'],
  ),
  memberships,
  csvLoad('procurement-units.csv', 'procurement_unit', (row) => ({
    ...row,
    invoiceTitle: row['name'] ?? '',
    taxNo: row['creditCode'] ?? '',
    representedById: orNull(row['representedById']),
    mergedIntoId: orNull(row['mergedIntoId']),
    mergedOn: orNull(row['mergedOn']),
    createdAt: SEEDED_AT,
  })),
  csvLoad('procurement-contractors.csv', 'procurement_contractor', (row) => ({ ...row })),
  csvLoad('procurement-members.csv', 'procurement_member', (row) => ({ ...row, addedAt: SEEDED_AT })),
  csvLoad('reserved-shares.csv', 'reserved_share', ({ filedOn = '', ...row }, dates) => ({
    ...row,
    version: 1,
    filedBy: null,
    filedAt: dates.instant(filedOn),
  })),
  // As if two of finance had agreed long ago; what has been agreed since is a later version, and stays.
  csvLoad('credit-terms.csv', 'credit_term', (row) => ({
    ...row,
    version: 1,
    state: 'IN_FORCE',
    approvalRequestId: seededId('apr', row['id'] ?? ''),
    proposedAt: SEEDED_AT,
    decidedAt: SEEDED_AT,
  })),
  csvLoad('households.csv', 'household', (row) => ({ ...row, createdAt: SEEDED_AT })),
  csvLoad('household-members.csv', 'household_member', (row) => ({
    ...row,
    isHead: row['isHead'] === '1',
    birthYear: orNull(row['birthYear']),
  })),
  csvLoad('linkage-agreements.csv', 'linkage_agreement', (row) => ({
    ...row,
    endsBefore: orNull(row['endsBefore']),
    createdAt: SEEDED_AT,
    signedAt: SEEDED_AT,
  })),
  csvLoad('linkage-households.csv', 'linkage_household', (row) => ({ ...row })),
  csvLoad('categories.csv', 'category', (row) => ({ ...row }), ['nameZh', 'nameEn', 'position']),
  csvLoad(
    'products.csv',
    'product',
    ({ listedOn = '', ...row }, dates) => ({
      ...unkeyed(row),
      seasonFrom: orNull(row['seasonFrom']),
      seasonTo: orNull(row['seasonTo']),
      state: 'ON_SALE',
      listedAt: dates.instant(listedOn),
      updatedAt: dates.instant(listedOn),
    }),
    ['categoryCode', 'name', 'description', 'isPerishable', 'seasonFrom', 'seasonTo'],
  ),
  productVariants,
  goodsKinds,
  referencePrices,
  csvLoad(
    'product-batches.csv',
    'product_batch',
    ({ harvestedDaysAgo, bestBeforeInDays, ...row }, dates) => ({
      ...row,
      originVillageCode: orNull(row['originVillageCode']),
      linkageAgreementId: orNull(row['linkageAgreementId']),
      harvestedOn: dates.day(-Number(harvestedDaysAgo)),
      bestBeforeOn: bestBeforeInDays === '' ? null : dates.day(Number(bestBeforeInDays)),
      createdAt: dates.now,
    }),
  ),
  csvLoad('certifications.csv', 'certification', ({ revoked = '', ...row }, dates) => ({
    ...row,
    validFrom: dates.instant(row['validFrom'] ?? ''),
    validTo: dates.instant(row['validTo'] ?? ''),
    revokedAt: revoked === '' ? null : dates.instant(revoked),
  })),
  harvestWindows,
  presales,
  adoptions,
  csvLoad('warehouses.csv', 'stock_location', (row) => ({ ...row, kind: 'WAREHOUSE' }), ['name']),
  stockLevels,
  places,
  counterShelves,
  cabinets,
  pairings,
  payeeAccounts,
  volumeHistory,
];
