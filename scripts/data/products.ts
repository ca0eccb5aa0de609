import { assert, present } from '#libs/kernel';
import type { CsvRow } from './csv.js';
import type {
  BatchRow,
  CertificationRow,
  HouseholdMemberRow,
  LinkageAgreementRow,
  LinkageHouseholdRow,
  MerchantRow,
  ProductRow,
  StockLevelRow,
  VariantRow,
  WarehouseRow,
} from './files.js';
import { readSource } from './paths.js';
import { Random } from './random.js';
import { seededId } from './seeded-id.js';
import { type Divisions, cell, fenOfYuan, groupBy, numberCell } from './shared.js';

export const YELLOW_PEACH = 'yellow-peach';

/** Boxes of the yellow peach on hand: enough for the tour, the journeys and a load test. */
const PEACH_STOCK = 20_000;

interface Source {
  readonly row: CsvRow;
  readonly category: CsvRow;
  readonly merchant: MerchantRow;
  readonly number: number;
}

export interface Goods {
  readonly products: readonly ProductRow[];
  readonly variants: readonly VariantRow[];
  readonly batches: readonly BatchRow[];
  readonly stockLevels: readonly StockLevelRow[];
}

export function generateGoods(
  divisions: Divisions,
  merchants: readonly MerchantRow[],
  warehouses: readonly WarehouseRow[],
  agreements: readonly LinkageAgreementRow[],
): Goods {
  const categories = new Map(readSource('categories.csv').map((row) => [row['code'], row]));
  const random = new Random('goods');
  const products: ProductRow[] = [];
  const variants: VariantRow[] = [];
  const batches: BatchRow[] = [];
  const stockLevels: StockLevelRow[] = [];

  for (const [index, row] of readSource('products.csv').entries()) {
    const source: Source = {
      row,
      category: present(categories.get(cell(row, 'category')), `category of ${row['key']}`),
      merchant: present(
        merchants.find(({ key }) => key === row['merchant']),
        `merchant of ${row['key']}`,
      ),
      number: index + 1,
    };
    const productVariants = variantsOf(source);
    const product = productOf(source, productVariants, random);
    const productBatches = batchesOf(source, product, divisions, agreements, random);
    const warehouse = present(
      warehouses.find(({ merchantId }) => merchantId === source.merchant.id),
      'a warehouse',
    );
    products.push(product);
    variants.push(...productVariants);
    batches.push(...productBatches);
    for (const batch of productBatches) {
      for (const variant of productVariants) {
        stockLevels.push({
          id: seededId('stk', `${variant.sku}:${batch.traceCode}`),
          variantId: variant.id,
          locationId: warehouse.id,
          batchId: batch.id,
          onHand: product.key === YELLOW_PEACH ? PEACH_STOCK : onHandOf(random, variant.priceFen),
        });
      }
    }
  }
  return { products, variants, batches, stockLevels };
}

/** `5斤装:2500:88|10斤装:5000:158`: name, grams, yuan. */
function variantsOf({ row, number }: Source): VariantRow[] {
  const key = cell(row, 'key');
  return cell(row, 'variants')
    .split('|')
    .map((text, index) => {
      const [name, grams, yuan, ...rest] = text.split(':');
      assert(name && grams && yuan && rest.length === 0, `${text} of ${key} is name:grams:yuan`);
      return {
        id: seededId('var', `${key}:${index + 1}`),
        productId: seededId('prd', key),
        sku: `ZZ-${String(number).padStart(4, '0')}-${index + 1}`,
        name,
        netWeightG: Number(grams),
        priceFen: fenOfYuan(yuan),
        position: index + 1,
      };
    });
}

function productOf(
  { row, category, merchant }: Source,
  variants: readonly VariantRow[],
  random: Random,
): ProductRow {
  const [from, to] = (row['season'] ?? '').split('-');
  const key = cell(row, 'key');
  const day = random.between(0, 880);
  return {
    id: seededId('prd', key),
    key,
    merchantId: merchant.id,
    categoryCode: cell(category, 'code'),
    name: cell(row, 'name'),
    description: `${cell(row, 'blurb')}${cell(category, 'note')}`,
    originCountyCode: merchant.countyCode,
    isPerishable: category['isPerishable'] === '1',
    seasonFrom: from ? Number(from) : null,
    seasonTo: to ? Number(to) : null,
    priceFromFen: variants.reduce(
      (least, { priceFen }) => (priceFen < least ? priceFen : least),
      variants[0]?.priceFen ?? 0n,
    ),
    // The newest comes first in every list, and the yellow peach is the newest.
    listedOn:
      key === YELLOW_PEACH ? '2026-06-30' : new Date(Date.UTC(2024, 0, 1 + day)).toISOString().slice(0, 10),
  };
}

function batchesOf(
  { row, category, merchant, number }: Source,
  product: ProductRow,
  divisions: Divisions,
  agreements: readonly LinkageAgreementRow[],
  random: Random,
): BatchRow[] {
  const places = (row['places'] || merchant.townshipCode.slice(6))
    .split('|')
    .map((code) => `${merchant.countyCode}${code}`);
  const villages = places.flatMap((code) =>
    divisions.get(code).level === 'VILLAGE'
      ? [code]
      : divisions.ruralVillagesOf(code).map((village) => village.code),
  );
  const inForce = agreements.filter(
    ({ merchantId, endsBefore }) => merchantId === merchant.id && endsBefore === null,
  );
  const keeps = row['keepsDays'] || category['keepsDays'];
  const isPeach = product.key === YELLOW_PEACH;
  const count = !isPeach && random.percent(30) ? 2 : 1;
  return Array.from({ length: count }, (_, index): BatchRow => {
    const keepsDays = keeps ? Number(keeps) : null;
    const age = product.isPerishable ? random.between(2, 6) : random.between(15, 75);
    const harvestedDaysAgo = isPeach ? 4 : age + index * 9;
    // One batch in seven comes from nobody in particular: its share feeds the county's pool.
    const isLinked = isPeach || random.percent(86);
    return {
      id: seededId('bat', `${product.key}:${index + 1}`),
      productId: product.id,
      traceCode: `TY${product.originCountyCode}-${String(number).padStart(4, '0')}-${index + 1}`,
      originCountyCode: product.originCountyCode,
      originVillageCode: random.pick(villages),
      linkageAgreementId: isLinked
        ? (isPeach ? present(inForce[0], 'an agreement') : random.pick(inForce)).id
        : null,
      harvestedDaysAgo,
      bestBeforeInDays: keepsDays === null ? null : keepsDays - harvestedDaysAgo,
    };
  });
}

/** Dear things are few; one level in forty is sold out, so that a list shows what that looks like. */
function onHandOf(random: Random, priceFen: bigint): number {
  if (random.percent(2)) return 0;
  return priceFen > 20_000n
    ? random.between(12, 90)
    : priceFen > 8_000n
      ? random.between(60, 400)
      : random.between(150, 1_500);
}

/** Three of four products are certified now; the rest never were, have expired or were struck off. */
export function generateCertifications(
  products: readonly ProductRow[],
  agreements: readonly LinkageAgreementRow[],
  linked: readonly LinkageHouseholdRow[],
  members: readonly HouseholdMemberRow[],
): CertificationRow[] {
  const random = new Random('certifications');
  const membersOf = groupBy(members, ({ householdId }) => householdId);
  const peopleOf = (merchantId: string) => {
    const ids = new Set(
      agreements.filter((agreement) => agreement.merchantId === merchantId).map(({ id }) => id),
    );
    const households = new Set(
      linked.filter(({ agreementId }) => ids.has(agreementId)).map(({ householdId }) => householdId),
    );
    return [...households].reduce((sum, id) => sum + (membersOf.get(id)?.length ?? 0), 0);
  };
  const catalogue = new Map(readSource('catalogue-batches.csv').map((row) => [cell(row, 'batchNo'), row]));
  const historic = new Map(
    readSource('volume-lines.csv').map((row) => [cell(row, 'productKey'), row['catalogueBatch'] ?? '']),
  );
  const isOnHistory = (key: string) => historic.has(key);

  // By position in a shuffled list, so that the shares are exact whatever the chance.
  const order = random.shuffle(products.filter(({ key }) => !isOnHistory(key)));
  const rank = new Map(order.map((product, index) => [product.id, index]));
  const certifications: CertificationRow[] = [];
  for (const [index, product] of products.entries()) {
    const facts = (): Pick<CertificationRow, 'productId' | 'linkedPersonCount' | 'commodityValueFen'> => ({
      productId: product.id,
      linkedPersonCount: peopleOf(product.merchantId),
      commodityValueFen: BigInt(random.between(50, 1_200)) * 1_000_000n,
    });
    const number = String(index + 1).padStart(4, '0');
    const batchNo = isOnHistory(product.key)
      ? historic.get(product.key)
      : random.pick(['', '', '', '1', '2', '3']);
    if (batchNo) {
      const batch = present(catalogue.get(batchNo), `catalogue batch ${batchNo}`);
      const catalogueNo = `HN${product.originCountyCode}-2020-${batchNo}-${number}`;
      certifications.push({
        id: seededId('crt', catalogueNo),
        ...facts(),
        scheme: 'NATIONAL_2020',
        catalogueNo,
        batchNo: numberCell(batch, 'batchNo'),
        validFrom: cell(batch, 'publishedOn'),
        validTo: cell(batch, 'validUntil'),
        revoked: null,
      });
    }
    const place = rank.get(product.id) ?? -1;
    const isExpired = place >= 120 && place < 126;
    const isRevoked = place >= 126 && place < 130;
    if (place >= 130) continue;
    const cityBatch = random.between(1, 6);
    const catalogueNo = `ZZ${product.originCountyCode}-2024-${cityBatch}-${number}`;
    const age = isExpired ? random.between(420, 600) : random.between(40, 300);
    certifications.push({
      id: seededId('crt', catalogueNo),
      ...facts(),
      scheme: 'CITY_2024',
      catalogueNo,
      batchNo: cityBatch,
      validFrom: `-${age}`,
      validTo: isExpired ? `-${age - 365}` : String(1_095 - age),
      revoked: isRevoked ? `-${random.between(5, 35)}` : null,
    });
  }
  return certifications;
}
