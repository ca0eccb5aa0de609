import { benchCounters } from './counters.js';
import { MERCHANT_PARTS, benchMerchant } from './merchant.js';
import { SETTLEMENT_PARTS, benchSettlement } from './settlement.js';
import { SHEET_TABLE_NAMES } from './sheet-tables.js';
import { benchSheets } from './sheets.js';
import { benchVolume } from './volume.js';
import { STOREFRONT_PARTS, benchStorefront } from './storefront.js';

/**
 * `npm run bench [suite or part …]`: a suite (`storefront`, `merchant`, `settlement`, `volume`, `counters`), or parts of them by name; all of them if nothing is named.
 * `sheets` may be followed by kinds of tables. What each part measures, and against what, stands at its function; measured numbers are in docs/benchmarks.md.
 */
const known = [
  'storefront',
  'merchant',
  'settlement',
  'volume',
  'counters',
  ...STOREFRONT_PARTS,
  ...MERCHANT_PARTS,
  ...SETTLEMENT_PARTS,
  'sheets',
  ...SHEET_TABLE_NAMES,
];
const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !known.includes(name));
if (unknown.length > 0)
  throw new Error(`There is no "${unknown.join('", "')}"; there are: ${known.join(', ')}`);

function partsOf<P extends string>(suite: string, parts: readonly P[]): P[] {
  return parts.filter((part) => asked.length === 0 || asked.includes(suite) || asked.includes(part));
}

const storefront = partsOf('storefront', STOREFRONT_PARTS);
if (storefront.length > 0) await benchStorefront(storefront);
const merchant = partsOf('merchant', MERCHANT_PARTS);
if (merchant.length > 0) await benchMerchant(merchant);
await benchSettlement(partsOf('settlement', SETTLEMENT_PARTS));
const tables = SHEET_TABLE_NAMES.filter((name) => asked.includes(name));
if (tables.length > 0) await benchSheets(tables);
else if (partsOf('settlement', ['sheets']).length > 0) await benchSheets();
if (asked.length === 0 || asked.includes('volume')) await benchVolume();
if (asked.length === 0 || asked.includes('counters')) await benchCounters();
