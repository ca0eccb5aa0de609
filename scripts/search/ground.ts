import { readFileSync } from 'node:fs';
import { present } from '#libs/kernel';
import { priceSummaryOf } from '#libs/catalog';
import type { Database, SqlValue } from '#platform/database';
import { parseCsv } from '../data/csv.js';
import { dataPath } from '../data/paths.js';
import { seededId } from '../data/seeded-id.js';
import { chunked, unkeyed } from '../seed/table-load.js';
import { decoys } from './decoys.js';
import type { JudgedProduct } from './judged.js';

const LISTED_AT = new Date('2026-06-30T00:00:00Z');

type Row = Readonly<Record<string, SqlValue>>;

async function insert(database: Database, table: string, rows: readonly Row[]): Promise<void> {
  for (const chunk of chunked(rows, 500)) await database.transaction((tx) => tx.insert(table, chunk));
}

/**
 * The catalogue of the demo among decoys, in an empty, migrated database: names, what stands around them, and what the demo's history has sold;
 * nobody has bought a decoy.
 */
export async function fillCatalogue(database: Database, decoyCount: number): Promise<JudgedProduct[]> {
  const rowsOf = (file: string) => parseCsv(readFileSync(dataPath(file), 'utf8'));
  const merchants = rowsOf('merchants.csv').map((row) => ({
    ...unkeyed(row),
    state: 'ACTIVE',
    createdAt: LISTED_AT,
  }));
  const divisions = JSON.parse(readFileSync(dataPath('divisions.json'), 'utf8')) as {
    divisions: { code: string; parentCode: string | null; level: string; name: string }[];
  };
  const counties = divisions.divisions.filter(({ level }) => level === 'COUNTY');
  const variants = rowsOf('product-variants.csv').map((row) => ({
    productId: row['productId'] ?? '',
    priceFen: BigInt(row['priceFen'] ?? 0),
    netWeightG: Number(row['netWeightG']),
  }));
  const sold = new Map<string, number>();
  for (const row of rowsOf('volume-history.csv')) {
    const key = row['product'] ?? '';
    sold.set(key, (sold.get(key) ?? 0) + Number(row['quantity']));
  }
  const real = rowsOf('products.csv').map((row) => ({
    id: row['id'] ?? '',
    merchantId: row['merchantId'] ?? '',
    categoryCode: row['categoryCode'] ?? '',
    name: row['name'] ?? '',
    originCountyCode: row['originCountyCode'] ?? '',
    soldQuantity: sold.get(row['key'] ?? '') ?? 0,
  }));
  const fake = decoys(decoyCount).map(({ name, categoryCode }, index) => ({
    id: seededId('prd', `decoy:${name}`),
    merchantId: present(real[index % real.length], 'a seller').merchantId,
    categoryCode,
    name,
    originCountyCode: present(counties[index % counties.length], 'a county').code,
    soldQuantity: 0,
  }));
  const products = [...real, ...fake];
  await insert(
    database,
    'division',
    counties.map(({ code, parentCode, level, name }) => ({
      code,
      parentCode,
      level,
      name,
      isDesignated: false,
    })),
  );
  await insert(
    database,
    'category',
    rowsOf('categories.csv').map((row) => ({ ...row })),
  );
  await insert(database, 'merchant', merchants);
  await insert(
    database,
    'product',
    products.map((product) => ({
      ...product,
      description: '',
      isPerishable: false,
      seasonFrom: null,
      seasonTo: null,
      ...(priceSummaryOf(variants.filter(({ productId }) => productId === product.id)) ?? {
        priceFromFen: 1_000n,
        jinPriceFromFen: 1_000n,
      }),
      state: 'ON_SALE',
      listedAt: LISTED_AT,
      updatedAt: LISTED_AT,
    })),
  );
  return products;
}
