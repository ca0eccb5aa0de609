import { createHash } from 'node:crypto';
import { sumFen } from '#libs/kernel';
import { generateCabinets } from './cabinets.js';
import { generateListings } from './channel-listings.js';
import { generateCounters, generatePavilions, generateZones } from './channel-points.js';
import { formatCsv } from './csv.js';
import { COLUMNS, type Totals, type VolumeRow } from './files.js';
import { generateHouseholds, generateLinkages } from './households.js';
import { generateCategories, generateMerchants, isHost } from './merchants.js';
import { generatePayeeAccounts } from './payee-accounts.js';
import { generatePeople } from './people.js';
import { generateProcurement } from './procurement.js';
import { generateCertifications, generateGoods } from './products.js';
import { Divisions, groupBy, readCounties, readDivisions } from './shared.js';
import { generateVolume } from './volume-history.js';

/** Every generated file of data/zhuzhou by name, the same bytes in every run. */
export function generateZhuzhou(): ReadonlyMap<string, string> {
  const counties = readCounties();
  const divisions = new Divisions(readDivisions());
  const { merchants, warehouses } = generateMerchants(divisions);
  const sellers = merchants.filter((merchant) => !isHost(merchant));
  const { households, members } = generateHouseholds(counties, divisions, sellers);
  const { agreements, linked } = generateLinkages(sellers, households);
  const { products, variants, batches, stockLevels } = generateGoods(
    divisions,
    merchants,
    warehouses,
    agreements,
  );
  const certifications = generateCertifications(products, agreements, linked, members);
  const points = [
    ...generatePavilions(counties, divisions),
    ...generateZones(counties, divisions),
    ...generateCounters(counties, divisions),
  ];
  const { people, memberships, logins } = generatePeople(counties, merchants);
  const procurement = generateProcurement(counties);
  const volume = generateVolume(counties, products, variants, certifications);

  const tables = new Map<string, string>([
    ['categories.csv', formatCsv(COLUMNS.categories, generateCategories())],
    ['merchants.csv', formatCsv(COLUMNS.merchants, merchants)],
    ['warehouses.csv', formatCsv(COLUMNS.warehouses, warehouses)],
    ['households.csv', formatCsv(COLUMNS.households, households)],
    ['household-members.csv', formatCsv(COLUMNS.householdMembers, members)],
    ['linkage-agreements.csv', formatCsv(COLUMNS.linkageAgreements, agreements)],
    ['linkage-households.csv', formatCsv(COLUMNS.linkageHouseholds, linked)],
    ['products.csv', formatCsv(COLUMNS.products, products)],
    ['product-variants.csv', formatCsv(COLUMNS.variants, variants)],
    ['product-batches.csv', formatCsv(COLUMNS.batches, batches)],
    ['certifications.csv', formatCsv(COLUMNS.certifications, certifications)],
    ['stock-levels.csv', formatCsv(COLUMNS.stockLevels, stockLevels)],
    ['channel-points.csv', formatCsv(COLUMNS.channelPoints, points)],
    ['cabinets.csv', formatCsv(COLUMNS.cabinets, generateCabinets(points, sellers))],
    [
      'channel-listings.csv',
      formatCsv(COLUMNS.channelListings, generateListings(points, products, variants)),
    ],
    [
      'payee-accounts.csv',
      formatCsv(COLUMNS.payeeAccounts, generatePayeeAccounts(counties, merchants, households, points)),
    ],
    ['people.csv', formatCsv(COLUMNS.people, people)],
    ['memberships.csv', formatCsv(COLUMNS.memberships, memberships)],
    ['procurement-units.csv', formatCsv(COLUMNS.procurementUnits, procurement.units)],
    ['procurement-contractors.csv', formatCsv(COLUMNS.procurementContractors, procurement.contractors)],
    ['procurement-members.csv', formatCsv(COLUMNS.procurementMembers, procurement.members)],
    ['reserved-shares.csv', formatCsv(COLUMNS.reservedShares, procurement.shares)],
    ['credit-terms.csv', formatCsv(COLUMNS.creditTerms, procurement.creditTerms)],
    ['volume-history.csv', formatCsv(COLUMNS.volume, volume)],
  ]);
  const totals: Totals = {
    volume: totalsOf(volume),
    files: Object.fromEntries(
      [...tables].map(([name, text]) => [
        name,
        { rows: text.split('\n').length - 2, sha256: createHash('sha256').update(text).digest('hex') },
      ]),
    ),
  };
  return new Map([...tables, ['demo-logins.json', jsonOf(logins)], ['totals.json', jsonOf(totals)]]);
}

function jsonOf(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

export function totalsOf(rows: readonly VolumeRow[]): Totals['volume'] {
  const along = (axisOf: (row: VolumeRow) => string) =>
    Object.fromEntries(
      [...groupBy(rows, axisOf)]
        .toSorted(([a], [b]) => (a < b ? -1 : 1))
        .map(([value, group]) => [value, String(sumFen(group.map(({ amountFen }) => amountFen)))]),
    );
  return {
    rows: rows.length,
    amountFen: String(sumFen(rows.map(({ amountFen }) => amountFen))),
    certifiedFen: String(sumFen(rows.filter(({ certified }) => certified).map(({ amountFen }) => amountFen))),
    quantity: rows.reduce((sum, { quantity }) => sum + quantity, 0),
    weightG: rows.reduce((sum, { weightG }) => sum + weightG, 0),
    byCounty: along(({ originCode }) => originCode),
    byChannelKind: along(({ channelKind }) => channelKind),
    byProduct: along(({ product }) => product),
    byMonth: along(({ day }) => day.slice(0, 7)),
  };
}
