import { Injectable } from '@nestjs/common';
import { type DivisionRow, DivisionReader } from '#libs/division';
import {
  Clock,
  type Fen,
  type FenText,
  type IdOf,
  InvalidInputError,
  type PageRequest,
  businessDay,
  fen,
  present,
} from '#libs/kernel';
import { type MerchantRow, MerchantReader } from '#libs/merchant';
import { Database, Gathered } from '#platform/database';
import { pricePer500g } from './price.rules.js';
import { type ProductFilter, conditionsOf, whereOf } from './product-filter.rules.js';
import { type ProductSort, productOrderOf } from './product-sort.rules.js';
import type { ProductId, VariantId } from './product.entity.js';

export interface VariantRow {
  readonly id: VariantId;
  readonly productId: ProductId;
  readonly name: string;
  readonly netWeightG: number;
  readonly priceFen: FenText;
  readonly pricePer500gFen: Fen;
}

export interface ProductRow {
  readonly id: ProductId;
  readonly name: string;
  readonly description: string;
  readonly categoryCode: string;
  readonly isPerishable: boolean;
  /** First and last month of the season, 1 to 12; null when sold all year. */
  readonly seasonFrom: number | null;
  readonly seasonTo: number | null;
  readonly priceFromFen: FenText;
  /** What 500 g cost of the variant that is cheapest by weight. */
  readonly jinPriceFromFen: FenText;
  readonly soldQuantity: number;
  readonly listedAt: Date;
  readonly merchant: MerchantRow;
  readonly originCounty: DivisionRow;
  /** On sale, in shelf order. */
  readonly variants: readonly VariantRow[];
}

type RawVariant = Omit<VariantRow, 'pricePer500gFen'>;

interface Raw {
  readonly id: ProductId;
  readonly name: string;
  readonly description: string;
  readonly categoryCode: string;
  readonly isPerishable: number;
  readonly seasonFrom: number | null;
  readonly seasonTo: number | null;
  readonly priceFromFen: FenText;
  readonly jinPriceFromFen: FenText;
  readonly soldQuantity: number;
  readonly listedAt: Date;
  readonly merchantId: IdOf<'mer'>;
  readonly originCountyCode: string;
}

const COLUMNS = `p.id, p.name, p.description, p.category_code AS categoryCode, p.is_perishable AS isPerishable,
  p.season_from AS seasonFrom, p.season_to AS seasonTo, p.price_from_fen AS priceFromFen,
  p.jin_price_from_fen AS jinPriceFromFen, p.sold_quantity AS soldQuantity, p.listed_at AS listedAt,
  p.merchant_id AS merchantId, p.origin_county_code AS originCountyCode`;

/** A product, and where it stands in the list it was read for. */
export interface ListedProduct {
  readonly product: ProductRow;
  readonly key: readonly string[];
}

export interface ListedProducts {
  readonly listed: readonly ListedProduct[];
  readonly hasMore: boolean;
}

/** What the shop shows: products on sale of merchants, with their variants. Three statements a page, whatever its size. */
@Injectable()
export class ProductReader {
  /** On sale. */
  private readonly shown = new Gathered<Raw>(
    this.database,
    (ids) =>
      this.database.query(`SELECT ${COLUMNS} FROM product p WHERE p.id IN (?) AND p.state = 'ON_SALE'`, [
        ids,
      ]),
    ({ id }) => id,
  );
  /** On sale, of each product in shelf order. */
  private readonly offered = new Gathered<RawVariant>(
    this.database,
    (productIds) =>
      this.database.query(
        `SELECT id, product_id AS productId, name, net_weight_g AS netWeightG, price_fen AS priceFen
         FROM product_variant WHERE product_id IN (?) AND state = 'ON_SALE' ORDER BY product_id, position`,
        [productIds],
      ),
    ({ productId }) => productId,
  );

  constructor(
    private readonly database: Database,
    private readonly merchants: MerchantReader,
    private readonly divisions: DivisionReader,
    private readonly clock: Clock,
  ) {}

  /** Three statements, whatever the filter and the order. */
  async list(
    filter: ProductFilter,
    sort: ProductSort,
    { first, after }: PageRequest,
  ): Promise<ListedProducts | InvalidInputError> {
    const order = productOrderOf(sort, after);
    if (order instanceof InvalidInputError) return order;
    if (filter.productIds?.length === 0) return { listed: [], hasMore: false };
    const at = this.clock.now();
    const where = whereOf(conditionsOf(filter, { at, day: businessDay(at) }));
    const rows = await this.database.query<Raw & { readonly sortedBy: string }>(
      `SELECT ${COLUMNS}, ${order.select} AS sortedBy FROM product p
       WHERE ${where.sql}${order.after ? ` AND ${order.after.sql}` : ''} ORDER BY ${order.orderBy} LIMIT ?`,
      [...where.values, ...(order.after?.values ?? []), first + 1],
    );
    const keys = rows.map(({ sortedBy, id }) => [sort, sortedBy, id]);
    // The one too many says only that it is there.
    const products = await this.complete(rows.slice(0, first));
    const listed = products.map((product, index) => ({ product, key: keys[index] ?? [] }));
    return { listed, hasMore: rows.length > first };
  }

  /** Of these, those that the filter lets through. */
  async idsAmong(ids: readonly string[], filter: ProductFilter): Promise<ReadonlySet<string>> {
    if (ids.length === 0) return new Set();
    const at = this.clock.now();
    const where = whereOf(conditionsOf({ ...filter, productIds: ids }, { at, day: businessDay(at) }));
    const rows = await this.database.query<{ id: string }>(
      `SELECT p.id FROM product p WHERE ${where.sql}`,
      where.values,
    );
    return new Set(rows.map(({ id }) => id));
  }

  /** Null unless on sale, of a seller who may sell now: no list has to have followed yet. */
  async byId(id: string): Promise<ProductRow | null> {
    const [product] = await this.complete(await this.shown.of([id]));
    return product?.merchant.isSelling ? product : null;
  }

  /** On sale, in the order asked for; what is not on sale is missing. */
  async byIds(ids: readonly string[]): Promise<ProductRow[]> {
    if (ids.length === 0) return [];
    const rows = await this.shown.of(ids);
    const products = new Map((await this.complete(rows)).map((product) => [product.id as string, product]));
    return ids.flatMap((id) => products.get(id) ?? []);
  }

  /** What buyers have received most of. */
  async mostSoldIds(count: number): Promise<string[]> {
    const rows = await this.database.query<{ id: string }>(
      "SELECT id FROM product WHERE state = 'ON_SALE' ORDER BY sold_quantity DESC, id DESC LIMIT ?",
      [count],
    );
    return rows.map(({ id }) => id);
  }

  private async complete(rows: readonly Raw[]): Promise<ProductRow[]> {
    if (rows.length === 0) return [];
    const ids = rows.map((row) => row.id);
    const [variants, merchants, counties] = await Promise.all([
      this.variantsOf(ids),
      this.merchants.byIds([...new Set(rows.map((row) => row.merchantId))]),
      this.divisions.countiesOf(rows.map((row) => row.originCountyCode)),
    ]);
    const merchantById = new Map(merchants.map((merchant) => [merchant.id, merchant]));
    return rows.map((row) => ({
      id: row.id,
      name: row.name,
      description: row.description,
      categoryCode: row.categoryCode,
      isPerishable: row.isPerishable === 1,
      seasonFrom: row.seasonFrom,
      seasonTo: row.seasonTo,
      priceFromFen: row.priceFromFen,
      jinPriceFromFen: row.jinPriceFromFen,
      soldQuantity: row.soldQuantity,
      listedAt: row.listedAt,
      merchant: present(merchantById.get(row.merchantId), `merchant ${row.merchantId}`),
      originCounty: present(counties.get(row.originCountyCode), `county ${row.originCountyCode}`),
      variants: variants.get(row.id) ?? [],
    }));
  }

  private async variantsOf(productIds: readonly ProductId[]): Promise<ReadonlyMap<ProductId, VariantRow[]>> {
    const rows = await this.offered.of(productIds);
    const byProduct = new Map<ProductId, VariantRow[]>(productIds.map((id) => [id, []]));
    for (const { id, productId, name, netWeightG, priceFen } of rows) {
      const pricePer500gFen = pricePer500g(fen(priceFen), netWeightG);
      const variant = { id, productId, name, netWeightG, priceFen, pricePer500gFen };
      present(byProduct.get(productId), 'a list per product').push(variant);
    }
    return byProduct;
  }
}
