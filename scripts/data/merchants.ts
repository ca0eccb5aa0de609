import { assert, creditCodeCheck, present } from '#libs/kernel';
import type { CategoryRow, MerchantRow, WarehouseRow } from './files.js';
import { readSource } from './paths.js';
import { PHONES } from './phones.js';
import { seededId } from './seeded-id.js';
import { type Divisions, cell } from './shared.js';

/** The first two characters of a credit code: who registers what. */
const REGISTRY: Readonly<Record<string, string>> = {
  COOPERATIVE: '93',
  LEADING_ENTERPRISE: '91',
  FAMILY_FARM: '92',
  VILLAGE_COLLECTIVE: 'N2',
  VENUE_OPERATOR: '91',
  INSTITUTION: '12',
};

/** GB 11714: the ninth character of an organisation code. */
function organisationCheck(body: string): string {
  const weights = [3, 7, 9, 10, 5, 8, 4, 2];
  const sum = weights.reduce(
    (total, weight, index) => total + weight * Number.parseInt(body.charAt(index), 36),
    0,
  );
  const check = (11 - (sum % 11)) % 11;
  return check === 10 ? 'X' : String(check);
}

/** Of correct form and with both check characters, and yet nobody's: no organisation code begins with XXXX. */
export function fictionalCreditCode(kind: string, countyCode: string, number: number): string {
  const organisation = `XXXX${String(number).padStart(4, '0')}`;
  const body = `${present(REGISTRY[kind], `registry of ${kind}`)}${countyCode}${organisation}${organisationCheck(organisation)}`;
  return `${body}${present(creditCodeCheck(body), 'a check character')}`;
}

/** Whoever runs pavilions and zones sells there what others grow: no households, cabinets or goods of its own. */
export function isHost({ kind }: Pick<MerchantRow, 'kind'>): boolean {
  return kind === 'VENUE_OPERATOR';
}

export function generateCategories(): CategoryRow[] {
  return readSource('categories.csv').map((row, index) => ({
    code: cell(row, 'code'),
    nameZh: cell(row, 'nameZh'),
    nameEn: cell(row, 'nameEn'),
    position: index + 1,
  }));
}

export function generateMerchants(divisions: Divisions): {
  merchants: MerchantRow[];
  warehouses: WarehouseRow[];
} {
  const merchants = readSource('merchants.csv').map((row, index): MerchantRow => {
    const countyCode = cell(row, 'countyCode');
    const township = divisions.get(`${countyCode}${cell(row, 'township')}`);
    assert(township.level === 'TOWNSHIP', `${township.code} is a township`);
    return {
      id: seededId('mer', cell(row, 'key')),
      key: cell(row, 'key'),
      name: cell(row, 'name'),
      kind: cell(row, 'kind'),
      creditCode: fictionalCreditCode(cell(row, 'kind'), countyCode, index + 1),
      countyCode,
      townshipCode: township.code,
      contactName: cell(row, 'contact'),
      contactPhone: PHONES.merchant(index),
    };
  });
  const warehouses = merchants.map(({ id, key, name }) => ({
    id: seededId('loc', `warehouse:${key}`),
    merchantId: id,
    name: `${name}仓库`,
  }));
  return { merchants, warehouses };
}
