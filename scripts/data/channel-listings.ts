import { present } from '#libs/kernel';
import type { ChannelListingRow, ChannelPointRow, ProductRow, VariantRow } from './files.js';
import { readSource } from './paths.js';
import { YELLOW_PEACH } from './products.js';
import { Random } from './random.js';
import { cell } from './shared.js';

/** What each kind of zone takes: a petrol station sells what keeps in a car, a market what is cooked tonight. */
const CATEGORIES_OF_HOST: Readonly<Record<string, readonly string[]>> = {
  SUPERMARKET: [
    'FRESH_FRUIT',
    'VEGETABLE',
    'GRAIN',
    'OIL',
    'CURED_MEAT',
    'PICKLE_SAUCE',
    'BEAN_PRODUCT',
    'SNACK',
    'DRY_GOODS',
    'HONEY',
    'TEA',
  ],
  PETROL_STATION: ['TEA', 'SNACK', 'HONEY', 'PICKLE_SAUCE', 'GIFT', 'DRY_GOODS', 'OIL'],
  MARKET: ['VEGETABLE', 'FRESH_FRUIT', 'MEAT_POULTRY', 'BEAN_PRODUCT', 'DRY_GOODS', 'CURED_MEAT'],
  SERVICE_AREA: ['GIFT', 'TEA', 'SNACK', 'CURED_MEAT', 'CERAMICS', 'HONEY', 'FRESH_FRUIT'],
  CAMPUS: ['SNACK', 'TEA', 'BEAN_PRODUCT', 'CERAMICS', 'HANDICRAFT', 'HONEY', 'FRESH_FRUIT'],
};

const COUNTER_CATEGORIES = [
  'SNACK',
  'TEA',
  'PICKLE_SAUCE',
  'BEAN_PRODUCT',
  'DRY_GOODS',
  'HONEY',
  'HERB',
  'GRAIN',
];
/** Only these cabinets hold a box of any shape. */
const CELL_CATEGORIES = [...COUNTER_CATEGORIES, 'FRESH_FRUIT', 'CERAMICS', 'HANDICRAFT', 'GIFT'];
/** What fits into a slot and into a coin purse. */
const SLOT_WEIGHT_G_MAX = 1_000;
const SLOT_PRICE_FEN_MAX = 9_000n;

const PAVILION_RANGE_MAX = 96;

/** `430225|430224:TEA`: a county's whole range, or one category of it; ALL for everything. */
function isInScope(scope: string, product: ProductRow): boolean {
  if (scope === 'ALL') return true;
  return scope.split('|').some((part) => {
    const [county, category] = part.split(':');
    return (
      product.originCountyCode === county && (category === undefined || product.categoryCode === category)
    );
  });
}

export function generateListings(
  points: readonly ChannelPointRow[],
  products: readonly ProductRow[],
  variants: readonly VariantRow[],
): ChannelListingRow[] {
  const random = new Random('listings');
  const scopes = new Map(
    readSource('pavilions.csv').map((row) => [`pavilion-${cell(row, 'key')}`, cell(row, 'scope')]),
  );
  const smallest = new Map(products.map((product) => [product.id, smallestOf(product, variants)]));

  /** The county's own goods first, then a choice of everybody else's. */
  const choose = (fitting: readonly ProductRow[], countyCode: string, count: number) => {
    const own = random.shuffle(fitting.filter((product) => product.originCountyCode === countyCode));
    const others = random.shuffle(fitting.filter((product) => product.originCountyCode !== countyCode));
    const ownCount = Math.min(own.length, Math.ceil(count / 2));
    return [...own.slice(0, ownCount), ...others.slice(0, count - ownCount)];
  };

  function rangeOf(point: ChannelPointRow): readonly ProductRow[] {
    if (point.kind === 'PAVILION') {
      const scope = present(scopes.get(point.key), `scope of ${point.key}`);
      const fitting = products.filter((product) => isInScope(scope, product));
      return scope === 'ALL'
        ? random.shuffle(fitting).slice(0, PAVILION_RANGE_MAX)
        : fitting.slice(0, PAVILION_RANGE_MAX);
    }
    if (point.kind === 'ZONE') {
      const categories = present(CATEGORIES_OF_HOST[point.hostKind ?? ''], 'categories of the host');
      const fitting = products.filter(({ categoryCode }) => categories.includes(categoryCode));
      return choose(fitting, point.countyCode, random.between(12, 22));
    }
    const isCell = point.cabinetKind === 'CELL';
    const categories = isCell ? CELL_CATEGORIES : COUNTER_CATEGORIES;
    const fitting = products.filter((product) => {
      const variant = present(smallest.get(product.id), 'a variant');
      const fits = variant.netWeightG <= SLOT_WEIGHT_G_MAX && variant.priceFen <= SLOT_PRICE_FEN_MAX;
      return categories.includes(product.categoryCode) && (isCell || fits);
    });
    return choose(fitting, point.countyCode, random.between(8, 14));
  }

  return points.flatMap((point) => {
    const range = rangeOf(point);
    // Whoever carries the yellow peach shows it first.
    const peach = products.filter(
      ({ key }) => key === YELLOW_PEACH && (range.some((product) => product.key === key) || isHome(point)),
    );
    const ordered = [...peach, ...range.filter(({ key }) => key !== YELLOW_PEACH)];
    return ordered.map((product, index) => ({
      channelPointId: point.id,
      productId: product.id,
      position: index + 1,
    }));
  });
}

/** The pavilions of the city and of Yanling carry the peach, whatever chance has chosen. */
function isHome(point: ChannelPointRow): boolean {
  return point.kind === 'PAVILION' && (point.countyCode === '430225' || point.ownerKind === 'CITY');
}

function smallestOf(product: ProductRow, variants: readonly VariantRow[]): VariantRow {
  const own = variants.filter(({ productId }) => productId === product.id);
  return own.reduce(
    (least, variant) => (variant.priceFen < least.priceFen ? variant : least),
    present(own[0], 'a variant'),
  );
}
