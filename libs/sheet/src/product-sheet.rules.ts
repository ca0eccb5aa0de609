import type { GoodsGrade } from '#libs/catalog';
import { type FenText, fen, sheetText } from '#libs/kernel';
import { type ListingContent, contentOf } from '#libs/listing';
import { type CellReading, YES_NO, plainWord, yuanCell } from './sheet-cell.rules.js';
import type { SheetCells, SheetColumn, SheetEntry, SheetRow } from './sheet-kind.rules.js';

const column = (
  key: string,
  [zh, en]: readonly [string, string],
  [hintZh, hintEn]: readonly [string, string],
  width: number,
  heads: readonly string[] = [],
): SheetColumn => ({
  key,
  name: { zh, en },
  heads,
  hint: { zh: hintZh, en: hintEn },
  width,
});

const NEW_BLANK: readonly [string, string] = [
  '改已有商品时照导出的填；新商品留空',
  'As exported, for goods there are; blank for new ones.',
];

export const PRODUCT_COLUMNS: readonly SheetColumn[] = [
  column('PRODUCT_ID', ['商品编号', 'Product'], NEW_BLANK, 32, ['productid']),
  column('VARIANT_ID', ['规格编号', 'Variant'], NEW_BLANK, 32, ['variantid']),
  column(
    'NAME',
    ['商品名称', 'Name'],
    ['至多 120 字；同名各行是一个商品', 'At most 120 characters; rows of one name are one product.'],
    30,
    ['商品名', '品名', '名称'],
  ),
  column('KIND', ['品类', 'Kind'], ['如 黄桃', 'Such as yellow peaches.'], 14),
  column('CATEGORY', ['分类', 'Category'], ['没有品类时填', 'Where it is of no kind.'], 14),
  column(
    'ORIGIN',
    ['产地县市区', 'County of origin'],
    ['如 湖南省株洲市炎陵县', 'Its code of six digits, or its name.'],
    26,
    ['产地', 'origin'],
  ),
  column('PERISHABLE', ['鲜活易腐', 'Perishable'], ['是或否', 'Yes or no.'], 10, ['易腐']),
  column(
    'SEASON_FROM',
    ['上市月份起', 'Season from'],
    ['1 到 12；全年供应留空', '1 to 12; blank for all year.'],
    10,
    ['上市起月'],
  ),
  column('SEASON_TO', ['上市月份止', 'Season to'], ['1 到 12', '1 to 12.'], 10, ['上市止月']),
  column('DESCRIPTION', ['商品说明', 'Description'], ['至多 2000 字', 'At most 2,000 characters.'], 40, [
    '说明',
    '描述',
  ]),
  column(
    'VARIANT',
    ['规格', 'Size'],
    ['如 5 斤装；一行一种规格', 'Such as a box of 2.5 kg; a row for each.'],
    16,
    ['规格名称', 'variantname'],
  ),
  column('GRADE', ['等级', 'Grade'], ['特级、一级、二级或不分级', 'Extra, first, second or ungraded.'], 10),
  column('NET_WEIGHT', ['净重克', 'Net weight in grams'], ['整数克', 'Whole grams.'], 10, [
    '净重',
    '重量',
    'netweight',
    'netweightg',
  ]),
  column('PRICE', ['价格元', 'Price in yuan'], ['如 88.00', 'Such as 88.00.'], 12, [
    '价格',
    '售价',
    '单价',
    'price',
  ]),
  column(
    'NOTE',
    ['给审核人的说明', 'Note to the reviewer'],
    ['价格高出参考价 30% 时说明原因', 'Why it costs more than 30 percent above the reference price.'],
    24,
    ['备注', 'note'],
  ),
];

export const PRODUCT_EXAMPLES: readonly SheetCells[] = [
  {
    NAME: '炎陵黄桃',
    KIND: '黄桃',
    ORIGIN: '湖南省株洲市炎陵县',
    PERISHABLE: '是',
    SEASON_FROM: '7',
    SEASON_TO: '8',
    DESCRIPTION: '海拔八百米的晚熟黄桃',
    VARIANT: '5 斤装',
    GRADE: '一级',
    NET_WEIGHT: '2500',
    PRICE: '88.00',
  },
  { NAME: '炎陵黄桃', VARIANT: '10 斤装', GRADE: '一级', NET_WEIGHT: '5000', PRICE: '158.00' },
];

export const GRADES: Readonly<Record<GoodsGrade, readonly string[]>> = {
  EXTRA: ['特级', 'Extra'],
  FIRST: ['一级', 'First'],
  SECOND: ['二级', 'Second'],
  UNGRADED: ['不分级', 'Ungraded'],
};

/** The sizes of one product are one entry: by its number, by what it is called, or by the one size that is named. */
export function productKey({ PRODUCT_ID = '', NAME = '', VARIANT_ID = '' }: SheetCells): string {
  if (PRODUCT_ID !== '') return `id:${PRODUCT_ID}`;
  return NAME === '' ? VARIANT_ID && `var:${VARIANT_ID}` : `name:${NAME}`;
}

/** What there is to be named. */
export interface ProductWords {
  /** Codes by what people write, in small letters. */
  readonly kinds: ReadonlyMap<string, string>;
  readonly categories: ReadonlyMap<string, string>;
  readonly countyOf: (text: string) => string;
}

type Said<T> = { readonly [K in keyof T]: T[K] | null };

/** What the rows of an entry say of their product; what is blank says nothing. */
export type SaidProduct = Said<
  Pick<
    ListingContent,
    | 'kindCode'
    | 'categoryCode'
    | 'name'
    | 'description'
    | 'originCountyCode'
    | 'isPerishable'
    | 'seasonFrom'
    | 'seasonTo'
    | 'note'
  >
>;

export interface SaidVariant {
  readonly row: SheetRow;
  readonly variantId: string | null;
  readonly name: string | null;
  readonly grade: GoodsGrade | null;
  readonly netWeightG: number | null;
  readonly priceFen: FenText | null;
}

export interface SaidEntry {
  readonly product: SaidProduct;
  readonly variants: readonly SaidVariant[];
}

/** Reads an entry's cells; what cannot be read is at fault. Of the product's own cells the first row that says one counts, and the others say the same. */
export function readProduct(reading: CellReading, { rows }: SheetEntry, words: ProductWords): SaidEntry {
  const first = <T>(column: string, read: (row: SheetRow) => T | null) =>
    reading.together(rows, column, read);
  const named = (column: string, known: ReadonlyMap<string, string>, zh: string, en: string) =>
    first(column, (row) => {
      const text = reading.code(row, column);
      if (text === null) return null;
      return known.get(plainWord(text)) ?? reading.refuse(row, column, 'UNKNOWN', zh, en);
    });
  const product: SaidProduct = {
    name: first('NAME', (row) => reading.text(row, 'NAME')),
    kindCode: named(
      'KIND',
      words.kinds,
      '没有这个品类，请在上架页查看品类名称',
      'is no kind of goods; the page of listing names them.',
    ),
    categoryCode: named('CATEGORY', words.categories, '没有这个分类', 'is no category.'),
    originCountyCode: first('ORIGIN', (row) => countyIn(reading, row, words)),
    isPerishable: first('PERISHABLE', (row) => {
      const word = reading.choice(row, 'PERISHABLE', YES_NO);
      return word === null ? null : word === 'YES';
    }),
    seasonFrom: first('SEASON_FROM', (row) => reading.whole(row, 'SEASON_FROM', 1, 12)),
    seasonTo: first('SEASON_TO', (row) => reading.whole(row, 'SEASON_TO', 1, 12)),
    description: first('DESCRIPTION', (row) => reading.text(row, 'DESCRIPTION')),
    note: first('NOTE', (row) => reading.text(row, 'NOTE')),
  };
  const variants = rows.map((row): SaidVariant => ({
    row,
    variantId: reading.code(row, 'VARIANT_ID'),
    name: reading.text(row, 'VARIANT'),
    grade: reading.choice(row, 'GRADE', GRADES),
    netWeightG: reading.whole(row, 'NET_WEIGHT', 1, 1_000_000),
    priceFen: reading.money(row, 'PRICE')?.toString() ?? null,
  }));
  return { product, variants };
}

function countyIn(reading: CellReading, row: SheetRow, { countyOf }: ProductWords): string | null {
  const text = reading.code(row, 'ORIGIN');
  if (text === null) return null;
  const found = countyOf(text);
  if (found === 'UNKNOWN')
    return reading.refuse(
      row,
      'ORIGIN',
      'COUNTY_UNKNOWN',
      '没有这个县市区，请填六位代码或如“湖南省株洲市炎陵县”',
      'is no county; write its code of six digits, or its name with city and province.',
    );
  if (found === 'AMBIGUOUS')
    return reading.refuse(
      row,
      'ORIGIN',
      'COUNTY_AMBIGUOUS',
      '有几个同名的县市区，请写明省和市',
      'is the name of several counties; name its city and province.',
    );
  return found;
}

/** What a table cannot hold is no change: it is compared as a table tells it. */
const sameText = (live: string | null, said: string | null) =>
  said === null || sheetText(live ?? '') === said ? live : said;

/** What there would be; `places` says of each variant of it which row it is of. */
export interface WantedProduct {
  readonly content: ListingContent;
  readonly places: ReadonlyMap<number, SheetRow>;
}

/** What is there, with what is said put in its place. A size is known by its number, else by what it is called; what is not named stays. */
export function wantedProduct(live: ListingContent | null, { product, variants }: SaidEntry): WantedProduct {
  const places = new Map<number, SheetRow>();
  const wanted = [...(live?.variants ?? [])];
  for (const said of variants) {
    const isSame = ({ variantId, name }: ListingContent['variants'][number]) =>
      said.variantId === null
        ? said.name !== null && sheetText(name ?? '') === said.name
        : variantId === said.variantId;
    const known = wanted.findIndex(isSame);
    const at = known < 0 ? wanted.length : known;
    const before = wanted[at];
    places.set(at, said.row);
    wanted[at] = {
      variantId: before?.variantId ?? said.variantId,
      name: sameText(before?.name ?? null, said.name),
      grade: said.grade ?? before?.grade ?? null,
      netWeightG: said.netWeightG ?? before?.netWeightG ?? null,
      priceFen: said.priceFen ?? before?.priceFen ?? null,
    };
  }
  const content = contentOf({
    kindCode: product.kindCode ?? (isOfKind(live, product) ? (live?.kindCode ?? null) : null),
    categoryCode: product.categoryCode ?? live?.categoryCode ?? null,
    name: sameText(live?.name ?? null, product.name),
    description: sameText(live?.description ?? null, product.description),
    originCountyCode: product.originCountyCode ?? live?.originCountyCode ?? null,
    isPerishable: product.isPerishable ?? live?.isPerishable ?? null,
    seasonFrom: product.seasonFrom ?? live?.seasonFrom ?? null,
    seasonTo: product.seasonTo ?? live?.seasonTo ?? null,
    variants: wanted.map(({ priceFen, ...variant }) => ({
      ...variant,
      priceFen: priceFen === null ? null : fen(priceFen),
    })),
    photoIds: live?.photoIds ?? [],
    note: product.note ?? live?.note ?? null,
  });
  return { content, places };
}

/** The category that the kind implies takes no kind away. */
function isOfKind(live: ListingContent | null, { categoryCode }: SaidProduct): boolean {
  return categoryCode === null || categoryCode === live?.categoryCode;
}

/** The same with the prices that are there: what is left is for a reviewer. */
export function withLivePrices(content: ListingContent, live: ListingContent): ListingContent {
  const priceOf = new Map(live.variants.map(({ variantId, priceFen }) => [variantId, priceFen]));
  return {
    ...content,
    variants: content.variants.map((variant) => ({
      ...variant,
      priceFen: priceOf.get(variant.variantId) ?? variant.priceFen,
    })),
  };
}

const COLUMN_OF: Readonly<Record<string, string>> = {
  kindCode: 'KIND',
  categoryCode: 'CATEGORY',
  name: 'NAME',
  description: 'DESCRIPTION',
  originCountyCode: 'ORIGIN',
  isPerishable: 'PERISHABLE',
  seasonFrom: 'SEASON_FROM',
  seasonTo: 'SEASON_TO',
  note: 'NOTE',
};
const VARIANT_COLUMN_OF: Readonly<Record<string, string>> = {
  variantId: 'VARIANT_ID',
  name: 'VARIANT',
  grade: 'GRADE',
  netWeightG: 'NET_WEIGHT',
  priceFen: 'PRICE',
};

/** Where a fault of a listing stands in the table. */
export function cellOf(
  path: string,
  { places }: Pick<WantedProduct, 'places'>,
  first: SheetRow,
): { row: SheetRow; column: string } {
  const [, field = '', index = '', part = ''] = /^content\.(\w+)(?:\.(\d+)\.(\w+))?$/.exec(path) ?? [];
  if (field !== 'variants') return { row: first, column: COLUMN_OF[field] ?? '' };
  return { row: places.get(Number(index)) ?? first, column: VARIANT_COLUMN_OF[part] ?? '' };
}

/** What codes are called, as they are read again. */
export interface ProductNames {
  readonly kind: (code: string) => string;
  readonly category: (code: string) => string;
  readonly county: (code: string) => string;
}

/** What is offered, as a table tells it: a row for each size. */
export function productCells(productId: string, content: ListingContent, names: ProductNames): SheetCells[] {
  const { kindCode, categoryCode, originCountyCode, isPerishable, seasonFrom, seasonTo } = content;
  return content.variants.map(({ variantId, name, grade, netWeightG, priceFen }) => ({
    PRODUCT_ID: productId,
    VARIANT_ID: variantId ?? '',
    NAME: sheetText(content.name ?? ''),
    KIND: kindCode === null ? '' : names.kind(kindCode),
    CATEGORY: categoryCode === null ? '' : names.category(categoryCode),
    ORIGIN: originCountyCode === null ? '' : names.county(originCountyCode),
    PERISHABLE: isPerishable === null ? '' : YES_NO[isPerishable ? 'YES' : 'NO'][0],
    SEASON_FROM: String(seasonFrom ?? ''),
    SEASON_TO: String(seasonTo ?? ''),
    DESCRIPTION: sheetText(content.description ?? ''),
    VARIANT: sheetText(name ?? ''),
    GRADE: grade === null ? '' : (GRADES[grade][0] ?? grade),
    NET_WEIGHT: String(netWeightG ?? ''),
    PRICE: priceFen === null ? '' : yuanCell(fen(priceFen)),
  }));
}
